/** A span of seconds with the digits that a listener can use. */
export function duration(seconds: number): string {
  if (seconds < 0.001) return `${Math.max(1, Math.round(seconds * 1e6))} µs`;
  if (seconds < 1) return `${(seconds * 1e3).toPrecision(seconds < 0.01 ? 2 : 3).replace(/\.0$/, "")} ms`;
  return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
}

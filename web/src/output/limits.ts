import type { Limit } from "../protocol";

/** The sentence about a limit that a run met, as the terminal says it; `test/limits.json` holds both to the same words. */
export function limitText(limit: Limit): string {
  switch (limit.limit) {
    case "time":
      return `time limit of ${limit.seconds} s reached`;
    case "output":
      return `output limit of ${size(limit.bytes)} reached, the rest was dropped`;
    case "memory":
      return `memory limit of ${size(limit.bytes)} reached`;
    case "processes":
      return `limit of ${limit.count} processes reached`;
  }
}

const units: [number, string][] = [[2 ** 30, "GiB"], [2 ** 20, "MiB"], [2 ** 10, "KiB"], [1, "bytes"]];

/** A number of bytes in the largest binary unit that it fills, with at most one decimal. */
function size(bytes: number): string {
  const [unit, name] = units.find(([unit]) => bytes >= unit) ?? [1, "bytes"];
  return `${Math.round((bytes / unit) * 10) / 10} ${name}`;
}

// Numbers about samples. Pure.

/** What the table says of a row's samples. */
export interface Summary {
  readonly n: number;
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** What low and high are: few samples have no fifth percentile. */
  readonly spread: "min–max" | "p5–p95";
}

const enoughForPercentiles = 20;

/** Summary of at least one sample. */
export function summarise(samples: readonly number[]): Summary {
  const sorted = [...samples].sort((one, other) => one - other);
  const isEnough = sorted.length >= enoughForPercentiles;
  return {
    n: sorted.length,
    median: quantile(sorted, 0.5),
    low: quantile(sorted, isEnough ? 0.05 : 0),
    high: quantile(sorted, isEnough ? 0.95 : 1),
    spread: isEnough ? "p5–p95" : "min–max",
  };
}

/** The value below which the share `q` of the sorted samples lies, interpolated between neighbours (R's type 7). */
export function quantile(sorted: readonly number[], q: number): number {
  const place = q * (sorted.length - 1);
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) throw new RangeError("There are no samples.");
  return below + (above - below) * (place - Math.floor(place));
}

/** Each sample divided by the one that was taken in turn with it. */
export function ratios(samples: readonly number[], partners: readonly number[]): number[] {
  if (samples.length !== partners.length) throw new RangeError("A ratio needs pairs.");
  return samples.map((sample, index) => sample / (partners[index] ?? Number.NaN));
}

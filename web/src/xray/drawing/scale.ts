/** A part of a trace: the first instruction, and the one after the last. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** From instructions to pixels. */
export interface Scale {
  readonly from: number;
  /** Pixels per instruction. */
  readonly unit: number;
  readonly width: number;
}

/** Draws `ranges` of several traces at one scale, as wide as the longest needs. */
export function commonUnit(ranges: readonly Range[], width: number): number {
  return width / Math.max(1, ...ranges.map(({ from, to }) => to - from));
}

export function xOf({ from, unit }: Scale, at: number): number {
  return (at - from) * unit;
}

/** The instruction under a point, within `range`. */
export function instructionAt({ from, unit }: Scale, x: number, range: Range): number {
  return Math.min(range.to - 1, Math.max(range.from, Math.floor(from + x / unit)));
}

/** A round step between ticks, so that at most `most` of them fit. */
export function tickStep(length: number, most: number): number {
  const least = length / Math.max(most, 1);
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least) ?? power * 10;
}

// Two clocks, one time. What begins in this process and ends in the page needs the page's clock in terms of ours. Both run
// equally fast on one machine; how far they are apart is asked as NTP does it: the page reads its clock between two
// readings of ours, and the quickest of some questions is right to within half the time it took.
import type { Page } from "playwright-core";

const questions = 10;

/** Where the page's `performance.now()` stands in this process's. */
export interface Offset {
  /** To be added to a time of the page, in milliseconds. */
  readonly toOurs: number;
  /** It is right to within so many milliseconds. */
  readonly within: number;
}

export async function offset(page: Page): Promise<Offset> {
  let best: Offset = { toOurs: 0, within: Infinity };
  for (let asked = 0; asked < questions; asked++) {
    const before = performance.now();
    const there = await page.evaluate(() => performance.now());
    const after = performance.now();
    const within = (after - before) / 2;
    if (within < best.within) best = { toOurs: before + within - there, within };
  }
  return best;
}

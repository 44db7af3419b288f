import { type Layout, runAt } from "./layout";

/** Where the next function is entered or left after the instruction `at`; the last instruction if none is. */
export function nextBoundary({ runs, total }: Layout, at: number): number {
  const here = runAt({ runs }, at);
  let next = here + 1;
  while (runs[next] && runs[next]?.node === runs[here]?.node) next += 1;
  return runs[next]?.at ?? Math.max(total - 1, 0);
}

/** Where the function that executes at `at` was entered or returned to; from there, where the one before it was. */
export function previousBoundary({ runs }: Layout, at: number): number {
  const begin = beginOfStay(runs, runAt({ runs }, at));
  if (begin < at || begin === 0) return begin;
  return beginOfStay(runs, runAt({ runs }, at - 1));
}

/** Runs of one node follow each other where the source line changes. */
function beginOfStay(runs: Layout["runs"], index: number): number {
  let first = index;
  while (first > 0 && runs[first - 1]?.node === runs[first]?.node) first -= 1;
  return runs[first]?.at ?? 0;
}

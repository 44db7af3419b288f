// From samples to what the table says. Pure.
import { type Row, type RowId, rows, type Samples } from "./goals";
import { type Summary, summarise } from "./statistics";

export type Verdict = "ok" | "over" | "under" | "no goal" | "not measured here" | "FAILED" | "left out";

/** One line of the table. */
export interface Result extends Row {
  readonly id: RowId;
  readonly summary: Summary | null;
  readonly verdict: Verdict;
  /** Why it could not be measured. */
  readonly failure?: string;
}

/** A result for every row, in the table's order. `failures` says why rows have no samples. */
export function results(samples: Samples, failures: Partial<Record<RowId, string>>): Result[] {
  return (Object.entries(rows) as [RowId, Row][]).map(([id, row]) => {
    const taken = samples[id] ?? [];
    const failure = failures[id];
    if (typeof taken === "string") return { ...row, id, summary: null, verdict: "not measured here", note: taken };
    const summary = taken.length ? summarise(taken) : null;
    return { ...row, id, summary, verdict: verdict(row, summary, failure), ...(failure === undefined ? {} : { failure }) };
  });
}

function verdict(row: Row, summary: Summary | null, failure: string | undefined): Verdict {
  if (failure !== undefined) return "FAILED";
  if (row.elsewhere) return "not measured here";
  if (!summary) return "left out";
  if (row.goal === undefined) return "no goal";
  if (row.atLeast) return summary.median >= row.goal ? "ok" : "under";
  return summary.median <= row.goal ? "ok" : "over";
}

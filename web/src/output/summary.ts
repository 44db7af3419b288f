import type { Limit } from "../protocol";
import { duration } from "./duration";
import { phasesText } from "./phases";
import type { Transcript } from "./transcript";

const statuses = { ok: "Done", error: "Raised", stopped: "Stopped", crashed: "Crashed" };

/** How the run went, in a line: `Done in 4 ms`. */
export function summary(transcript: Transcript): string {
  const { finished, dropped, unshown } = transcript;
  if (!finished) return "Running";
  return [outcome(transcript, finished), ...finished.limits.map(limitText), droppedText(dropped), unshown && `${unshown} further results are not shown`].filter(Boolean).join(" · ");
}

function outcome({ phases, failure }: Transcript, { status, seconds }: NonNullable<Transcript["finished"]>): string {
  if (failure === "compile") return "Does not compile";
  if (status === "ok" && phases.length) return phasesText(phases);
  return `${statuses[status]} ${status === "ok" ? "in" : "after"} ${duration(seconds)}`;
}

/** Says what a box no longer shows. */
export function droppedText(dropped: number): string {
  return dropped ? `the first ${dropped.toLocaleString("en")} characters are not shown` : "";
}

function limitText(limit: Limit): string {
  switch (limit.limit) {
    case "time":
      return `time limit of ${duration(limit.seconds)} reached`;
    case "output":
      return `output limit of ${bytes(limit.bytes)} reached, the rest was dropped`;
    case "memory":
      return `memory limit of ${bytes(limit.bytes)} reached`;
    case "processes":
      return `limit of ${limit.count} processes reached`;
  }
}

function bytes(count: number): string {
  return count < 1e6 ? `${Math.round(count / 1000)} kB` : `${Math.round(count / 1e6)} MB`;
}

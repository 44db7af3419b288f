import { duration } from "./duration";
import { limitText } from "./limits";
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

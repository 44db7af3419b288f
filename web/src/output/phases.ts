import type { Phase } from "../protocol";
import { duration } from "./duration";

/** A part of a rebuild that is done. */
export interface Done {
  readonly phase: Phase;
  readonly seconds: number;
}

const order: readonly Phase[] = ["build", "import", "replay", "run"];

/** The parts of a rebuild with their times: `build 212 ms · import 6 ms = 218 ms`. */
export function phasesText(phases: readonly Done[]): string {
  const total = phases.length > 1 ? ` ${whole(`= ${duration(sum(phases))}`)}` : "";
  return phases.map(doneText).join(" · ") + total;
}

/** The parts that are done and how long the next one has taken, `seconds` after the beginning. */
export function growingText(phases: readonly Done[], seconds: number): string {
  const next = order[order.indexOf(phases.at(-1)?.phase ?? "run") + 1] ?? "build";
  const rest = Math.max(0, seconds - sum(phases));
  return [...phases.map(doneText), phases.at(-1)?.phase === "run" ? "" : whole(`${next} ${rest.toFixed(1)} s`)].filter(Boolean).join(" · ");
}

function doneText({ phase, seconds }: Done): string {
  return whole(`${phase} ${duration(seconds)}`);
}

/** A time is not broken over two lines. */
function whole(text: string): string {
  return text.replaceAll(" ", "\u00a0");
}

function sum(phases: readonly Done[]): number {
  return phases.reduce((sum, { seconds }) => sum + seconds, 0);
}

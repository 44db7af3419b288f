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
  const parts = phases.map(({ phase, seconds }) => `${phase} ${duration(seconds)}`).join(" · ");
  return phases.length > 1 ? `${parts} = ${duration(sum(phases))}` : parts;
}

/** The parts that are done and how long the next one has taken, `seconds` after the beginning. */
export function growingText(phases: readonly Done[], seconds: number): string {
  const next = order[order.indexOf(phases.at(-1)?.phase ?? "run") + 1] ?? "build";
  const done = phases.map(({ phase, seconds }) => `${phase} ${duration(seconds)}`);
  const rest = Math.max(0, seconds - sum(phases));
  return [...done, phases.at(-1)?.phase === "run" ? "" : `${next} ${rest.toFixed(1)} s`].filter(Boolean).join(" · ");
}

function sum(phases: readonly Done[]): number {
  return phases.reduce((sum, { seconds }) => sum + seconds, 0);
}

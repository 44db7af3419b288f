import type { Stage } from "../../trace";
import type { Range } from "../drawing/scale";
import { nextBoundary, previousBoundary } from "../trace/boundaries";
import { type LaidRun, type Layout, runAt } from "../trace/layout";
import { spanAt, stagesOf } from "../trace/stages";

/** What the speaker has chosen to look at. */
export interface State {
  /** The stage that is lit, or none: then everything is. */
  readonly stage: Stage | null;
  /** The instruction that is reached. */
  readonly at: number | null;
  readonly isZoomed: boolean;
  readonly isFolded: boolean;
  readonly isComparing: boolean;
  /** While two calls are compared, the traveller is in the lower one. */
  readonly isBelow: boolean;
}

export const atRest: State = { stage: null, at: null, isZoomed: false, isFolded: false, isComparing: false, isBelow: false };

/** How far a step goes. */
export type Stride = "function" | "instruction";

/** The state at a step of the slide: a stage and its first instruction, or the whole call. */
export function atStage(state: State, layout: Layout, stage: Stage | null): State {
  const first = stagesOf(layout.trace).find((parts) => parts.stage === stage)?.spans[0];
  return { ...state, stage, at: first?.at ?? null };
}

/** One stride on or back. The first stride of all goes to the first instruction. */
export function stride(state: State, layout: Layout, direction: 1 | -1, by: Stride): State {
  const { at } = state;
  if (at === null) return reach(state, layout, direction > 0 ? 0 : layout.total - 1);
  if (by === "instruction") return reach(state, layout, at + direction);
  return reach(state, layout, direction > 0 ? nextBoundary(layout, at) : previousBoundary(layout, at));
}

/** Goes to an instruction; where a stage is lit, the light goes along. */
export function reach(state: State, layout: Layout, wanted: number): State {
  const at = Math.min(Math.max(wanted, 0), Math.max(layout.total - 1, 0));
  const here = spanAt(layout.trace, at)?.stage ?? null;
  return { ...state, at, stage: state.stage === null ? null : here };
}

/** The same moment in another call: where the stage that is reached begins there, or nowhere. */
export function mirrored(state: State, from: Layout, to: Layout): State {
  const stage = state.stage ?? (state.at === null ? null : (spanAt(from.trace, state.at)?.stage ?? null));
  return { ...state, at: atStage(state, to, stage).at };
}

/** The part of the trace that is drawn: all of it, or the stage that one has zoomed into. */
export function rangeOf({ stage, at, isZoomed }: State, layout: Layout): Range {
  const whole = { from: 0, to: layout.total };
  if (!isZoomed) return whole;
  const span = at === null ? undefined : spanAt(layout.trace, at);
  const near = span ?? stagesOf(layout.trace).find((parts) => parts.stage === stage)?.spans[0];
  return near && near.instructions > 0 ? { from: near.at, to: near.at + near.instructions } : whole;
}

/** The run that is reached. */
export function currentRun({ at }: State, layout: Layout): LaidRun | undefined {
  return at === null ? undefined : layout.runs[runAt(layout, at)];
}

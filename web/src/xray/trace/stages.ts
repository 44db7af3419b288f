import type { Stage, StageSpan, Trace } from "../../trace";
import { memoized } from "./memo";

/** The traveller's names of the stages, in the order of a call. */
export const stageNames: Record<Stage, string> = {
  "look-up": "look up",
  choose: "choose",
  jump: "jump",
  enter: "enter",
  unpack: "unpack",
  work: "work",
  wrap: "wrap",
  return: "return",
};

/** A stage with all its spans: a stage can come again. */
export interface StageParts {
  readonly stage: Stage;
  readonly spans: readonly StageSpan[];
  readonly instructions: number;
}

/** The stages that a trace has, in the order in which it reaches them first. */
export const stagesOf = memoized(({ stages }: Pick<Trace, "stages">): StageParts[] => {
  const names = [...new Set(stages.map(({ stage }) => stage))];
  return names.map((name) => {
    const spans = stages.filter(({ stage }) => stage === name);
    return { stage: name, spans, instructions: spans.reduce((sum, span) => sum + span.instructions, 0) };
  });
});

/** The span that holds the instruction `at`. */
export function spanAt({ stages }: Pick<Trace, "stages">, at: number): StageSpan | undefined {
  return stages.find((span) => at >= span.at && at < span.at + span.instructions);
}

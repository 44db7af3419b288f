import type { Trace, TraceNode } from "../../trace";
import { layOut } from "./layout";
import { memoized } from "./memo";
import { tones, toneOf, type Tone, type ToneInfo } from "./tones";

/** The share of one tone. */
export interface ToneCount extends ToneInfo {
  readonly instructions: number;
}

/** Instructions executed by each tone, in the order of `tones`; what did not run is left out. */
export const toneCounts = memoized((trace: Trace): ToneCount[] => {
  const sums = new Map<Tone, number>();
  for (const [node, instructions] of trace.path) {
    const tone = toneOf(trace.functions[trace.nodes[node]?.function ?? -1]?.language ?? "unknown");
    sums.set(tone, (sums.get(tone) ?? 0) + instructions);
  }
  return tones.flatMap((info) => {
    const instructions = sums.get(info.tone) ?? 0;
    return instructions ? [{ ...info, instructions }] : [];
  });
});

/** Functions with a frame of their own below the first. */
export const functionsEntered = memoized((trace: Trace): number => trace.nodes.filter((node) => hasFrame(trace, node)).length);

/** Whether a node is a function that was called; a jump through a linkage table is none. */
export function hasFrame({ functions }: Trace, { entry, function: index }: TraceNode): boolean {
  return (entry === "call" || entry === "tail") && functions[index]?.language !== "plt";
}

/** Own instructions of each function by its name, over all its activations. */
export function selfCounts(trace: Trace): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [node, instructions] of trace.path) {
    const name = nameOf(trace, node);
    sums.set(name, (sums.get(name) ?? 0) + instructions);
  }
  return sums;
}

/** Number of instructions of the whole trace. */
export function instructionsOf(trace: Trace): number {
  return trace.path.reduce((sum, [, instructions]) => sum + instructions, 0);
}

/** What the profile says in one sentence, for those who hear it. */
export function summaryOf(trace: Trace): string {
  const { total, depth } = layOut(trace);
  const shares = toneCounts(trace).map(({ name, instructions }) => `${name} ${instructions}`);
  return `${trace.call.statement}: ${total} machine instructions, ${depth} frames deep at most. ${shares.join(", ")}.`;
}

export function nameOf({ nodes, functions }: Trace, node: number): string {
  return functions[nodes[node]?.function ?? -1]?.name ?? "unknown function";
}

import type { Trace, TraceNode } from "../../trace";
import { isPlumbing, toneOf, type Tone } from "./tones";

/** How much of a row an inlined level takes: it has no frame of its own. The user's code has a whole row even then. */
export const inlineThickness = 0.2;

/** A trace as the drawing needs it: who was on the stack from when to when, how deep, and who executed. */
export interface Layout {
  readonly trace: Trace;
  /** Number of instructions. */
  readonly total: number;
  /** Who executed, in order. Where plumbing is folded, that is the function which stands for it. */
  readonly runs: readonly LaidRun[];
  /** When a node was on the stack, itself or something below it; a node has several where inlined code is interleaved. */
  readonly spans: readonly LaidSpan[];
  readonly nodes: readonly LaidNode[];
  /** Rows down to the deepest point, in rows of a frame. */
  readonly rows: number;
  /** Frames on top of each other at the deepest point, the first not counted. */
  readonly depth: number;
}

export interface LaidSpan {
  readonly node: number;
  /** First instruction, and the one after the last. */
  readonly at: number;
  readonly end: number;
}

export interface LaidRun extends LaidSpan {
  /** Line of the source file in user code. */
  readonly line: number | undefined;
}

export interface LaidNode {
  /** The node above it that is drawn. */
  readonly parent: number | null;
  readonly tone: Tone;
  readonly entry: TraceNode["entry"];
  /** Another node stands for it. */
  readonly isFolded: boolean;
  /** Upper edge and thickness, in rows of a frame. */
  readonly top: number;
  readonly thickness: number;
  /** Frames above it. */
  readonly frames: number;
  /** Instructions of its own, and with everything below it. */
  readonly self: number;
  readonly total: number;
}

type Changing<Laid> = { -readonly [Key in keyof Laid]: Laid[Key] };
type Draft = Changing<LaidNode>;

export function layOut(trace: Trace, folds = false): Layout {
  const nodes: Draft[] = [];
  const shown: number[] = [];
  trace.nodes.forEach((node, index) => {
    const parent = node.parent === null ? null : (shown[node.parent] ?? null);
    const language = trace.functions[node.function]?.language ?? "unknown";
    const isFolded = folds && parent !== null && isPlumbing(language);
    shown[index] = isFolded ? parent : index;
    const entry = entryOf(node, nodes);
    nodes.push({ parent, tone: toneOf(language), entry, isFolded, ...placeOf(entry, language === "user", nodes[parent ?? -1]), self: 0, total: 0 });
  });
  const { runs, spans, total } = follow(trace, shown, nodes);
  sumUp(trace, nodes);
  const drawn = nodes.filter(({ isFolded }) => !isFolded);
  const rows = drawn.reduce((most, { top, thickness }) => Math.max(most, top + thickness), 1);
  return { trace, total, runs, spans, nodes, rows, depth: drawn.reduce((most, { frames }) => Math.max(most, frames), 0) };
}

/** How a node is entered in the drawing: a function behind a folded jump table is called, although the table jumps to it. */
function entryOf({ entry, parent }: TraceNode, nodes: Draft[]): TraceNode["entry"] {
  const above = parent === null ? undefined : nodes[parent];
  return above?.isFolded && (entry === "tail" || above.entry !== "inline") ? above.entry : entry;
}

/** A tail call takes the frame of its caller, so it is drawn in its row; everything else is one level further down. */
function placeOf(entry: TraceNode["entry"], isOwn: boolean, above: Draft | undefined): Pick<LaidNode, "top" | "thickness" | "frames"> {
  const thickness = entry === "inline" && !isOwn ? inlineThickness : 1;
  if (!above) return { top: 0, thickness, frames: 0 };
  const isDeeper = entry === "call" || entry === "signal";
  return { top: entry === "tail" ? above.top : above.top + above.thickness, thickness, frames: above.frames + Number(isDeeper) };
}

function follow(trace: Trace, shown: number[], nodes: Draft[]): Pick<Layout, "runs" | "spans" | "total"> {
  const runs: Changing<LaidRun>[] = [];
  const spans: Changing<LaidSpan>[] = [];
  const latest: (Changing<LaidSpan> | undefined)[] = [];
  let at = 0;
  for (const [origin, instructions, line] of trace.path) {
    const node = shown[origin] ?? origin;
    const end = at + instructions;
    const before = runs.at(-1);
    if (before?.node === node && before.line === line) before.end = end;
    else runs.push({ node, at, end, line });
    const laid = nodes[node];
    if (laid) laid.self += instructions;
    onStack(node, nodes, (one) => {
      const span = latest[one];
      if (span?.end === at) span.end = end;
      else spans.push((latest[one] = { node: one, at, end }));
    });
    at = end;
  }
  return { runs, spans, total: at };
}

/** Visits the nodes that are on the stack while `node` executes, from it upwards. Who made a tail call is not: its frame is
 *  taken. */
function onStack(node: number, nodes: readonly LaidNode[], visit: (node: number) => void): void {
  let isTaken = false;
  for (let up: number | null = node; up !== null; up = nodes[up]?.parent ?? null) {
    if (!isTaken) visit(up);
    isTaken = nodes[up]?.entry === "tail";
  }
}

/** A parent stands before its children, so one pass from the end adds up everything below. */
function sumUp(trace: Trace, nodes: Draft[]): void {
  for (let index = nodes.length - 1; index >= 0; index--) {
    const [node, parent] = [nodes[index], trace.nodes[index]?.parent];
    if (!node) continue;
    node.total += node.self;
    const above = parent === null || parent === undefined ? undefined : nodes[parent];
    if (above) above.total += node.total;
  }
}

/** Index of the run that holds the instruction `at`. */
export function runAt({ runs }: Pick<Layout, "runs">, at: number): number {
  let [low, high] = [0, runs.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle]?.end ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

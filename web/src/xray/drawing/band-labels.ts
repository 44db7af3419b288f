import type { LaidSpan, Layout } from "../trace/layout";
import { bandName } from "../trace/names";
import { letterOf, type Tone } from "../trace/tones";
import { textWidth } from "./labels";
import type { Range, Scale } from "./scale";
import { xOf } from "./scale";

/** The name of a function where it has room. */
export interface BandLabel {
  readonly x: number;
  /** Middle of the row. */
  readonly y: number;
  readonly text: string;
  readonly letter: string;
  readonly tone: Tone;
  /** It stands on full colour, because the function calls nobody. */
  readonly isOnRun: boolean;
}

const size = 18;
const padding = 7;
/** Pixels below which not even the letter fits. */
const least = 24;

/** One label for each stretch of a function that is wide enough: in the longest part during which it waits, else on what it
 *  executes. Rows lower than a line of text have none. */
export function bandLabels(layout: Layout, range: Range, scale: Scale, row: number): BandLabel[] {
  const { nodes, trace } = layout;
  return layout.spans.flatMap((span) => {
    const node = nodes[span.node];
    if (!node || node.thickness * row < size + 3 || (span.end - span.at) * scale.unit < least) return [];
    const part = roomiest(layout, span, range);
    const room = (part.end - part.at) * scale.unit - 2 * padding;
    const letter = letterOf(node.tone);
    const name = fitted(bandName(trace.functions[trace.nodes[span.node]?.function ?? -1]?.name ?? ""), room - textWidth(letter, size) - 8);
    if (room < textWidth(letter, size)) return [];
    return [{ x: xOf(scale, part.at) + padding, y: (node.top + node.thickness / 2) * row, text: name, letter, tone: node.tone, isOnRun: part.isRun }];
  });
}

function roomiest({ runs }: Layout, span: LaidSpan, range: Range): { at: number; end: number; isRun: boolean } {
  const [from, to] = [Math.max(span.at, range.from), Math.min(span.end, range.to)];
  let best = { at: from, end: from, isRun: false };
  let ownBest = { at: from, end: from, isRun: true };
  let begin = from;
  for (const run of runs) {
    if (run.end <= from || run.node !== span.node) continue;
    if (run.at >= to) break;
    const [at, end] = [Math.max(run.at, from), Math.min(run.end, to)];
    if (at - begin > best.end - best.at) best = { at: begin, end: at, isRun: false };
    if (end - at > ownBest.end - ownBest.at) ownBest = { at, end, isRun: true };
    begin = end;
  }
  if (to - begin > best.end - best.at) best = { at: begin, end: to, isRun: false };
  return best.end - best.at >= ownBest.end - ownBest.at ? best : ownBest;
}

/** The name, or as much of it as is still recognisable. */
function fitted(name: string, room: number): string {
  if (textWidth(name, size) <= room) return name;
  let cut = name;
  while (cut && textWidth(`${cut}…`, size) > room) cut = cut.slice(0, -1);
  return cut.length >= 3 ? `${cut}…` : "";
}

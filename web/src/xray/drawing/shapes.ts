import type { LaidSpan, Layout } from "../trace/layout";
import type { Tone } from "../trace/tones";
import type { Range, Scale } from "./scale";
import { xOf } from "./scale";

/** All rectangles of one look, as the data of one SVG path: a drawing has a dozen elements, however long its trace is. */
export interface Shape {
  readonly tone: Tone;
  /** It executes, or it waits for what it called. */
  readonly kind: "runs" | "waits";
  readonly isInline: boolean;
  readonly path: string;
}

/** Where a rectangle is closer to the one before it than this, in pixels, the two are drawn as one. A larger number would
 *  make the drawing of a long trace darker than the trace is. */
const finest = 0.1;

/** Pixels that the user's code always has: it is what one looks for. */
const leastOwn = 3;

/** The shapes of what lies in `range`; `row` is the height of a frame's row in pixels. */
export function shapes(layout: Layout, range: Range, scale: Scale, row: number): Shape[] {
  return [...shapesOf(layout, layout.spans, "waits", range, scale, row), ...shapesOf(layout, layout.runs, "runs", range, scale, row)];
}

function shapesOf(
  { nodes }: Layout, spans: readonly LaidSpan[], kind: Shape["kind"], range: Range, scale: Scale, row: number,
): Shape[] {
  const pens = new Map<string, Pen>();
  for (const { node: index, at, end } of spans) {
    const node = nodes[index];
    if (!node || end <= range.from || at >= range.to) continue;
    const isInline = node.entry === "inline";
    const key = `${node.tone} ${isInline}`;
    let pen = pens.get(key);
    if (!pen) pens.set(key, (pen = new Pen(node.tone, isInline)));
    const left = xOf(scale, Math.max(at, range.from));
    pen.draw(left, xOf(scale, Math.min(end, range.to)), node.top * row, node.thickness * row);
  }
  return [...pens.values()].map((pen) => ({ tone: pen.tone, kind, isInline: pen.isInline, path: pen.finish() }));
}

/** Draws rectangles row by row and joins those that the eye cannot tell apart. */
class Pen {
  private readonly open = new Map<number, { left: number; right: number; height: number }>();
  private readonly parts: string[] = [];

  constructor(
    readonly tone: Tone,
    readonly isInline: boolean,
  ) {}

  draw(left: number, right: number, top: number, height: number): void {
    const before = this.open.get(top);
    const isThin = right - left < 2;
    if (before && isThin && left - before.right < finest && before.right - before.left < 2) {
      before.right = right;
      return;
    }
    if (before) this.close(top, before);
    this.open.set(top, { left, right, height });
  }

  finish(): string {
    for (const [top, rectangle] of this.open) this.close(top, rectangle);
    this.open.clear();
    return this.parts.join("");
  }

  private close(top: number, { left, right, height }: { left: number; right: number; height: number }): void {
    const width = this.tone === "rust" ? Math.max(right - left, leastOwn) : right - left;
    this.parts.push(`M${round(left)} ${round(top)}h${round(width)}v${round(height)}h${round(-width)}z`);
  }
}

function round(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

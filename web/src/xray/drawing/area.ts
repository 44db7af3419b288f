import type { Layout } from "../trace/layout";
import type { Range, Scale } from "./scale";
import { xOf } from "./scale";
import { type Shape, shapes } from "./shapes";
import { svg, rectangle } from "./svg";

/** Looks that get a pattern on top of their colour. */
const patterned: Readonly<Record<string, string>> = { pyo3: "glue", neutral: "neutral" };

/** Pixels that are lit at least: a stage can be a single instruction. */
const leastLit = 10;

/** The dive itself: everything that was on the stack as tints, everything that executed as full colours on top. */
export function drawArea(layout: Layout, range: Range, scale: Scale, row: number): SVGGElement {
  const drawn = shapes(layout, range, scale, row);
  return svg("g", { class: "area" }, ...drawn.flatMap(looks));
}

function looks({ tone, kind, isInline, path }: Shape): SVGPathElement[] {
  const made = [svg("path", { d: path, class: kind, "data-tone": tone })];
  // The user's code is the bright one, and has nothing over it.
  const name = tone === "rust" ? undefined : isInline ? "inline" : kind === "runs" ? patterned[tone] : undefined;
  if (name) made.push(svg("path", { d: path, class: "pattern", fill: `url(#xray-${name})` }));
  return made;
}

/** Rectangles over the parts of a drawing that stay lit; everything else of it steps back. */
export function litParts(spans: readonly { at: number; instructions: number }[], scale: Scale, height: number): SVGRectElement[] {
  return spans.map(({ at, instructions }) => {
    const width = instructions * scale.unit;
    const pad = Math.max((leastLit - width) / 2, 0);
    return rectangle(xOf(scale, at) - pad, 0, width + 2 * pad, height, "lit");
  });
}

/** Light from the surface down onto the user's function, which would be easy to miss: it is a handful of instructions. A
 *  function that is there most of the time needs none. */
export function beams({ runs, nodes, total }: Layout, range: Range, scale: Scale, height: number): SVGRectElement[] {
  const own = runs.filter(({ node, at, end }) => nodes[node]?.tone === "rust" && end > range.from && at < range.to);
  if (own.length > 12 || own.reduce((sum, { at, end }) => sum + end - at, 0) > total / 4) return [];
  return own.map(({ at, end }) => rectangle(xOf(scale, at), 0, Math.max((end - at) * scale.unit, 3), height, "beam"));
}

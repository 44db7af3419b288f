import type { Layout } from "./layout";
import type { Range, Scale } from "./scale";
import { xOf } from "./scale";
import { type Shape, shapes } from "./shapes";
import { svg, rectangle } from "./svg";

/** Looks that get a pattern on top of their colour. */
const patterned: Readonly<Record<string, string>> = { pyo3: "glue", neutral: "neutral" };

/** The dive itself: everything that was on the stack as tints, everything that executed as full colours on top. */
export function drawWater(layout: Layout, range: Range, scale: Scale, row: number): SVGGElement {
  const drawn = shapes(layout, range, scale, row);
  return svg("g", { class: "water" }, ...drawn.flatMap(looks));
}

function looks({ tone, kind, isInline, path }: Shape): SVGPathElement[] {
  const made = [svg("path", { d: path, class: kind, "data-tone": tone })];
  const name = isInline ? "inline" : kind === "runs" ? patterned[tone] : undefined;
  if (name) made.push(svg("path", { d: path, class: "pattern", fill: `url(#xray-${name})` }));
  return made;
}

/** Rectangles over the parts of a drawing that stay lit; everything else of it steps back. */
export function litParts(spans: readonly { at: number; instructions: number }[], scale: Scale, height: number): SVGRectElement[] {
  return spans.map(({ at, instructions }) => rectangle(xOf(scale, at), 0, Math.max(instructions * scale.unit, 3), height, "lit"));
}

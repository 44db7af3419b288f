import { type Scale, tickStep, xOf } from "./scale";
import type { Scene } from "./scene";
import { svg, text } from "./svg";

export const axisHeight = 28;

/** Instructions along the bottom, with round numbers. */
export function drawAxis({ range, width }: Scene, scale: Scale): SVGGElement {
  const step = tickStep(range.to - range.from, width / 110);
  const made = svg("g", { class: "axis" }, svg("path", { d: `M0 0.5H${Math.round(xOf(scale, range.to))}` }));
  const unit = "machine instructions";
  for (let at = Math.ceil(range.from / step) * step; at <= range.to; at += step) {
    const x = xOf(scale, at);
    made.append(svg("path", { d: `M${x.toFixed(1)} 0V5` }));
    const isFirst = at === range.from;
    if (x < width - 230 || isFirst) made.append(text(at.toLocaleString("en"), x, 23, isFirst ? "first" : "tick"));
  }
  made.append(text(unit, width, 23, "unit"));
  return made;
}

import { svg } from "./svg";

/** Patterns over the colours, for eyes and printers that do not tell the colours apart: strokes for PyO3's glue, dots for
 *  libraries, lines for inlined code. Their looks are in the theme. */
export function patterns(): SVGDefsElement {
  return svg(
    "defs",
    {},
    pattern("xray-glue", 7, svg("path", { d: "M-1 8L8 -1M-1 1L1 -1M6 8L8 6" })),
    pattern("xray-neutral", 6, svg("circle", { cx: 2, cy: 2, r: 1.1 })),
    pattern("xray-inline", 3, svg("path", { d: "M0 0.5H3" })),
  );
}

/** Every drawing shares the first's patterns: an id stands once in a page. */
export function placePatterns(page: Document): void {
  if (page.getElementById("xray-patterns")) return;
  const place = svg("svg", { id: "xray-patterns", width: 0, height: 0, "aria-hidden": "true" }, patterns());
  page.body.append(place);
}

function pattern(id: string, size: number, mark: SVGElement): SVGPatternElement {
  return svg("pattern", { id, width: size, height: size, patternUnits: "userSpaceOnUse" }, mark);
}

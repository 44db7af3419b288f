type Attributes = Readonly<Record<string, string | number>>;

/** A new SVG element with its attributes and children; text becomes text, never markup. */
export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): SVGElementTagNameMap[Tag] {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

/** Text whose baseline begins at a point. */
export function text(words: string, x: number, y: number, className: string): SVGTextElement {
  return svg("text", { x: round(x), y: round(y), class: className }, words);
}

export function rectangle(x: number, y: number, width: number, height: number, className: string): SVGRectElement {
  return svg("rect", { x: round(x), y: round(y), width: round(Math.max(width, 0)), height: round(height), class: className });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

import { element } from "../dom/element";

/** A piece of text and what it is; an empty part is text that is nothing special. */
export type Piece = readonly [part: string, text: string];

/** The pieces as elements with a class for each part. */
export function drawn(prefix: string, pieces: readonly Piece[]): (Node | string)[] {
  return pieces.map(([part, text]) => (part ? element("span", `${prefix}-${part}`, text) : text));
}

import { places } from "./search";

const name = "found";
/** What marks once more, until the marks are taken away. */
let later: ReturnType<typeof setTimeout> | undefined;

/** Marks the words on a slide, without a change to its elements: they may be coloured code, or drawn anew. Where the browser
 *  cannot do that, nothing is marked. */
export function mark(slide: string, wanted: readonly string[]): void {
  if (!("highlights" in CSS)) return;
  const draw = () => {
    const root = document.getElementById(slide);
    if (root) CSS.highlights.set(name, new Highlight(...ranges(root, wanted)));
  };
  draw();
  // What a cell shows when its slide is reached comes a moment later.
  clearTimeout(later);
  later = setTimeout(draw, 400);
}

/** Takes the marks away, and says whether there were any. */
export function unmark(): boolean {
  clearTimeout(later);
  return "highlights" in CSS && CSS.highlights.delete(name);
}

/** Where the words stand below an element, also where a word is in pieces. */
function ranges(root: HTMLElement, wanted: readonly string[]): Range[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement?.closest("aside.notes, button, svg, script") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  const pieces: { node: Node; start: number }[] = [];
  let text = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    pieces.push({ node, start: text.length });
    text += node.textContent ?? "";
  }
  const at = (place: number, isEnd: boolean) => {
    const piece = pieces.findLast(({ start }) => (isEnd ? start < place : start <= place));
    return piece ? { node: piece.node, offset: place - piece.start } : null;
  };
  return places(text, wanted).flatMap(([start, end]) => {
    const [from, to] = [at(start, false), at(end, true)];
    if (!from || !to) return [];
    const range = new Range();
    range.setStart(from.node, from.offset);
    range.setEnd(to.node, to.offset);
    return [range];
  });
}

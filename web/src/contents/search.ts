/** What a passage is, in the order in which a slide's passages are tried. */
export type Kind = "title" | "text" | "code" | "output";

/** A piece of a slide that can be found. */
export interface Passage {
  /** The slide's id, number and title. */
  readonly slide: { readonly id: string; readonly number: string; readonly title: string };
  readonly kind: Kind;
  readonly text: string;
  /** The step at which it is seen, counted from 0; nothing if it is seen at once. */
  readonly step?: number;
}

/** A slide on which all words were found, with the passage that shows most of them. */
export interface Hit {
  readonly passage: Passage;
  /** The other kinds of passages of the slide that have one of the words. */
  readonly also: readonly Kind[];
}

/** The words of a query, as they are compared. */
export function words(query: string): string[] {
  return [...new Set(folded(query).split(/\s+/).filter(Boolean))];
}

/** The slides that have every word somewhere, those with the words closest together first, else in their order. */
export function find(passages: readonly Passage[], wanted: readonly string[]): Hit[] {
  if (!wanted.length) return [];
  const ids = [...new Set(passages.map(({ slide }) => slide.id))];
  const slides = ids.map((id) => passages.filter(({ slide }) => slide.id === id));
  const hits = slides.flatMap((passages) => {
    const rated = passages.map((passage) => ({ passage, has: wanted.filter((word) => folded(passage.text).includes(word)) }));
    const isComplete = wanted.every((word) => rated.some(({ has }) => has.includes(word)));
    const [best] = rated.toSorted((one, other) => other.has.length - one.has.length);
    if (!isComplete || !best?.has.length) return [];
    const also = rated.filter(({ has, passage }) => has.length && passage.kind !== best.passage.kind).map(({ passage }) => passage.kind);
    return [{ passage: best.passage, also: [...new Set(also)], count: best.has.length }];
  });
  const rank = ({ passage, count }: (typeof hits)[number]) => (passage.kind === "title" ? 0.5 : 0) + count;
  return hits.toSorted((one, other) => rank(other) - rank(one));
}

/** A cut of a text around the first word, and the places of all words in it. */
export function excerpt(text: string, wanted: readonly string[], length = 110): { text: string; marks: [number, number][] } {
  const flat = text.replace(/\s+/g, " ").trim();
  const first = Math.min(...places(flat, wanted).map(([start]) => start), flat.length);
  const from = first < length * 0.6 ? 0 : flat.lastIndexOf(" ", first - length * 0.3) + 1;
  const to = flat.length - from <= length ? flat.length : flat.lastIndexOf(" ", from + length);
  const end = to > from ? to : from + length;
  const cut = `${from > 0 ? "… " : ""}${flat.slice(from, end)}${end < flat.length ? " …" : ""}`;
  return { text: cut, marks: places(cut, wanted) };
}

/** Where the words stand in a text, in order and without overlaps. */
export function places(text: string, wanted: readonly string[]): [number, number][] {
  const low = folded(text);
  const all = wanted.flatMap((word) => {
    const found: [number, number][] = [];
    for (let at = low.indexOf(word); at >= 0; at = low.indexOf(word, at + word.length)) found.push([at, at + word.length]);
    return found;
  });
  all.sort(([one], [other]) => one - other);
  return all.filter(([start], index) => all.slice(0, index).every(([, end]) => end <= start));
}

/** Without case, and of the same length as before, so that places in one are places in the other. */
function folded(text: string): string {
  const low = text.toLowerCase();
  return low.length === text.length ? low : text;
}

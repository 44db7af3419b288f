import type { ChangeDesc, Text } from "@codemirror/state";
import type { Finding, Fix, Point } from "../protocol";

/** A part of the editor's text, in its own offsets. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A finding with its places in the text of one cell. They move with what is typed. */
export interface Placed {
  readonly finding: Finding;
  readonly spots: readonly (Range & { readonly primary: boolean })[];
  readonly fixes: readonly { readonly fix: Fix; readonly edits: readonly (Range & { readonly text: string })[] }[];
}

/** The findings that concern a cell, with their places in its text. One that is in no cell concerns all. */
export function placed(findings: readonly Finding[], cell: string, doc: Text): Placed[] {
  const range = ({ from, to }: { from: Point; to: Point }) => rangeOf(doc, from, to);
  return findings.flatMap((finding) => {
    const places = finding.spots.flatMap(({ at, primary }) => (at.in === "cell" ? [{ ...at, primary }] : []));
    const here = places.filter((place) => place.cell === cell);
    if (places.length && !here.length) return [];
    const fixes = finding.fixes
      .filter(({ edits }) => edits.every((edit) => edit.cell === cell))
      .map((fix) => ({ fix, edits: fix.edits.map((edit) => ({ ...range(edit), text: edit.text })) }));
    return [{ finding, spots: here.map((place) => ({ ...range(place), primary: place.primary })), fixes }];
  });
}

/** The same findings after a change of the text. */
export function moved(all: readonly Placed[], changes: ChangeDesc): Placed[] {
  // What is typed at an edge of a place does not become part of it.
  const move = <T extends Range>(range: T): T => {
    const from = changes.mapPos(range.from, 1);
    return { ...range, from, to: Math.max(from, changes.mapPos(range.to, -1)) };
  };
  return all.map(({ finding, spots, fixes }) => ({
    finding,
    spots: spots.map(move),
    fixes: fixes.map(({ fix, edits }) => ({ fix, edits: edits.map(move) })),
  }));
}

/** The offset of a place. A text that has become shorter since ends earlier. */
export function offsetOf(doc: Text, { line, column }: Point): number {
  if (line < 1) return 0;
  if (line > doc.lines) return doc.length;
  const { from, text } = doc.line(line);
  // The compiler counts characters, where a text in the browser counts units of UTF-16.
  return from + [...text].slice(0, Math.max(0, column - 1)).join("").length;
}

function rangeOf(doc: Text, from: Point, to: Point): Range {
  const start = offsetOf(doc, from);
  return { from: start, to: Math.max(start, offsetOf(doc, to)) };
}

import type { CellEvent } from "./protocol";

/** What `deck build` says about a cell in the element `#deck-data`. */
export interface CellData {
  readonly chapter: number;
  readonly language: string;
  /** The text that the audience sees and edits. */
  readonly source: string;
  readonly setup: boolean;
  readonly needs: readonly string[];
  /** `Next` does not run it. */
  readonly manual: boolean;
  readonly recording: { readonly label: string; readonly events: readonly CellEvent[] } | null;
}

/** The content of `#deck-data`. */
export interface DeckData {
  readonly title: string;
  readonly digest: string;
  readonly cells: Readonly<Record<string, CellData>>;
}

/** Reads the element of `page`; a page without one has no cells. */
export function readDeckData(page: Document): DeckData {
  const text = page.getElementById("deck-data")?.textContent;
  return text ? (JSON.parse(text) as DeckData) : { title: page.title, digest: "", cells: {} };
}

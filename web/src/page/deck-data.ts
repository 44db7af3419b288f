import type { DeckData } from "../protocol";

/** Reads the element of `page`; a page without one has no cells. */
export function readDeckData(page: Document): DeckData {
  const text = page.getElementById("deck-data")?.textContent;
  return text ? (JSON.parse(text) as DeckData) : { title: page.title, digest: "", cells: {}, offers: [] };
}

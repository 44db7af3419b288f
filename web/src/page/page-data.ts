import type { DeckData } from "../protocol";

/** What the deck's build says of the deck, in an element of the page. */
export interface PageData extends Readonly<DeckData> {}

export class PageData {
  constructor(page: Document) {
    this.replace(page);
  }

  /** Takes what another page says, after a rebuild. A page without that element has no cells. */
  replace(page: Document): void {
    const text = page.getElementById("deck-data")?.textContent;
    Object.assign(this, text ? (JSON.parse(text) as DeckData) : { title: page.title, digest: "", cells: {}, offers: [] });
  }
}

import type { DeckData } from "../protocol";

/** What the deck's build says of the deck, in an element of the page; a page without one has no cells. */
export class PageData implements Readonly<DeckData> {
  private data: DeckData;

  constructor(page: Document) {
    this.data = read(page);
  }

  /** After a rebuild the same is read from another page. */
  replace(page: Document): void {
    this.data = read(page);
  }

  get title(): string {
    return this.data.title;
  }

  get digest(): string {
    return this.data.digest;
  }

  get cells(): DeckData["cells"] {
    return this.data.cells;
  }

  get offers(): DeckData["offers"] {
    return this.data.offers;
  }
}

function read(page: Document): DeckData {
  const text = page.getElementById("deck-data")?.textContent;
  return text ? (JSON.parse(text) as DeckData) : { title: page.title, digest: "", cells: {}, offers: [] };
}

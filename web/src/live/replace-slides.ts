import type { RevealApi } from "reveal.js";
import type { PageData } from "../page/page-data";
import type { Following } from "../stage/following";

/** What of the page is replaced after a rebuild. */
export interface ReplacedPage {
  readonly deck: RevealApi;
  readonly data: Pick<PageData, "replace">;
  readonly following: Following;
  readonly cells: Decorator;
  readonly xrays: Decorator;
}

/** Gives fresh slides what they need on this page. */
interface Decorator {
  decorate(slide: HTMLElement): void;
}

/** After a rebuild: fetches the page again and replaces the slides that changed, by their digests. Slide, step, results and
 *  edited text stay. */
export async function replaceSlides(page: ReplacedPage): Promise<void> {
  const response = await fetch("/", { cache: "no-store" });
  if (!response.ok) throw new Error(`The rebuilt deck could not be fetched: the server answered ${response.status}.`);
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const { deck } = page;
  const current = deck.getCurrentSlide();
  const { h, f = -1 } = deck.getIndices();
  page.following.during(() => {
    page.data.replace(fresh);
    exchange(page, document.querySelector(".reveal .slides"), fresh);
    deck.sync();
    const place = document.getElementById(current.id);
    // A slide that is gone leaves its neighbour in its place.
    deck.slide(place ? deck.getIndices(place).h : Math.min(h, deck.getTotalSlides() - 1), 0, f);
    // reveal's own event came before the place was restored.
    deck.dispatchEvent({ type: "sync" });
  });
}

function exchange({ cells, xrays }: ReplacedPage, slides: Element | null, page: Document): void {
  if (!slides) return;
  const old = new Map([...slides.querySelectorAll<HTMLElement>(":scope > section")].map((slide) => [slide.id, slide]));
  const fresh = [...page.querySelectorAll<HTMLElement>(".reveal .slides > section")];
  fresh.forEach((slide, index) => {
    const kept = old.get(slide.id);
    old.delete(slide.id);
    const isSame = kept?.dataset["digest"] === slide.dataset["digest"];
    const placed = kept && isSame ? keepNumbers(kept, slide) : document.adoptNode(slide);
    if (kept && !isSame) kept.replaceWith(placed);
    if (slides.children[index] !== placed) slides.insertBefore(placed, slides.children[index] ?? null);
    if (isSame) return;
    cells.decorate(placed);
    xrays.decorate(placed);
  });
  for (const gone of old.values()) gone.remove();
}

/** A slide that only moved has its old content and its new number. */
function keepNumbers(kept: HTMLElement, fresh: HTMLElement): HTMLElement {
  for (const name of ["number", "chapter", "chapterTitle"]) {
    const value = fresh.dataset[name];
    if (value !== undefined) kept.dataset[name] = value;
  }
  return kept;
}

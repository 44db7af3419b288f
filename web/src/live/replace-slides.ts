import type { Host } from "../plugin";

/** After a rebuild: fetches the page again and replaces the slides that changed, by their digests. Slide, step, results and
 *  edited text stay. */
export async function replaceSlides(host: Host): Promise<void> {
  const response = await fetch("/", { cache: "no-store" });
  if (!response.ok) throw new Error(`The rebuilt deck could not be fetched: the server answered ${response.status}.`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const { deck } = host;
  const current = deck.getCurrentSlide();
  const { h, f = -1 } = deck.getIndices();
  host.following.during(() => {
    host.data.replace(page);
    exchange(host, document.querySelector(".reveal .slides"), page);
    deck.sync();
    const place = document.getElementById(current.id);
    // A slide that is gone leaves its neighbour in its place.
    deck.slide(place ? deck.getIndices(place).h : Math.min(h, deck.getTotalSlides() - 1), 0, f);
    // reveal's own event came before the place was restored.
    deck.dispatchEvent({ type: "sync" });
  });
}

function exchange(host: Host, slides: Element | null, page: Document): void {
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
    host.cells.decorate(placed);
    host.xrays.decorate(placed);
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

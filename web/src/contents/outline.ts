import type { RevealApi } from "reveal.js";
import { element } from "../dom/element";

/** Chapters with their slides, each a link; the slide that is shown is marked. */
export function outline(deck: RevealApi): HTMLElement[] {
  const slides = deck.getSlides().filter((slide) => slide instanceof HTMLElement);
  const current = deck.getCurrentSlide();
  return [...Map.groupBy(slides, ({ dataset }) => dataset["chapter"])].map(([number = "", slides]) => {
    const links = slides.map((slide) => link(slide, slide === current));
    // A chapter's opening slide has the chapter's number and leads the others.
    const opening = slides[0]?.dataset["number"] === number ? links.shift() : undefined;
    const title = opening ?? element("span", "plain", element("span", "number", number), slides[0]?.dataset["chapterTitle"] ?? "");
    return element("section", "", element("h3", "", title), element("ol", "", ...links.map((each) => element("li", "", each))));
  });
}

function link(slide: HTMLElement, isCurrent: boolean): HTMLElement {
  const { number = "", title = "" } = slide.dataset;
  const made = element("a", "", element("span", "number", number), element("span", "", title));
  made.href = `#/${slide.id}`;
  if (isCurrent) made.setAttribute("aria-current", "page");
  return made;
}

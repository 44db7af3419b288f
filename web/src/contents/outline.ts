import type { RevealApi } from "reveal.js";
import { element } from "../element";

/** Chapters with their slides, each a link; the slide that is shown is marked. */
export function outline(deck: RevealApi): HTMLElement[] {
  const slides = deck.getSlides().filter((slide) => slide instanceof HTMLElement);
  const current = deck.getCurrentSlide();
  return [...Map.groupBy(slides, ({ dataset }) => dataset["chapter"])].map(([number = "", slides]) => {
    const title = element("h3", "", element("span", "number", number), slides[0]?.dataset["chapterTitle"] ?? "");
    return element("section", "", title, element("ol", "", ...slides.map((slide) => element("li", "", link(slide, slide === current)))));
  });
}

function link(slide: HTMLElement, isCurrent: boolean): HTMLElement {
  const { number = "", title = "" } = slide.dataset;
  const made = element("a", "", element("span", "number", number), title);
  made.href = `#/${slide.id}`;
  if (isCurrent) made.setAttribute("aria-current", "page");
  return made;
}

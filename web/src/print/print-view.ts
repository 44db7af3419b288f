import type { RevealApi } from "reveal.js";
import { addBar } from "../code/bar";
import { element } from "../dom/element";
import { markPanics } from "../output/panic-element";
import { coloured } from "../output/segment";
import { XrayLoader } from "../xray/loader";
import { fit } from "./fit";
import { repeat, stopAtStep } from "./steps";

/** In the print view every page has its own footer; outputs stay as `deck build` wrote them, and every X-ray is drawn whole. With
 *  `&pdfSeparateFragments=true` there is a page for each step, which shows its slide as the talk does then. The page says
 *  `<html data-pages="laid-out">` when all of them are there. */
export function decoratePrintView(deck: RevealApi, assets: string): void {
  const isByStep = deck.getConfig().pdfSeparateFragments === true;
  const xrays = new XrayLoader(assets, (message) => console.error(message));
  // Pages are copied before anything is drawn on them: the copy of a drawing would show the wrong step.
  if (isByStep) xrays.decorate(document);
  // Else the scripts that draw are asked for at once, so that the page has not loaded before they have come.
  else xrays.load(document);
  for (const figure of document.querySelectorAll<HTMLElement>("figure.code")) addBar(figure);
  for (const shown of document.querySelectorAll(".output > .traceback")) {
    shown.replaceChildren(...coloured(shown.textContent ?? ""));
  }
  for (const output of document.querySelectorAll<HTMLElement>(".output")) markPanics(output, true);
  deck.on("pdf-ready", () => {
    const slides = [...document.querySelectorAll<HTMLElement>(".pdf-page > section")];
    if (isByStep) slides.forEach(stopAtStep);
    slides.filter(({ id }, index) => id === slides[index - 1]?.id).forEach(repeat);
    deck.getRevealElement()?.removeAttribute("role");
    xrays.load(document);
    // What fits is known when the letters have come.
    void document.fonts.ready.then(() => {
      for (const slide of slides) finish(slide, slides);
      document.documentElement.dataset["pages"] = "laid-out";
    });
  });
}

/** Makes a slide a page: everybody may read all of it, links lead to other pages, and the footer says where one is. */
function finish(slide: HTMLElement, slides: readonly HTMLElement[]): void {
  // reveal hides all slides but one from assistive technology, and what is hidden from that has no tags in a PDF.
  slide.removeAttribute("aria-hidden");
  slide.hidden = false;
  if (!fit(slide)) console.error(`The slide “${slide.dataset["title"]}” has more than a page can show. Shorten its code or its output.`);
  for (const link of slide.querySelectorAll<HTMLAnchorElement>('a[href^="#/"]')) link.hash = idIn(link.hash);
  const { number = "", chapter, chapterTitle = "" } = slide.dataset;
  const opening = slides.find((other) => other.dataset["chapter"] === chapter);
  const toChapter = element("a", "", chapterTitle);
  toChapter.href = `#${opening?.id ?? ""}`;
  slide.append(element("footer", "print-footer", element("b", "", number), toChapter));
}

/** The id in the address of a slide, `#/id` or `#/id/step`. */
function idIn(hash: string): string {
  return hash.split("/")[1] ?? "";
}

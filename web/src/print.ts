import type { RevealApi } from "reveal.js";
import { element } from "./element";

/** In the print view every page has its own footer; outputs stay as `deck build` wrote them. */
export function printFooters(deck: RevealApi): void {
  deck.on("pdf-ready", () => {
    for (const slide of deck.getSlides()) {
      if (!(slide instanceof HTMLElement)) continue;
      const { number = "", chapterTitle = "" } = slide.dataset;
      slide.append(element("footer", "print-footer", element("b", "", number), chapterTitle));
    }
  });
}

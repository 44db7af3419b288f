import type { RevealApi } from "reveal.js";
import { markPanics } from "./cell/panic-element";
import { coloured } from "./cell/segment";
import { addBar } from "./code-bar";
import { element } from "./element";
import { Xrays } from "./xrays";

/** Nothing is edited in print: every text is the deck's own. */
const asWritten = { original: () => "", built: () => "", source: () => "" };

/** In the print view every page has its own footer; outputs stay as `deck build` wrote them, and every X-ray is drawn whole.
 *  The scripts that draw are asked for at once, so that the page has not loaded before they have come. */
export function dressPages(deck: RevealApi, assets: string): void {
  new Xrays(assets, (message) => console.error(message)).load(document);
  for (const figure of document.querySelectorAll<HTMLElement>("figure.code")) addBar(figure);
  for (const shown of document.querySelectorAll(".output > .traceback")) {
    shown.replaceChildren(...coloured(shown.textContent ?? ""));
  }
  for (const output of document.querySelectorAll<HTMLElement>(".output")) markPanics(output, true, asWritten);
  deck.on("pdf-ready", () => {
    for (const slide of deck.getSlides()) {
      if (!(slide instanceof HTMLElement)) continue;
      const { number = "", chapterTitle = "" } = slide.dataset;
      slide.append(element("footer", "print-footer", element("b", "", number), chapterTitle));
    }
  });
}

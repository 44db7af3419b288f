import type { RevealApi } from "reveal.js";
import { element } from "../dom/element";

const layouts = ["title", "chapter", "statement", "code"];

/** The page around the slides: the water behind them, the window's title, and what assistive technology hears of it. */
export function decoratePage(root: HTMLElement, deck: RevealApi, title: string): void {
  const sea = element("div", "sea");
  sea.setAttribute("aria-hidden", "true");
  root.prepend(sea);
  const update = () => {
    const slide = deck.getCurrentSlide();
    root.dataset["layout"] = layouts.find((name) => slide?.classList.contains(name)) ?? "normal";
    document.title = [...new Set([slide?.dataset["title"], title])].filter(Boolean).join(" · ");
  };
  for (const event of ["ready", "slidechanged", "sync"] as const) deck.on(event, update);
  deck.on("ready", () => {
    // With role="application" screen readers leave their browse mode (reveal.js issue 3772).
    root.removeAttribute("role");
    root.querySelector(".slides")?.setAttribute("role", "main");
  });
}

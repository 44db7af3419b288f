import { element } from "../dom/element";
import { copyButton } from "./copy-button";

/** Gives a figure the line above its code: badge, language, where the code lives, and the buttons, whose place is returned. */
export function addBar(figure: HTMLElement): HTMLElement {
  const caption = figure.querySelector(":scope > figcaption") ?? element("figcaption");
  const tools = element("span", "tools", copyButton(() => codeOf(figure)));
  caption.prepend(element("span", "language"));
  caption.append(tools);
  figure.prepend(caption);
  nameCode(figure, caption);
  return tools;
}

/** Tells two pieces of code on one slide apart for a screen reader: by their cell, or by where they live. */
function nameCode(figure: HTMLElement, caption: Element): void {
  const code = figure.querySelector(":scope > pre");
  const origin = figure.dataset["cell"] ?? caption.querySelector("a")?.textContent;
  const name = code?.getAttribute("aria-label");
  if (name && origin && !name.includes(origin)) code?.setAttribute("aria-label", `${name}: ${origin}`);
}

/** The code of a figure as text. */
export function codeOf(figure: Element): string {
  return figure.querySelector("pre > code")?.textContent ?? "";
}

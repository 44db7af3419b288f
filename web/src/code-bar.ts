import { copyButton } from "./copy";
import { element } from "./element";

/** Gives a figure the line above its code: badge, language, where the code lives, and the buttons, whose place is returned. */
export function addBar(figure: HTMLElement): HTMLElement {
  const caption = figure.querySelector(":scope > figcaption") ?? element("figcaption");
  const tools = element("span", "tools", copyButton(() => codeOf(figure)));
  caption.prepend(element("span", "language"));
  caption.append(tools);
  figure.prepend(caption);
  return tools;
}

/** The code of a figure as text. */
export function codeOf(figure: Element): string {
  return figure.querySelector("pre > code")?.textContent ?? "";
}

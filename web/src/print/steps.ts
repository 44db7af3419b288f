import { light } from "../code/lit-lines";
import { markPanics } from "../output/panic-element";

/** Shows a slide of the print view as the talk shows it at the step of its page: cells that run later have no output yet, and
 *  the lines of the step are lit. X-rays read their step when they are drawn. */
export function stopAtStep(slide: HTMLElement): void {
  for (const figure of slide.querySelectorAll<HTMLElement>("figure[data-steps]")) light(figure);
  for (const step of slide.querySelectorAll(".fragment.run:not(.visible)")) {
    const output = step.closest("figure")?.querySelector<HTMLElement>(":scope > .output");
    if (!output) continue;
    // It holds its place, so that nothing moves from page to page.
    output.classList.add("pending");
    markPanics(output, false);
  }
}

/** The first page of a slide has its name and its headings; on those that follow they would be twice in the document. */
export function repeat(slide: HTMLElement): void {
  slide.dataset["slide"] = slide.id;
  for (const named of [slide, ...slide.querySelectorAll("[id]")]) named.removeAttribute("id");
  for (const heading of slide.querySelectorAll("h1, h2, h3, h4, h5, h6")) heading.setAttribute("role", "paragraph");
}

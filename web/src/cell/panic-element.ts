import { element } from "../element";
import { fileAndLine } from "./panic";
import type { Piece } from "./pieces";

/** The pane of a panic: who panicked, a link to where, and the message. */
export function panicElement(pieces: readonly Piece[]): HTMLElement {
  const pane = element("span", "panic");
  pane.dataset["language"] = "rust";
  for (const [part, text] of pieces) {
    const link = part === "place" && linkTo(text);
    pane.append(link || element("span", `pn-${part}`, text));
  }
  return pane;
}

/** Marks on the slide of `output` the lines that panics in it name, where the slide shows them, if the output `isShown`; the
 *  marks of the output before are taken back. An open editor reads the line from its figure's `data-panicked`. */
export function markPanics(output: HTMLElement, isShown: boolean): void {
  const owner = output.closest<HTMLElement>("[data-cell]")?.dataset["cell"] ?? "";
  const slide = output.closest("section");
  for (const figure of slide?.querySelectorAll<HTMLElement>(`figure[data-panicked-by="${owner}"]`) ?? []) {
    delete figure.dataset["panicked"];
    delete figure.dataset["panickedBy"];
    figure.querySelector(".line.panicked")?.classList.remove("panicked");
  }
  if (!isShown || !slide) return;
  for (const place of output.querySelectorAll(".pn-place")) {
    const found = fileAndLine(place.textContent ?? "");
    for (const figure of slide.querySelectorAll<HTMLElement>("figure.code")) {
      const number = found && lineIn(figure, found.file, found.line);
      const line = number && figure.querySelector(`.line[data-line="${number}"]`);
      if (!line) continue;
      line.classList.add("panicked");
      Object.assign(figure.dataset, { panicked: number, panickedBy: owner });
    }
  }
}

/** A link to the source page of a place, if the deck has that page: it has one for every file that slides include from. A build
 *  names its files from the project's folder or from the crate's. */
function linkTo(place: string): HTMLElement | null {
  const found = fileAndLine(place);
  const page = found && originLinks(document).find(({ file }) => isSame(file, found.file))?.page;
  if (!page) return null;
  const link = element("a", "pn-place", place);
  link.href = `${page}#L${found.line}`;
  return link;
}

/** The number within the figure's code of a line of a file. */
function lineIn(figure: HTMLElement, file: string, line: number): number | null {
  const origin = originLinks(figure).find((origin) => isSame(origin.file, file));
  return origin && line >= origin.line ? line - origin.line + 1 : null;
}

/** Where the code under `root` lives, by the links above it. */
function originLinks(root: ParentNode): { page: string; file: string; line: number }[] {
  return [...root.querySelectorAll("figcaption a[href]")].flatMap((link) => {
    const [, page = "", file = "", line = ""] = /^(source\/(.+)\.html)#L(\d+)$/.exec(link.getAttribute("href") ?? "") ?? [];
    return page ? [{ page, file, line: Number(line) }] : [];
  });
}

function isSame(file: string, named: string): boolean {
  return file === named || file.endsWith(`/${named}`);
}

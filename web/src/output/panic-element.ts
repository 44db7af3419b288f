import { element } from "../dom/element";
import { type CompiledLocation, compiledLocation, lineCount } from "./compiled-location";
import { fileAndLine } from "./panic";
import type { Piece } from "./pieces";

/** The texts of cells of Rust. */
export interface RustTexts {
  /** What the deck gives the cell. */
  original(cell: string): string;
  /** What the build that answers has. */
  built(cell: string): string;
  /** What the slide shows. */
  source(cell: string): string;
}

/** Nothing is edited, as in print: every text is the deck's own. */
const asWritten: RustTexts = { original: () => "", built: () => "", source: () => "" };

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

/** Marks on the slide of `output` the lines that panics in it name, where the slide shows them, if the output `isCurrent`: made by
 *  the build that answers. The marks of the output before are taken back. An open editor reads the line from its figure's
 *  `data-panicked`. */
export function markPanics(output: HTMLElement, isCurrent: boolean, texts = asWritten): void {
  const owner = output.closest<HTMLElement>("[data-cell]")?.dataset["cell"] ?? "";
  const slide = output.closest("section");
  for (const figure of slide?.querySelectorAll<HTMLElement>(`figure[data-panicked-by="${owner}"]`) ?? []) {
    delete figure.dataset["panicked"];
    delete figure.dataset["panickedBy"];
    figure.querySelector(".line.panicked")?.classList.remove("panicked");
  }
  if (!isCurrent || !slide) return;
  for (const named of output.querySelectorAll(".pn-place")) {
    const found = fileAndLine(named.textContent ?? "");
    if (!found) continue;
    const location = locationIn(found.file, found.line, texts);
    const page = named.getAttribute("href")?.split("#")[0];
    if (page) named.setAttribute("href", `${page}#L${location.onDisk}`);
    for (const figure of slide.querySelectorAll<HTMLElement>("figure.code")) {
      const number = lineIn(figure, found.file, location, texts);
      if (number === null) continue;
      figure.querySelector(`.line[data-line="${number}"]`)?.classList.add("panicked");
      Object.assign(figure.dataset, { panicked: number, panickedBy: owner });
    }
  }
}

/** A link to the source page of a place, if the deck has that page: it has one for every file that slides include from. A build
 *  names its files from the project's folder or from the crate's. */
function linkTo(place: string): HTMLElement | null {
  const found = fileAndLine(place);
  const page = found && originIn(document, found.file)?.page;
  if (!page) return null;
  const link = element("a", "pn-place", place);
  link.href = `${page}#L${found.line}`;
  return link;
}

/** Where a line of a file comes from, as the build that answers has the file. */
function locationIn(file: string, line: number, texts: RustTexts): CompiledLocation {
  const figures = [...document.querySelectorAll<HTMLElement>("figure.rust[data-cell]")];
  const regions = figures.flatMap((figure) => {
    const cell = figure.dataset["cell"] ?? "";
    const origin = originIn(figure, file);
    const [original, built] = [texts.original(cell), texts.built(cell)];
    return origin && built !== original ? [{ cell, first: origin.line, onDisk: lineCount(original), built: lineCount(built) }] : [];
  });
  return compiledLocation(line, regions);
}

/** The number of a line within what the figure shows; nothing if it shows another text than what was built. */
function lineIn(figure: HTMLElement, file: string, { onDisk, written }: CompiledLocation, texts: RustTexts): number | null {
  const cell = figure.dataset["cell"] ?? "";
  if (figure.matches(".rust") && texts.source(cell) !== texts.built(cell)) return null;
  if (written) return written.cell === cell ? written.line : null;
  const number = onDisk - (originIn(figure, file)?.line ?? Infinity) + 1;
  return number > 0 && figure.querySelector(`.line[data-line="${number}"]`) ? number : null;
}

function originIn(root: ParentNode, file: string): { page: string; line: number } | undefined {
  return originLinks(root).find((origin) => isSame(origin.file, file));
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

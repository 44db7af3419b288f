import { Transcript } from "../output/transcript";
import type { CellData, DeckData } from "../protocol";
import type { Kind, Passage } from "./search";

/** What is neither text of the slide nor to be read. */
const aside = "aside.notes, figcaption, .output, button, .tools, script, style, svg";

/** Everything on the slides that can be found. Outputs are the recorded ones: what ran on this page comes and goes. */
export function passages(slides: readonly Element[], cells: DeckData["cells"]): Passage[] {
  return slides.flatMap((slide) => (slide instanceof HTMLElement ? passagesOf(slide, cells) : []));
}

function passagesOf(slide: HTMLElement, cells: DeckData["cells"]): Passage[] {
  const about = { id: slide.id, number: slide.dataset["number"] ?? "", title: slide.dataset["title"] ?? "" };
  const passage = (kind: Kind, text: string, step?: number): Passage => ({ slide: about, kind, text, ...(step === undefined ? {} : { step }) });
  const codes = [...slide.querySelectorAll("figure > pre > code")].map((code) => passage("code", code.textContent ?? ""));
  const outputs = [...slide.querySelectorAll<HTMLElement>("figure.cell")].flatMap((figure) => {
    const id = figure.dataset["cell"] ?? "";
    const text = outputOf(cells[id]);
    return text ? [passage("output", text, stepOf(slide, id))] : [];
  });
  return [passage("title", about.title), passage("text", prose(slide)), ...codes, ...outputs];
}

function outputOf(cell: CellData | undefined): string {
  const transcript = new Transcript();
  cell?.recording?.events.forEach((event) => transcript.take(event));
  return transcript.segments.map((segment) => (segment.kind === "display" ? "" : segment.text)).join("\n");
}

/** The step at which a cell shows what it has printed. */
function stepOf(slide: HTMLElement, cell: string): number | undefined {
  const fragment = slide.querySelector<HTMLElement>(`.fragment.run[data-cell="${CSS.escape(cell)}"]`);
  const index = fragment?.dataset["fragmentIndex"];
  return index === undefined ? undefined : Number(index);
}

/** The texts of a slide's blocks, apart from each other. */
function prose(slide: HTMLElement): string {
  const texts: string[] = [];
  const walker = document.createTreeWalker(slide, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (!(node instanceof Element)) return NodeFilter.FILTER_ACCEPT;
    return node.matches(aside) || node.matches("figure > pre") || node.matches("h1, h2") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
  });
  for (let node = walker.nextNode(); node; node = walker.nextNode()) texts.push(node.textContent ?? "");
  return texts.join(" ");
}

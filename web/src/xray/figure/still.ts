import { element } from "../../dom/element";
import type { Stage } from "../../trace";
import { placePatterns } from "../drawing/patterns";
import { type Furniture, Picture } from "../drawing/picture";
import { rectangle, svg } from "../drawing/svg";
import type { Drawn, Surroundings, TraceEntry } from "../entry";
import { summaryOf } from "../trace/counts";
import { layOut, type Layout } from "../trace/layout";
import { stageNames } from "../trace/stages";

const bare: Furniture = { ruler: null, opcodes: false, labels: false, axis: false, values: false, mostRow: 62 };

/** The call without a word, to look at before anything is explained. */
export function drawSilent(figure: HTMLElement, entry: TraceEntry): Drawn {
  const { drawing } = still(entry, null, bare);
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", summaryOf(entry.trace));
  figure.classList.add("drawn", "silent");
  figure.prepend(element("div", "profile", drawing));
  return { follow: () => {}, offer: () => {} };
}

/** The small map at a slide's edge: the same drawing with one stage lit, and nothing to do on it. */
export function drawMap(aside: HTMLElement, { entries }: Surroundings): void {
  const entry = entries.get(aside.dataset["xray"] ?? "");
  const stage = (aside.dataset["stage"] ?? null) as Stage | null;
  if (!entry) return;
  const name = stage ? stageNames[stage] : "the call";
  const brackets = svg("g");
  const { drawing, picture } = still(entry, stage, { ...bare, mostRow: 14 }, (layout, unit) => {
    const spans = layout.trace.stages.filter((span) => span.stage === stage);
    brackets.replaceChildren(...spans.map(({ at, instructions }) => rectangle(at * unit, -7, Math.max(instructions * unit, 3), 4, "bracket")));
  });
  picture.element.querySelector("svg")?.append(brackets);
  aside.replaceChildren(drawing, element("p", "", name));
  aside.setAttribute("aria-label", `You are here: ${name}`);
}

/** A picture that fills its place whenever that gets a size; `drawn` adds to it, with the pixels of an instruction. */
function still(entry: TraceEntry, stage: Stage | null, furniture: Furniture, drawn: (layout: Layout, unit: number) => void = () => {}) {
  const layout = layOut(entry.trace);
  const picture = new Picture(furniture);
  const drawing = element("div", "drawing");
  drawing.append(picture.element);
  placePatterns(document);
  new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = drawing;
    if (!width || !height) return;
    const unit = width / layout.total;
    picture.draw({ layout, range: { from: 0, to: layout.total }, stage, at: null, unit, width, height });
    drawn(layout, unit);
  }).observe(drawing);
  return { drawing, picture };
}

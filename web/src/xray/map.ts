import { element } from "../element";
import type { Surroundings } from "./entry";
import { layOut } from "./layout";
import { placePatterns } from "./patterns";
import { Picture } from "./picture";
import { rectangle, svg } from "./svg";
import { stageNames } from "./stages";
import type { Stage } from "./trace";

/** The small map at a slide's edge: the same drawing with one stage lit, and nothing to do on it. */
export function drawMap(aside: HTMLElement, { entries }: Surroundings): void {
  const entry = entries.get(aside.dataset["xray"] ?? "");
  const stage = (aside.dataset["stage"] ?? null) as Stage | null;
  if (!entry) return;
  placePatterns(document);
  const layout = layOut(entry.trace);
  const picture = new Picture({ ruler: false, opcodes: false, labels: false, axis: false, values: false, mostRow: 14 });
  const name = stage ? stageNames[stage] : "the call";
  const here = svg("g", { class: "here" });
  picture.element.append(here);
  const drawing = element("div", "drawing");
  drawing.append(picture.element);
  aside.replaceChildren(drawing, element("p", "", name));
  aside.setAttribute("aria-label", `You are here: ${name}`);
  new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = drawing;
    if (!width || !height) return;
    const unit = width / layout.total;
    picture.draw({ layout, range: { from: 0, to: layout.total }, stage, at: null, unit, width, height });
    const spans = layout.trace.stages.filter((span) => span.stage === stage);
    here.replaceChildren(...spans.map(({ at, instructions }) => rectangle(at * unit, -7, Math.max(instructions * unit, 3), 4, "bracket")));
  }).observe(drawing);
}

import { button, element } from "../../dom/element";
import { type Action, keyFor } from "../../keys/keymap";
import { listen } from "../../keys/listen";
import { toggleTheme } from "../../page/theme";
import type { Drawn, TraceEntry, XrayModule } from "../entry";
import { addStageSteps } from "../stage-steps";

/** Width of a phone's page in the pixels of text sizes, as that of a slide on a phone. */
const phoneWidth = 560;
const narrow = matchMedia("(max-width: 700px)");

/** Draws the call of a page that has no deck around it, as `deck trace --format html` writes it. */
export function drawTracePage(draw: XrayModule["drawFigure"]): void {
  const figure = document.querySelector<HTMLElement>(".trace-page figure.xray");
  const data = document.getElementById("trace-data");
  if (!figure || !data) return;
  const fit = () => fitPage(figure);
  fit();
  addEventListener("resize", fit);
  addStageSteps(figure);
  const drawn = draw(figure, JSON.parse(data.textContent ?? "") as TraceEntry, { entries: new Map(), tracer: () => null });
  addSteps(figure, drawn);
}

/** Keys and buttons that go through the stages, as a step of a slide does. */
function addSteps(figure: HTMLElement, drawn: Drawn): void {
  const steps = [...figure.querySelectorAll("i.fragment.stage")];
  let shown = 0;
  const go = (by: number) => () => {
    shown = Math.min(Math.max(shown + by, 0), steps.length);
    steps.forEach((step, index) => step.classList.toggle("visible", index < shown));
    drawn.follow();
  };
  const act: Partial<Record<Action, () => void>> = { next: go(1), previous: go(-1), first: go(-Infinity), last: go(Infinity), theme: toggleTheme };
  listen(act);
  const labelled = (action: "previous" | "next" | "theme", label: string) => {
    const made = button(action, label, () => act[action]?.());
    made.title = keyFor(action);
    return made;
  };
  const hint = element("span", "hint", "In the drawing, the arrow keys go from function to function, with Shift one instruction.");
  figure.after(element("nav", "page-steps", labelled("previous", "Stage before"), labelled("next", "Next stage"), hint, labelled("theme", "Light or dark")));
}

function fitPage(figure: HTMLElement): void {
  document.documentElement.classList.toggle("phone", narrow.matches);
  const page = figure.closest("main");
  if (page) page.style.zoom = narrow.matches ? String(innerWidth / phoneWidth) : "";
}

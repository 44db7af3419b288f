import type { Surroundings } from "../entry";
import { XrayFigure } from "./figure";
import { drawMap, drawSilent } from "./still";
import { drawTracePage } from "./trace-page";
import { Tracing } from "./tracing";

const tracings = new Map<string, Tracing>();

window.deckXray = {
  drawFigure: (figure, entry, surroundings) =>
    figure.closest(".silent") ? drawSilent(figure, entry) : new XrayFigure(figure, entry, surroundings, tracingFor(figure, surroundings)),
  drawMap,
};
document.dispatchEvent(new Event("deck-xray"));
drawTracePage(window.deckXray.drawFigure);

/** What traces a figure's call: that of the figure that stood in its place before, if it showed the same code. */
function tracingFor(figure: HTMLElement, surroundings: Surroundings): Tracing {
  const { xray = "" } = figure.dataset;
  const key = `${xray}: ${figure.querySelector("pre > code")?.textContent ?? ""}`;
  const tracing = tracings.get(key) ?? new Tracing(xray, () => surroundings.tracer());
  tracings.set(key, tracing);
  return tracing;
}

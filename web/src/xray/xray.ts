import { drawAlone } from "./alone";
import type { XrayModule } from "./entry";
import { XrayFigure } from "./figure";
import { drawMap, drawSilent } from "./still";

declare global {
  interface Window {
    /** The drawing part, once its script has come. */
    deckXray?: XrayModule;
  }
}

window.deckXray = {
  drawFigure: (figure, entry, surroundings) =>
    figure.closest(".silent") ? drawSilent(figure, entry) : new XrayFigure(figure, entry, surroundings),
  drawMap,
};
document.dispatchEvent(new Event("deck-xray"));
drawAlone(window.deckXray.drawFigure);

import type { XrayModule } from "./entry";
import { XrayFigure } from "./figure";
import { drawMap } from "./map";

declare global {
  interface Window {
    /** The drawing part, once its script has come. */
    deckXray?: XrayModule;
  }
}

window.deckXray = { drawFigure: (figure, surroundings) => new XrayFigure(figure, surroundings), drawMap };
document.dispatchEvent(new Event("deck-xray"));

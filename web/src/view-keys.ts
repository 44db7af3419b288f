import type { RevealApi } from "reveal.js";
import type { ContentsDialog } from "./contents/entry";
import type { Help } from "./keys/help";
import type { Handlers } from "./keys/listen";
import { resetZoom, zoom } from "./page/zoom";

/** What keys do to the view of the deck, in the overview as well. */
export function viewHandlers(deck: RevealApi, help: Help, contents: ContentsDialog): Handlers {
  const last = () => deck.getTotalSlides() - 1;
  return {
    next: () => (deck.isPaused() ? deck.togglePause(false) : deck.isOverview() ? deck.right() : deck.next()),
    previous: () => (deck.isOverview() ? deck.left() : deck.prev()),
    first: () => deck.slide(0),
    last: () => deck.slide(last()),
    overview: () => deck.toggleOverview(),
    jump: () => deck.toggleJumpToSlide(),
    black: () => deck.togglePause(),
    fullscreen: () => void (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
    help: () => help.toggle(),
    contents: () => contents.toggle(),
    search: () => contents.search(),
    "code-larger": () => zoom("code", 1),
    "code-smaller": () => zoom("code", -1),
    "output-larger": () => zoom("output", 1),
    "output-smaller": () => zoom("output", -1),
    "sizes-reset": resetZoom,
  };
}

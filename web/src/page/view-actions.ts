import type { RevealApi } from "reveal.js";
import type { Handlers } from "../keys/listen";
import { toggleTheme } from "./theme";
import { resetZoom, zoom } from "./zoom";

/** The dialogs that keys open. */
interface Dialogs {
  readonly help: { toggle(): void };
  readonly contents: { toggle(): void; search(): void };
}

/** What keys do to the view of the deck, in the overview as well. */
export function viewActions(deck: RevealApi, { help, contents }: Dialogs): Handlers {
  return {
    next: () => (deck.isPaused() ? deck.togglePause(false) : deck.isOverview() ? deck.right() : deck.next()),
    previous: () => (deck.isOverview() ? deck.left() : deck.prev()),
    first: () => deck.slide(0),
    last: () => deck.slide(deck.getTotalSlides() - 1),
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
    theme: toggleTheme,
  };
}

/** Closes the overview, and says whether it was open. */
export function leaveOverview(deck: RevealApi): boolean {
  const isOpen = deck.isOverview();
  if (isOpen) deck.toggleOverview(false);
  return isOpen;
}

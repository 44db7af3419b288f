import type { RevealApi } from "reveal.js";
import type { DeckData, Offer } from "../protocol";

/** The dialog, as the rest of the deck uses it. */
export interface ContentsDialog {
  toggle(): void;
  /** Opens it for a search; `typed` is what was typed before it was there. */
  search(typed?: string): void;
  /** Whether there was something to close. */
  close(): boolean;
}

/** Makes the dialog below `root`. */
export type MakeContents = (root: HTMLElement, deck: RevealApi, offers: readonly Offer[], cells: () => DeckData["cells"]) => ContentsDialog;

declare global {
  interface Window {
    /** The dialog's part, once its script has come. */
    deckContents?: MakeContents;
  }
}

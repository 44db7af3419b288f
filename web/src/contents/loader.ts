import { button } from "../dom/element";
import { addScript } from "../dom/script";
import { keyFor } from "../keys/keymap";
import type { ContentsDialog, MakeContents } from "./entry";

/** The way to the table of contents, whose script is fetched when somebody asks for it: the first slide does not wait for it.
 *  Keys that are pressed meanwhile are meant for the dialog, not for the deck. */
export class ContentsLoader implements ContentsDialog {
  private dialog: ContentsDialog | null = null;
  private waiting: ((dialog: ContentsDialog) => void) | null = null;
  private typed = "";
  private readonly hold = (event: KeyboardEvent) => this.keep(event);

  constructor(
    /** Address of a file beside the bundles. */
    private readonly assets: string,
    private readonly make: (make: MakeContents) => ContentsDialog,
    private readonly complain: (message: string) => void,
  ) {
    document.addEventListener("deck-contents", () => this.enter());
  }

  /** Adds the button that opens it. */
  addTo(footer: { addFirst(made: HTMLButtonElement): void }): void {
    const opens = button("contents", "Contents", () => this.toggle());
    opens.title = `Contents (${keyFor("contents")})`;
    footer.addFirst(opens);
  }

  toggle(): void {
    this.open((dialog) => dialog.toggle());
  }

  search(): void {
    this.open((dialog) => dialog.search(this.typed));
  }

  close(): boolean {
    return this.dialog?.close() ?? false;
  }

  private open(then: (dialog: ContentsDialog) => void): void {
    if (this.dialog) return then(this.dialog);
    this.waiting = then;
    if (window.deckContents) return this.enter();
    addEventListener("keydown", this.hold, { capture: true });
    addScript(new URL("contents.js", this.assets).href, () => {
      this.stopWaiting();
      this.complain("The table of contents could not be loaded. Build the deck again.");
    });
  }

  private enter(): void {
    if (!window.deckContents) return;
    this.dialog ??= this.make(window.deckContents);
    this.waiting?.(this.dialog);
    this.stopWaiting();
  }

  private keep(event: KeyboardEvent): void {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.key === "Escape") this.stopWaiting();
    else if (event.key.length === 1) this.typed += event.key;
  }

  private stopWaiting(): void {
    removeEventListener("keydown", this.hold, { capture: true });
    this.waiting = null;
    this.typed = "";
  }
}

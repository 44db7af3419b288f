import type { RevealApi } from "reveal.js";
import { closeDialog } from "../dom/dialog";
import { button, element } from "../dom/element";
import { keyFor } from "../keys/keymap";
import type { DeckData, Offer } from "../protocol";
import type { ContentsDialog } from "./entry";
import { unmark } from "./mark";
import { outline } from "./outline";
import { passages } from "./passages";
import { results } from "./results";
import { find, type Passage, words } from "./search";

/** The dialog that leads to any slide: the table of contents, and what a search finds in text, code and outputs. */
export class Contents implements ContentsDialog {
  private readonly dialog = element("dialog", "contents");
  private readonly field = element("input");
  private readonly list = element("nav", "list");
  private readonly found = element("p", "found");
  private passages: Passage[] = [];

  constructor(
    root: HTMLElement,
    private readonly deck: RevealApi,
    offers: readonly Offer[],
    private readonly cells: () => DeckData["cells"],
  ) {
    this.field.type = "search";
    this.field.placeholder = "Search text, code and output";
    this.field.setAttribute("aria-label", this.field.placeholder);
    this.found.setAttribute("role", "status");
    this.list.tabIndex = -1;
    this.dialog.setAttribute("aria-label", "Contents");
    const close = button("close", `Close (${keyFor("close")})`, () => this.close());
    this.dialog.append(element("div", "bar", element("h2", "", "Contents"), this.field, close), this.found, this.list, links(offers));
    root.append(this.dialog);
    this.field.addEventListener("input", () => this.draw());
    this.list.addEventListener("click", (event) => this.leave(event));
    this.dialog.addEventListener("keydown", (event) => this.press(event));
  }

  toggle(): void {
    if (closeDialog(this.dialog)) return;
    this.open();
    const here = this.list.querySelector<HTMLElement>("[aria-current]");
    here?.scrollIntoView({ block: "center" });
    (here ?? this.field).focus({ preventScroll: true });
  }

  search(typed = ""): void {
    if (!this.dialog.open) this.open();
    this.field.focus();
    this.field.select();
    if (!typed) return;
    this.field.value = typed;
    this.draw();
  }

  /** Whether there was something to close. */
  close(): boolean {
    return closeDialog(this.dialog) || unmark();
  }

  private open(): void {
    this.field.value = "";
    // What a slide says may have changed since the last time: a cell has run, a file was saved.
    this.passages = passages(this.deck.getSlides(), this.cells());
    this.draw();
    this.dialog.showModal();
  }

  private draw(): void {
    const wanted = words(this.field.value);
    const hits = find(this.passages, wanted);
    this.list.setAttribute("aria-label", wanted.length ? "Results" : "Slides");
    this.found.textContent = wanted.length ? count(hits.length) : "";
    this.list.replaceChildren(...(wanted.length ? results(hits, wanted) : outline(this.deck)));
    this.list.scrollTop = 0;
  }

  private leave(event: Event): void {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link) closeDialog(this.dialog);
  }

  /** Arrows go from link to link, and Escape, which would first empty the field, closes. No key reaches the deck behind the dialog. */
  private press(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    }
    const links = [...this.list.querySelectorAll("a")];
    const at = links.findIndex((link) => link === document.activeElement);
    if (event.key === "Enter" && event.target === this.field) links[0]?.click();
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const next = event.key === "ArrowDown" ? links[at + 1] : links[at - 1];
    (next ?? this.field).focus();
  }
}

/** What lies beside the deck on its site. */
function links(offers: readonly Offer[]): HTMLElement {
  const links = offers.map(({ title, about, address }) => {
    const link = element("a", "", title);
    link.href = address;
    link.title = about;
    return link;
  });
  return element("p", "offers", ...links);
}

function count(hits: number): string {
  return hits === 0 ? "Nothing found" : hits === 1 ? "On one slide" : `On ${hits} slides`;
}

import { closeDialog } from "../dom/dialog";
import { button, element } from "../dom/element";
import { type Binding, formatChord, keyFor, sections } from "./keymap";

/** The overlay that lists every key, made from the keymap. */
export class Help {
  private readonly dialog = element("dialog", "help");

  constructor(parent: HTMLElement) {
    this.dialog.setAttribute("aria-label", "Keys");
    const close = button("close", `Close (${keyFor("close")})`, () => this.close());
    this.dialog.append(element("h2", "", "Keys"), element("div", "groups", ...groups()), close);
    parent.append(this.dialog);
  }

  toggle(): void {
    if (!this.close()) this.dialog.showModal();
  }

  /** Whether there was something to close. */
  close(): boolean {
    return closeDialog(this.dialog);
  }
}

function groups(): HTMLElement[] {
  return sections.map(({ name, bindings }) => element("section", "", element("h3", "", name), element("dl", "", ...bindings.map(row))));
}

function row({ keys, help }: Binding): HTMLElement {
  const names = keys.slice(0, 4).map((key) => element("kbd", "", formatChord(key)));
  return element("div", "", element("dt", "", ...names), element("dd", "", help));
}

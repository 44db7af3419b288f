import { element } from "../dom/element";
import { keyFor } from "../keys/keymap";
import type { Problem } from "../protocol";

/** The overlay that says what is wrong with the sources. The slides under it stay those of the last good build. */
export class Problems {
  private readonly panel = element("div", "problems");

  constructor(parent: HTMLElement) {
    this.panel.setAttribute("role", "alert");
    this.panel.hidden = true;
    parent.append(this.panel);
  }

  show(problems: readonly Problem[]): void {
    this.panel.hidden = problems.length === 0;
    const heading = problems.length === 1 ? "A source has an error" : `The sources have ${problems.length} errors`;
    const note = `The slides are those of the last good build. This goes away when the source is mended; ${keyFor("close")} lays it aside.`;
    this.panel.replaceChildren(element("h2", "", heading), ...problems.map(item), element("p", "note", note));
  }

  /** Lays the overlay aside until there is something new to say. Whether there was one. */
  dismiss(): boolean {
    const wasShown = !this.panel.hidden;
    this.panel.hidden = true;
    return wasShown;
  }
}

function item({ file, line, message, rendered }: Problem): HTMLElement {
  const place = element("code", "place", `${file}:${line}`);
  const excerpt = element("pre", "", rendered);
  excerpt.tabIndex = 0;
  return element("section", "", element("p", "", place, " ", message), excerpt);
}

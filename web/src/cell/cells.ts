import { copyButton } from "../copy";
import { element } from "../element";
import type { Session } from "../run/session";
import type { StageStore } from "../stage-store";
import { CellView } from "./cell-view";

/** Every figure of code in the deck, with its bar, and a view for each that is a cell. */
export class Cells {
  private readonly views = new Map<string, CellView>();

  constructor(
    private readonly store: StageStore,
    private readonly session: Session,
    private readonly announce: (text: string) => void,
  ) {
    store.subscribe((change) => {
      if (change === null || change.change === "restarted" || change.change === "edited") this.showAll();
      else if ("cell" in change) this.views.get(change.cell)?.follow(change, store.cell(change.cell));
    });
  }

  /** Gives the figures under `root` their bars and views; called again for slides that were replaced. */
  dress(root: ParentNode): void {
    for (const figure of root.querySelectorAll<HTMLElement>("figure.code:not([data-dressed])")) {
      figure.dataset["dressed"] = "";
      const tools = bar(figure);
      if (figure.dataset["cell"] === undefined) continue;
      const view = new CellView(figure, tools, this.session, this.announce);
      this.views.set(view.id, view);
      view.show(this.store.cell(view.id));
    }
  }

  get(id: string): CellView | undefined {
    return this.views.get(id);
  }

  all(): Iterable<CellView> {
    return this.views.values();
  }

  private showAll(): void {
    for (const [id, view] of this.views) view.show(this.store.cell(id));
  }
}

/** The line above the code: badge, language, where the code lives, and the buttons, whose place it returns. */
function bar(figure: HTMLElement): HTMLElement {
  const caption = figure.querySelector(":scope > figcaption") ?? element("figcaption");
  const tools = element("span", "tools", copyButton(() => codeOf(figure)));
  caption.prepend(element("span", "language"));
  caption.append(tools);
  figure.prepend(caption);
  return tools;
}

/** The code of a figure as text. */
export function codeOf(figure: Element): string {
  return figure.querySelector("pre > code")?.textContent ?? "";
}

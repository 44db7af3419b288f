import { addBar } from "../code/bar";
import type { Session } from "../run/session";
import type { StageStore } from "../stage/store";
import { CellView } from "./cell-view";

/** Every figure of code in the deck, with its bar, and a view for each that is a cell. */
export class Cells {
  private readonly listeners: ((figure: HTMLElement, tools: HTMLElement) => void)[] = [];
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
  decorate(root: ParentNode): void {
    for (const figure of root.querySelectorAll<HTMLElement>("figure.code:not([data-decorated])")) {
      figure.dataset["decorated"] = "";
      const tools = addBar(figure);
      for (const listener of this.listeners) listener(figure, tools);
      if (figure.dataset["cell"] === undefined) continue;
      const view = new CellView(figure, tools, this.session, this.announce);
      this.views.get(view.id)?.retire();
      this.views.set(view.id, view);
      view.show(this.store.cell(view.id));
    }
  }

  /** Calls back for every figure that has its bar, now and later. */
  onDecorated(listener: (figure: HTMLElement, tools: HTMLElement) => void): void {
    this.listeners.push(listener);
    for (const tools of document.querySelectorAll<HTMLElement>("figure.code[data-decorated] .tools")) {
      const figure = tools.closest<HTMLElement>("figure");
      if (figure) listener(figure, tools);
    }
  }

  get(id: string): CellView | undefined {
    return this.views.get(id);
  }

  /** The cell that a key means: the one with the focus, else the first on the slide that has not run, else the last. */
  current(slide: Element): CellView | undefined {
    const all = [...slide.querySelectorAll<HTMLElement>("figure.cell")];
    const figures = all.filter(({ dataset }) => this.session.runnerFor(dataset["cell"] ?? ""));
    const figure =
      document.activeElement?.closest<HTMLElement>("figure.cell") ??
      figures.find(({ dataset }) => dataset["run"] === "idle") ??
      figures.at(-1);
    return this.views.get(figure?.dataset["cell"] ?? "");
  }

  /** Takes the enlarged output back, and says whether there was one. */
  shrink(): boolean {
    const large = [...this.views.values()].find(({ isLarge }) => isLarge);
    large?.enlarge(false);
    return large !== undefined;
  }

  /** Brings buttons and labels of all cells up to date, after something changed that is no part of the stage. */
  mark(): void {
    for (const [id, view] of this.views) view.mark(this.store.cell(id));
  }

  private showAll(): void {
    for (const [id, view] of this.views) view.show(this.store.cell(id));
  }
}

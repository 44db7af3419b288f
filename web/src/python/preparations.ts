import type { Cells } from "../cell/cells";
import type { StageStore } from "../stage/store";
import type { Preparation } from "./browser-runner";

/** Shows at a cell what is done before it can run: in its label, and as a bar. What is spoken comes in quarters. */
export class Preparations {
  private spoken = "";

  constructor(
    private readonly cells: Pick<Cells, "get">,
    private readonly store: StageStore,
    private readonly announce: (text: string) => void,
  ) {}

  show(cell: string, what: Preparation | null): void {
    const view = this.cells.get(cell);
    if (!view) return;
    const { dataset, style } = view.figure;
    if (what) dataset["preparing"] = what.share === undefined ? "soon" : "counted";
    else delete dataset["preparing"];
    style.setProperty("--share", String(what?.share ?? 1));
    view.mark(this.store.cell(cell));
    if (what) this.speak(what);
  }

  private speak({ text, share }: Preparation): void {
    const quarter = share === undefined ? text : `${25 * Math.floor(4 * share)} %`;
    if (quarter === this.spoken) return;
    this.spoken = quarter;
    this.announce(text);
  }
}

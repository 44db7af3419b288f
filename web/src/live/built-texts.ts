import type { Change, Stage } from "../protocol";
import type { StageStore } from "../stage/store";
import { buildName } from "./build-name";

/** The edited text of each cell of Rust that has one. */
type Texts = ReadonlyMap<string, string>;

/** Which edited texts each build was made from, so that a cell can say when its text is not the one that answers. */
export class BuiltTexts {
  private asked: Texts = new Map();
  private readonly byBuild = new Map<number, Texts>([[0, new Map()]]);

  constructor(
    private readonly store: StageStore,
    private readonly isRust: (cell: string) => boolean,
  ) {}

  /** Before a snapshot takes the place of the stage. Of a build that this browser did not see being made it is assumed that the
   *  texts on the stage are in it, but for results that say otherwise. */
  restore(stage: Stage): void {
    const { build, cells } = stage;
    if (this.byBuild.has(build.number)) return;
    const fresh = build.edited.filter((cell) => !cells[cell]?.stale);
    this.byBuild.set(build.number, editedTexts(fresh, cells));
  }

  /** Before a change is taken into the stage. */
  take(change: Change): void {
    const { cells } = this.store.stage;
    if (change.change === "ran" && change.event.event === "started" && this.isRust(change.cell)) {
      this.asked = editedTexts(Object.keys(cells).filter(this.isRust), cells);
    } else if (change.change === "restarted" && change.rebuilt !== null) {
      this.byBuild.set(change.build.number, this.asked);
    } else if (change.change === "restarted" && !this.byBuild.has(change.build.number)) {
      // A build of what was saved, with the edits on the stage.
      this.byBuild.set(change.build.number, editedTexts(change.build.edited, cells));
    }
  }

  /** The edited text of a cell in the build that answers, if it has one. */
  text(cell: string): string | undefined {
    return this.byBuild.get(this.store.stage.build.number)?.get(cell);
  }

  /** What there is to say of a cell's text: nothing if it is the one that answers, or no text of Rust. */
  standing(cell: string): string {
    const { build } = this.store.stage;
    const texts = this.byBuild.get(build.number);
    if (!this.isRust(cell) || !texts) return "";
    const edited = this.store.cell(cell).edited;
    if (edited === (texts.get(cell) ?? null)) return "";
    return `${edited === null ? "Put back" : "Edited"}, not built · ${buildName(build)} still answers`;
  }
}

/** The edited texts of those of `ids` that have one. */
function editedTexts(ids: readonly string[], cells: Stage["cells"]): Texts {
  return new Map(
    ids.flatMap((id) => {
      const edited = cells[id]?.edited ?? null;
      return edited === null ? [] : [[id, edited] as const];
    }),
  );
}

import type { CellState, Change, Stage } from "../protocol";
import { apply, emptyStage } from "./stage";

/** Told after every change, and with `null` when the whole stage was replaced by a snapshot. */
export type StageListener = (change: Change | null) => void;

/** This browser's copy of the stage. With a server it follows the server's; without one it has only what happens here. */
export class StageStore {
  stage: Stage = emptyStage();
  private readonly listeners: StageListener[] = [];

  subscribe(listener: StageListener): void {
    this.listeners.push(listener);
  }

  apply(change: Change): void {
    apply(this.stage, change);
    for (const listener of this.listeners) listener(change);
  }

  replace(stage: Stage): void {
    this.stage = stage;
    for (const listener of this.listeners) listener(null);
  }

  /** The cell's state; a cell that nothing has happened to is idle. */
  cell(id: string): Readonly<CellState> {
    return this.stage.cells[id] ?? { edited: null, run: "idle", events: [], stale: false, overdue: null };
  }
}

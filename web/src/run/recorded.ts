import type { CellEvent, DeckData } from "../protocol";
import { type Runner, Unavailable } from "./runner";

/** Replays the recordings that are in the page. */
export class Recorded implements Runner {
  readonly name = "recorded";
  readonly capabilities = { edit: false, restart: false, mirrored: false, onRequest: false };
  private stopped = false;

  constructor(private readonly deck: Pick<DeckData, "cells">) {}

  may(cell: string): boolean {
    return this.deck.cells[cell]?.recording != null;
  }

  label(cell: string): string {
    return this.deck.cells[cell]?.recording?.label ?? "";
  }

  async *run(cell: string, source: string): AsyncIterable<CellEvent> {
    const data = this.deck.cells[cell];
    if (!data?.recording) throw new Unavailable(`There is no recording of the cell ${cell}.`);
    if (source !== data.source) throw new Unavailable("The text was edited, and the recording belongs to the original.");
    this.stopped = false;
    for (const event of data.recording.events) {
      if (this.stopped && event.event !== "finished") continue;
      yield this.stopped && event.event === "finished" ? { ...event, status: "stopped" } : event;
    }
  }

  stop(): void {
    this.stopped = true;
  }

  /** A recording is never late. */
  goOn(): void {}

  restart(): void {
    this.stop();
  }
}

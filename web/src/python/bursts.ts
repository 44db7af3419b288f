import type { CellEvent } from "../protocol";

/** So many events of a run are handed on one by one. */
const single = 500;
/** Of those that follow, so many at a time, or what came within so many milliseconds. */
const many = 200;
const interval = 50;

/** Hands events on in bursts where a cell writes without end, so that the page has time for its reader. */
export class Bursts {
  private waiting: CellEvent[] = [];
  private count = 0;
  private last = 0;

  constructor(
    private readonly send: (events: readonly CellEvent[]) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  push(event: CellEvent): void {
    this.count += 1;
    this.waiting.push(event);
    const isDue = this.count <= single || this.waiting.length >= many || this.now() - this.last >= interval;
    if (isDue || event.event === "finished") this.flush();
  }

  private flush(): void {
    this.send(this.waiting);
    this.waiting = [];
    this.last = this.now();
  }
}

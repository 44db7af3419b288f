import type { CellEvent } from "../protocol";
import { Channel } from "../run/channel";
import type { PythonRun } from "./interpreter";
import type { Downloaded, FromWorker, ToWorker } from "./messages";

/** What of a Web Worker is used. */
export interface WorkerLike {
  postMessage(message: ToWorker): void;
  terminate(): void;
  onmessage: ((event: { data: FromWorker }) => void) | null;
  onerror: ((event: { message?: string }) => void) | null;
}

/** A Python in a worker of its own, from its start to its end. */
export class PythonProcess {
  /** Settles when it can run cells, or will never. */
  readonly ready: Promise<void>;
  /** It can run another cell. */
  alive = true;
  private events = new Channel<CellEvent>();
  private began!: { resolve(): void; reject(error: Error): void };

  constructor(
    private readonly worker: WorkerLike,
    files: Downloaded,
  ) {
    this.ready = new Promise((resolve, reject) => (this.began = { resolve, reject }));
    // Whoever waits for it hears of it; nobody may be waiting.
    this.ready.catch(() => {});
    worker.onmessage = ({ data }) => this.receive(data);
    worker.onerror = ({ message }) => this.fail(message || "its worker did not start");
    worker.postMessage({ start: files });
  }

  /** The events of one run, until it has finished or the process was ended. After `seconds`, and again after as long, comes
   *  `overdue`. */
  async *run(request: PythonRun, seconds: number): AsyncIterable<CellEvent> {
    await this.ready;
    const events = (this.events = new Channel());
    let late = 0;
    const clock = setInterval(() => events.push({ event: "overdue", seconds: (late += seconds) }), seconds * 1000);
    this.worker.postMessage({ run: request });
    try {
      yield* events;
    } finally {
      clearInterval(clock);
    }
  }

  /** Ends it at once; what runs in it has no further events. */
  end(): void {
    this.alive = false;
    this.worker.terminate();
    this.began.reject(new Error("it was ended"));
    this.events.close();
  }

  private receive(message: FromWorker): void {
    if ("ready" in message) this.began.resolve();
    else if ("failed" in message) this.fail(message.failed);
    else this.take(message.events, message.alive);
  }

  private take(events: readonly CellEvent[], alive: boolean): void {
    this.alive &&= alive;
    for (const event of events) this.events.push(event);
    if (events.at(-1)?.event === "finished") this.events.close();
  }

  private fail(reason: string): void {
    this.alive = false;
    this.began.reject(new Error(reason));
    this.events.close(new Error(reason));
  }
}

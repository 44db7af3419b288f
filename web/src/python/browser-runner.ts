import type { BrowserRun, CellData, CellEvent, Status } from "../protocol";
import { type Runner, Unavailable } from "../run/runner";
import type { StageStore } from "../stage/store";
import { crash } from "./crash";
import type { Progress } from "./download";
import { History } from "./history";
import type { PythonProcess } from "./python-process";

/** Python, loaded into this page. */
export interface Loaded {
  readonly version: string;
  /** Starts another interpreter. */
  open(): PythonProcess;
}

/** What is done before a cell runs: in words, and as a share of the whole where that is known. */
export interface Preparation {
  readonly text: string;
  readonly share?: number;
}

/** What the runner needs of the page. */
export interface Page {
  readonly store: StageStore;
  cells(): Readonly<Record<string, CellData>>;
  /** Fetches Python; called on the first run. */
  load(report: (progress: Progress) => void): Promise<Loaded>;
  /** Shows what is done for a cell that was asked for; null when it begins. */
  prepares(cell: string, what: Preparation | null): void;
  /** Tells the reader something. */
  tell(message: string): void;
}

const lost = "Its variables are gone; a fresh Python is started for the next run.";

/** Runs cells in the reader's browser. Nothing is loaded before the first run. */
export class InBrowser implements Runner {
  readonly name = "browser";
  readonly capabilities = { edit: true, restart: true, mirrored: false, onRequest: true };
  private loading: Promise<Loaded> | null = null;
  private loaded: Loaded | null = null;
  private python: PythonProcess | null = null;
  private history = new History();
  /** The code of a cell is being run. */
  private isRunning = false;
  /** Cells run one at a time, in the order in which they were asked for. */
  private turn: Promise<void> = Promise.resolve();
  private stopper = new AbortController();
  private readonly preparing = new Map<string, Preparation>();

  constructor(private readonly page: Page) {}

  may(cell: string): boolean {
    const run = this.page.cells()[cell]?.browser;
    return run != null && run.refusal === null;
  }

  label(): string {
    return this.loaded ? `In your browser · Python ${this.loaded.version}` : "In your browser";
  }

  preparation(cell: string): string {
    return this.preparing.get(cell)?.text ?? "";
  }

  async *run(cell: string, source: string): AsyncIterable<CellEvent> {
    const { signal } = this.stopper;
    const how = this.how(cell);
    const { promise: turn, end } = this.takeTurn();
    this.page.store.apply({ change: "queued", cell });
    try {
      await turn;
      const python = signal.aborted ? null : await unless(signal, this.ready(cell));
      if (!python) yield ended("stopped");
      else yield* this.perform(cell, whole(how, source), python, signal);
    } catch (error) {
      // Whoever is asked next does not find it waiting.
      this.page.store.apply({ change: "ran", cell, event: ended("stopped") });
      throw new Unavailable(`Python could not be loaded: ${error instanceof Error ? error.message : error}.`);
    } finally {
      this.prepare(cell, null);
      end();
    }
  }

  /** Python has no other way to be interrupted than to be ended: what is in memory is shared with no other thread. */
  stop(): void {
    this.stopper.abort();
    this.stopper = new AbortController();
    if (!this.isRunning) return;
    this.replace();
    this.page.tell(`Python was ended to stop the cell. ${lost}`);
  }

  /** It asks again after as long. */
  goOn(): void {
    const { store } = this.page;
    for (const [cell, { overdue }] of Object.entries(store.stage.cells)) {
      if (overdue !== null) store.apply({ change: "went-on", cell });
    }
  }

  restart(): void {
    this.stopper.abort();
    this.stopper = new AbortController();
    if (!this.loaded) return;
    this.replace();
    this.page.tell("Python is started anew, without variables.");
  }

  /** The cells whose shown results no longer fit once the code of `changed` has changed. */
  staleAfter(changed: string): string[] {
    const cells = this.page.cells();
    const builds = Object.keys(cells).filter((id) => cells[id]?.browser?.replay.includes(changed));
    const all = new Set([changed, ...this.history.since(changed), ...builds]);
    return [...all].filter((id) => this.page.store.cell(id).events.length > 0);
  }

  private how(cell: string): BrowserRun {
    const how = this.page.cells()[cell]?.browser;
    if (!how) throw new Unavailable(`The deck has no cell ${cell}.`);
    if (how.refusal !== null) throw new Unavailable(how.refusal);
    return how;
  }

  private takeTurn(): { promise: Promise<void>; end(): void } {
    const promise = this.turn;
    let end = () => {};
    this.turn = new Promise((resolve) => (end = resolve));
    return { promise, end };
  }

  /** An interpreter that can run cells; what is done for it is shown at the cell that needs it. */
  private async ready(cell: string): Promise<PythonProcess> {
    const show = ({ bytes, total }: Progress) => this.prepare(cell, { text: `Loading Python: ${megabytes(bytes)} of ${megabytes(total)} MB`, share: bytes / total });
    this.loading ??= this.page.load(show);
    this.loaded = await this.loading.catch((error) => {
      this.loading = null;
      throw error;
    });
    this.python ??= this.loaded.open();
    const { python } = this;
    this.prepare(cell, { text: "Starting Python" });
    try {
      await python.ready;
      return python;
    } catch (error) {
      if (this.python === python) this.python = null;
      throw error;
    }
  }

  /** Runs what the cell builds on, unseen, and then the cell. */
  private async *perform(cell: string, source: string, python: PythonProcess, signal: AbortSignal): AsyncIterable<CellEvent> {
    for (const id of this.how(cell).replay) {
      const { store } = this.page;
      const text = whole(this.how(id), store.cell(id).edited ?? this.page.cells()[id]?.source ?? "");
      if (this.history.has(id, text)) continue;
      this.prepare(cell, { text: `Running ${id}, which this cell builds on` });
      const events = await collected(this.step(id, text, python, signal));
      if (!isExpected(this.how(id), statusOf(events))) {
        yield* blockedBy(id, events);
        return;
      }
    }
    this.prepare(cell, null);
    yield* this.step(cell, source, python, signal);
  }

  private async *step(cell: string, source: string, python: PythonProcess, signal: AbortSignal): AsyncIterable<CellEvent> {
    const began = performance.now();
    const { output, seconds, ...how } = this.how(cell);
    let status: Status | null = null;
    this.isRunning = true;
    this.history.begin(cell);
    try {
      for await (const event of python.run({ cell, source, output }, seconds)) {
        if (signal.aborted) break;
        if (event.event === "finished") status = event.status;
        yield event;
      }
    } catch (error) {
      yield { event: "error", error: crash(error) };
    } finally {
      this.isRunning = false;
    }
    if (status !== null && isExpected(how, status)) this.history.succeed(cell, source);
    if (status === null) yield ended(signal.aborted ? "stopped" : "crashed", (performance.now() - began) / 1000);
    if (!python.alive && this.python === python) this.replace(cell);
  }

  private prepare(cell: string, what: Preparation | null): void {
    if (what) this.preparing.set(cell, what);
    else this.preparing.delete(cell);
    this.page.prepares(cell, what);
  }

  /** Goes over to a fresh interpreter. What was shown stays, and is marked as an older one's, but for the cell that has ended it. */
  private replace(cause = ""): void {
    const { store } = this.page;
    const [first, ...more] = this.history.cells.filter((id) => id !== cause && store.cell(id).run === "done");
    this.python?.end();
    this.python = this.loaded?.open() ?? null;
    this.history = new History();
    if (first) store.apply({ change: "edited", cell: first, edited: store.cell(first).edited, stale: [first, ...more] });
  }
}

/** All of a cell's code: the text that is shown or was edited, between the hidden lines. */
function whole({ before, after }: BrowserRun, text: string): string {
  return before + text + (text === "" || text.endsWith("\n") ? "" : "\n") + after;
}

function isExpected({ expect_error }: Pick<BrowserRun, "expect_error">, status: Status): boolean {
  return status === (expect_error ? "error" : "ok");
}

function statusOf(events: readonly CellEvent[]): Status {
  const last = events.at(-1);
  return last?.event === "finished" ? last.status : "crashed";
}

const outcomes: Record<Status, string> = {
  ok: "should have failed, and did not",
  error: "failed",
  stopped: "was stopped",
  crashed: "crashed",
};

/** The asked cell did not run because another one failed: says which, and shows how that one ended. */
function blockedBy(cell: string, events: readonly CellEvent[]): CellEvent[] {
  const status = statusOf(events);
  const data = `Not run: the cell \`${cell}\`, which this one builds on, ${outcomes[status]}.\n`;
  const errors = events.filter(({ event }) => event === "error");
  return [{ event: "stream", fd: "stderr", data }, ...errors, ended(status === "ok" ? "error" : status)];
}

function ended(status: Status, seconds = 0): CellEvent {
  return { event: "finished", status, seconds, limits: [] };
}

async function collected(events: AsyncIterable<CellEvent>): Promise<CellEvent[]> {
  const all: CellEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** What a promise gives, or null as soon as `signal` says that nobody waits for it any more. */
function unless<Value>(signal: AbortSignal, promise: Promise<Value>): Promise<Value | null> {
  const aborted = new Promise<null>((resolve) => signal.addEventListener("abort", () => resolve(null), { once: true }));
  return Promise.race([promise, aborted]);
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

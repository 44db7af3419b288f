import type { CellData, CellEvent } from "../src/protocol";
import type { Loaded, Page, Preparation } from "../src/python/browser-runner";
import type { Progress } from "../src/python/download";
import type { PythonRun } from "../src/python/interpreter";
import type { Downloaded, FromWorker, ToWorker } from "../src/python/messages";
import { PythonProcess, type WorkerLike } from "../src/python/python-process";
import { StageStore } from "../src/stage/store";

/** A page whose Python runs cells by a script, one event per turn of the loop. */
export class FakePython implements Page {
  readonly store = new StageStore();
  readonly workers: FakeWorker[] = [];
  readonly told: string[] = [];
  readonly prepared: (Preparation | null)[] = [];
  loads = 0;
  /** What loading meets, if anything. */
  fault: Error | null = null;

  constructor(
    private readonly script: Record<string, readonly CellEvent[]>,
    private readonly data: Record<string, CellData>,
  ) {}

  cells(): Record<string, CellData> {
    return this.data;
  }

  async load(report: (progress: Progress) => void): Promise<Loaded> {
    this.loads += 1;
    if (this.fault) throw this.fault;
    report({ bytes: 1e6, total: 4e6 });
    return { version: "3.14.2", open: () => new PythonProcess(this.worker(), {} as Downloaded) };
  }

  prepares(_: string, what: Preparation | null): void {
    this.prepared.push(what);
  }

  tell(message: string): void {
    this.told.push(message);
  }

  /** Everything that was run, in the order of running. */
  get runs(): PythonRun[] {
    return this.workers.flatMap(({ runs }) => runs);
  }

  private worker(): FakeWorker {
    const made = new FakeWorker(this.script);
    this.workers.push(made);
    return made;
  }
}

class FakeWorker implements WorkerLike {
  onmessage: WorkerLike["onmessage"] = null;
  onerror: WorkerLike["onerror"] = null;
  readonly runs: PythonRun[] = [];
  isEnded = false;

  constructor(private readonly script: Record<string, readonly CellEvent[]>) {}

  postMessage(message: ToWorker): void {
    if ("start" in message) setImmediate(() => this.say({ ready: true }));
    else void this.play(message.run);
  }

  terminate(): void {
    this.isEnded = true;
  }

  private async play(run: PythonRun): Promise<void> {
    this.runs.push(run);
    for (const event of this.script[run.cell] ?? [{ event: "started" }, { event: "finished", status: "ok", seconds: 0, limits: [] }]) {
      await new Promise(setImmediate);
      const isCrash = event.event === "finished" && event.status === "crashed";
      this.say({ events: [event], alive: !isCrash });
    }
  }

  private say(message: FromWorker): void {
    if (!this.isEnded) this.onmessage?.({ data: message });
  }
}

/** A cell of Python that runs in the browser. */
export function cellOf(source: string, how: Partial<NonNullable<CellData["browser"]>> = {}): CellData {
  const browser = { refusal: null, before: "", after: "", replay: [], expect_error: false, seconds: 30, output: 1 << 20, ...how };
  return { chapter: 1, language: "python", source, setup: false, needs: [], manual: false, recording: null, browser };
}

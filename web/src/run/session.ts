import type { CellData } from "../protocol";
import type { StageStore } from "../stage/store";
import { inOrder, isUnavailable, type Runner } from "./runner";

/** Runs cells with the first runner that can, and remembers who did. */
export class Session {
  private runners: Runner[] = [];
  private readonly spoke = new Map<string, Runner>();
  /** Settles when every runner that the page will have is there. */
  private complete: Promise<unknown> = Promise.resolve();
  private readonly listeners: (() => void)[] = [];

  constructor(
    private readonly store: StageStore,
    private readonly cells: () => Readonly<Record<string, CellData>>,
    /** Tells the speaker why a cell did not run, or not as hoped. */
    private readonly tell: (message: string) => void,
  ) {}

  add(runner: Runner): void {
    this.runners = inOrder([...this.runners.filter(({ name }) => name !== runner.name), runner]);
  }

  /** More runners are on their way: what is to be run from now on waits for them. */
  waitFor(runners: Promise<unknown>): void {
    this.complete = runners;
  }

  /** Calls back before each run, for what must reach the runner first. */
  beforeEachRun(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** The runner that is asked first. */
  get first(): Runner | undefined {
    return this.runners[0];
  }

  /** The first runner that would run the cell as things stand. */
  runnerFor(cell: string): Runner | undefined {
    return this.runners.find((runner) => runner.may(cell));
  }

  /** The text that a run of the cell runs. */
  source(cell: string): string {
    return this.store.cell(cell).edited ?? this.original(cell);
  }

  /** The text that the deck gives the cell. */
  original(cell: string): string {
    return this.cells()[cell]?.source ?? "";
  }

  /** The text of a cell of Rust in the build that answers. */
  built(cell: string): string {
    return this.known((runner) => runner.built?.(cell)) ?? this.original(cell);
  }

  /** How the text of a cell stands to what runs, in a few words where there is something to say. */
  standing(cell: string): string {
    return this.known((runner) => runner.standing?.(cell)) ?? "";
  }

  /** What is done before a cell that waits can run, in a few words. */
  preparation(cell: string): string {
    return this.known((runner) => runner.preparation?.(cell)) ?? "";
  }

  /** Who made the result that is shown, or would make the first one. */
  speaker(cell: string): Runner | undefined {
    return this.spoke.get(cell) ?? this.first;
  }

  /** What the speaker of a result is called. */
  label(cell: string): string {
    return this.speaker(cell)?.label(cell) ?? "";
  }

  /** Why the reader's browser cannot run the cell, where others can be run there. */
  refusal(cell: string): string {
    return this.cells()[cell]?.browser?.refusal ?? "";
  }

  /** Runs the cell because somebody wants that. */
  run(cell: string): Promise<void> {
    return this.ask(cell, () => true);
  }

  /** Shows what was recorded of every cell that nothing has happened to, all at once and without a word. */
  recall(recorded: Runner): void {
    const { stage } = this.store;
    const cells = { ...stage.cells };
    for (const [id, { recording }] of Object.entries(this.cells())) {
      if (!recording || cells[id]) continue;
      cells[id] = { edited: null, run: "done", events: [...recording.events], stale: false, overdue: null };
      this.spoke.set(id, recorded);
    }
    this.store.replace({ ...stage, cells });
  }

  /** Shows the cell's output because it is its turn: what was recorded, where a run costs the reader something. A text that was
   *  edited has no recording. */
  play(cell: string): Promise<void> {
    return this.ask(cell, ({ capabilities }) => !capabilities.onRequest || this.store.cell(cell).edited !== null);
  }

  private async ask(cell: string, wanted: (runner: Runner) => boolean): Promise<void> {
    await this.complete;
    for (const listener of this.listeners) listener();
    const reasons: string[] = [];
    const asked = this.runners.filter(wanted);
    const able = asked.filter((runner) => runner.may(cell));
    // Where nobody may, each says why.
    for (const runner of able.length ? able : asked) {
      try {
        await this.runWith(runner, cell);
        break;
      } catch (error) {
        if (!isUnavailable(error)) throw error;
        reasons.push(error.message);
      }
    }
    if (reasons.length) this.tell(reasons.join(" "));
  }

  /** The answer of the first runner that has one. */
  private known(ask: (runner: Runner) => string | undefined): string | undefined {
    return this.runners.map(ask).find((answer) => answer !== undefined);
  }

  private async runWith(runner: Runner, cell: string): Promise<void> {
    for await (const event of runner.run(cell, this.source(cell))) {
      this.spoke.set(cell, runner);
      if (!runner.capabilities.mirrored) this.store.apply({ change: "ran", cell, event });
    }
  }

  stop(): void {
    for (const runner of this.runners) runner.stop();
  }

  goOn(): void {
    for (const runner of this.runners) runner.goOn();
  }

  restart(): void {
    for (const runner of this.runners) runner.restart();
  }
}

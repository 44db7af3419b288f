import type { Page, WebSocketRoute } from "@playwright/test";
import { expect } from "@playwright/test";
import type { Build, CellEvent, Change, Command, Finding, Message, Phase, Role, Stage } from "../src/protocol";
import { apply, emptyStage } from "../src/stage/stage";

/** A server of a talk whose compiler says what the test wants. Edits, runs of Python and roles it grants by itself. */
export class FakeStage {
  readonly commands: Command[] = [];
  readonly stage: Stage = { ...emptyStage(), build: { number: 0, profile: "release", edited: [] } };
  /** What each cell of Python prints. */
  readonly prints: Record<string, CellEvent[]> = {};
  private socket: WebSocketRoute | null = null;

  private constructor() {}

  /** Answers the socket of a page that is about to be opened. */
  static async behind(page: Page): Promise<FakeStage> {
    const fake = new FakeStage();
    await page.routeWebSocket("**/socket", (socket) => {
      fake.socket = socket;
      socket.onMessage((text) => fake.obey(JSON.parse(String(text)) as Command));
      fake.say({ message: "snapshot", stage: fake.stage, role: "runner" });
    });
    return fake;
  }

  say(message: Message): void {
    this.socket?.send(JSON.stringify(message));
  }

  change(...changes: Change[]): void {
    for (const change of changes) {
      apply(this.stage, change);
      this.say({ message: "changed", seq: this.stage.seq, change });
    }
  }

  /** Events of a cell's run. */
  ran(cell: string, ...events: CellEvent[]): void {
    this.change(...events.map((event): Change => ({ change: "ran", cell, event })));
  }

  phase(cell: string, phase: Phase, milliseconds: number): void {
    this.ran(cell, { event: "phase", phase, seconds: milliseconds / 1000 });
  }

  /** The compiler refuses what a cell asked for. */
  refuse(cell: string, findings: Finding[]): void {
    this.change({ change: "checked", findings });
    this.ran(cell, { event: "error", error: { kind: "compile", findings } }, { event: "finished", status: "error", seconds: 0.19, limits: [] });
  }

  /** The compiler made what a cell asked for, and it answers in the cell `next`. */
  rebuild(cell: string, next: string): void {
    const number = this.stage.build.number + 1;
    const edited = Object.keys(this.stage.cells).filter((id) => id !== next && this.stage.cells[id]?.edited != null);
    const build: Build = { number, profile: "release", edited };
    this.phase(cell, "build", 212);
    this.phase(cell, "import", 6);
    this.phase(cell, "replay", 1);
    this.change({ change: "restarted", build, previous: this.stage.build, rebuilt: cell });
    this.run(next);
    this.phase(cell, "run", 2);
    this.ran(cell, { event: "finished", status: "ok", seconds: 0.221, limits: [] });
  }

  /** Waits for a command and returns it. */
  async asked(name: Command["command"]): Promise<Command> {
    const find = () => this.commands.findLast(({ command }) => command === name);
    await expect.poll(find, { message: `the command ${name}` }).toBeDefined();
    return find()!;
  }

  private obey(command: Command): void {
    this.commands.push(command);
    if (command.command === "unlock" || command.command === "lock") {
      const role: Role = command.command === "unlock" ? "presenter" : "runner";
      this.say({ message: "role", role });
    }
    if (command.command === "run") this.run(command.cell);
    if (command.command === "rebuild") this.ran(command.cell, { event: "started" });
    if (command.command === "edit") {
      const stale = this.stage.cells[command.cell]?.events.length ? [command.cell] : [];
      this.change({ change: "edited", cell: command.cell, edited: command.source, stale });
    }
  }

  private run(cell: string): void {
    const events = this.prints[cell] ?? [];
    const failed = events.some(({ event }) => event === "error");
    this.change({ change: "queued", cell });
    this.ran(cell, { event: "started" }, ...events, { event: "finished", status: failed ? "error" : "ok", seconds: 0.002, limits: [] });
  }
}

import { keyFor } from "../keys/keymap";
import type { CellEvent, Message } from "../protocol";
import { Channel } from "../run/channel";
import { type Runner, Unavailable } from "../run/runner";
import type { StageStore } from "../stage/store";
import { buildName } from "./build-name";
import type { BuiltTexts } from "./built-texts";
import type { Connection, ConnectionState } from "./connection";
import type { OwnRole } from "./own-role";

/** Runs cells in the server's interpreter; to run Rust is to have it built. */
export class Live implements Runner {
  readonly name = "live";
  readonly capabilities = { edit: true, restart: true, mirrored: true, onRequest: false };
  private readonly makers = new Map<string, string>();
  private readonly runs = new Map<string, Channel<CellEvent>>();

  constructor(
    private readonly connection: Connection,
    private readonly store: StageStore,
    private readonly texts: Pick<BuiltTexts, "standing" | "text">,
    private readonly role: Pick<OwnRole, "isPresenter">,
    private readonly isRust: (cell: string) => boolean,
  ) {
    connection.onMessage((message) => this.receive(message));
    connection.onState((state) => this.follow(state));
  }

  /** Only the presenter may have Rust built. */
  may(cell: string): boolean {
    return this.role.isPresenter || !this.isRust(cell);
  }

  /** Names the build that made the result, where this browser saw it run; a later build does not take the credit. */
  label(cell: string): string {
    return this.makers.get(cell) ?? "Live";
  }

  standing(cell: string): string {
    return this.texts.standing(cell);
  }

  /** Without a server recordings speak, and those were made of the deck's own texts. */
  built(cell: string): string | undefined {
    return this.connection.state === "gone" ? undefined : this.texts.text(cell);
  }

  /** Runs the cell as it stands on the stage, which has every edit: edits are sent before runs. */
  async *run(cell: string): AsyncIterable<CellEvent> {
    await this.connected();
    if (!this.may(cell)) throw new Unavailable(`Editing is locked. Press ${keyFor("unlock")} to unlock it.`);
    const events = new Channel<CellEvent>();
    this.runs.get(cell)?.close();
    this.runs.set(cell, events);
    if (!this.connection.send({ command: this.isRust(cell) ? "rebuild" : "run", cell })) throw gone();
    try {
      yield* events;
    } finally {
      if (this.runs.get(cell) === events) this.runs.delete(cell);
    }
  }

  stop(): void {
    this.connection.send({ command: "stop" });
  }

  goOn(): void {
    this.connection.send({ command: "go-on" });
  }

  restart(): void {
    this.connection.send({ command: "restart" });
  }

  /** Waits out a short loss of the connection. */
  private connected(): Promise<void> {
    return new Promise((resolve, reject) => {
      let forget = () => {};
      const settle = (state: ConnectionState) => {
        if (state === "connected") resolve();
        else if (state === "gone") reject(gone());
        else return;
        forget();
      };
      forget = this.connection.onState(settle);
      settle(this.connection.state);
    });
  }

  private receive(message: Message): void {
    if (message.message === "changed" && message.change.change === "ran") {
      this.pass(message.change.cell, message.change.event);
    } else if (message.message === "changed" && message.change.change === "restarted") {
      const { rebuilt, build } = message.change;
      if (rebuilt !== null) this.makers.set(rebuilt, `Live: ${buildName(build)}`);
    } else if (message.message === "snapshot") {
      this.makers.clear();
      // What was missed is in the snapshot; a run that ended meanwhile is over here as well.
      for (const [cell, events] of this.runs) {
        const state = message.stage.cells[cell];
        if (state?.run !== "running" && state?.run !== "queued") events.close();
      }
    } else if (message.message === "refused") {
      for (const events of this.runs.values()) events.close();
    }
  }

  private pass(cell: string, event: CellEvent): void {
    const { build } = this.store.stage;
    const made = build.number ? `Live: ${buildName(build)}` : "Live";
    // Until there is a new build, the old one answers; if there is none in the end, it still does.
    if (event.event === "started") this.makers.set(cell, this.isRust(cell) ? `${buildName(build)} still answers` : made);
    const events = this.runs.get(cell);
    events?.push(event);
    if (event.event === "finished") events?.close();
  }

  private follow(state: ConnectionState): void {
    if (state !== "gone") return;
    for (const events of this.runs.values()) events.close(gone());
  }
}

function gone(): Unavailable {
  return new Unavailable("The server does not answer; what you see is the recording.");
}

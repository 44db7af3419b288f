import type { Socket } from "../src/live/connection";
import type { CellEvent, Change, Command, Message } from "../src/protocol";
import { emptyStage } from "../src/stage/stage";

/** A server at the other end of a socket: it runs cells by a script, one event per turn of the loop. */
export class FakeServer {
  readonly commands: Command[] = [];
  socket: (Socket & { sent: string[] }) | null = null;
  private seq = 0;
  private isStopped = false;

  constructor(private readonly script: Record<string, readonly CellEvent[]> = {}) {}

  /** A new connection; the snapshot follows at once. */
  open(): Socket {
    const sent: string[] = [];
    const socket: Socket & { sent: string[] } = {
      sent,
      onmessage: null,
      onclose: null,
      send: (text) => this.receive(JSON.parse(text) as Command),
      close: () => {},
    };
    this.socket = socket;
    queueMicrotask(() => this.say({ message: "snapshot", stage: { ...emptyStage(), seq: this.seq }, role: "presenter" }));
    return socket;
  }

  say(message: Message): void {
    this.socket?.onmessage?.({ data: JSON.stringify(message) });
  }

  change(change: Change): void {
    this.say({ message: "changed", seq: ++this.seq, change });
  }

  /** Leaves a number out, as if a message had been lost. */
  skip(): void {
    this.seq++;
  }

  drop(): void {
    this.socket?.onclose?.();
  }

  private receive(command: Command): void {
    this.commands.push(command);
    if (command.command === "stop") this.isStopped = true;
    if (command.command === "run") void this.run(command.cell);
  }

  private async run(cell: string): Promise<void> {
    this.isStopped = false;
    const events = this.script[cell];
    if (!events) return this.say({ message: "refused", reason: `There is no cell ${cell}.` });
    for (const event of events) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.isStopped && event.event !== "finished") continue;
      const last = this.isStopped && event.event === "finished";
      this.change({ change: "ran", cell, event: last ? { ...event, status: "stopped" } : event });
    }
  }
}

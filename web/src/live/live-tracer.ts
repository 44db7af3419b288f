import type { Command, Message, TraceSubject } from "../protocol";
import type { Hear, Traced, Tracer } from "../xray/entry";
import type { Connection } from "./connection";

/** A trace that was asked for, until its answer has come. */
interface Wish {
  readonly subject: TraceSubject;
  number: number | null;
  readonly hear: Hear | undefined;
  readonly settle: (traced: Traced) => void;
}

/** Traces on the server's machine. The socket says when a trace is done; the trace itself is fetched by its number. */
export class LiveTracer implements Tracer {
  private wish: Wish | null = null;

  constructor(
    private readonly connection: Connection,
    private readonly fetchJson: (address: string) => Promise<unknown> = fetchAnswer,
  ) {
    connection.onMessage((message) => this.receive(message));
    connection.onState((state) => {
      if (state !== "connected") this.settle({ error: "The connection to the server was lost. Try again when it is back." });
    });
  }

  trace(id: string, hear?: Hear): Promise<Traced> {
    return this.ask({ command: "trace", xray: id }, { kind: "xray", id }, hear);
  }

  traceExpression(text: string, hear?: Hear): Promise<Traced> {
    return this.ask({ command: "trace-expression", setup: null, expression: text }, { kind: "expression", text }, hear);
  }

  private ask(command: Command, subject: TraceSubject, hear: Hear | undefined): Promise<Traced> {
    if (this.wish) return Promise.resolve({ error: "Another trace is under way." });
    if (!this.connection.send(command)) return Promise.resolve({ error: "The server does not answer." });
    return new Promise((settle) => {
      this.wish = { subject, number: null, hear, settle };
    });
  }

  private receive(message: Message): void {
    const { wish } = this;
    if (!wish) return;
    if (message.message === "refused" && wish.number === null) this.settle({ error: message.reason });
    if (message.message !== "changed") return;
    const { change } = message;
    if (change.change === "tracing" && isSame(change.subject, wish.subject)) {
      wish.number = change.number;
      if (change.build !== null) wish.hear?.(`Compiling for the trace: ${change.build} …`);
    }
    if (change.change === "traced" && change.number === wish.number) void this.fetch(change.number);
  }

  private async fetch(number: number): Promise<void> {
    const failed = (error: unknown) => ({ error: `The trace could not be fetched: ${String(error)}.` });
    this.settle(await this.fetchJson(`/trace/${number}`).then((answer) => answer as Traced, failed));
  }

  private settle(traced: Traced): void {
    this.wish?.settle(traced);
    this.wish = null;
  }
}

function isSame(one: TraceSubject, other: TraceSubject): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

async function fetchAnswer(address: string): Promise<unknown> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response.json();
}

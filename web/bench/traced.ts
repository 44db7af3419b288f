// `deck trace` as a child process, with the time at which its traced interpreter has ended its set-up and at which it is gone.
// The set-up connects to a socket of ours: nothing in `deck` has to be timed from within, and the statement runs as ever.
import { execFile } from "node:child_process";
import { type AddressInfo, createServer } from "node:net";
import { promisify } from "node:util";
import type { Trace } from "../src/trace";
import type { Options } from "./options";

/** One traced call. Times are in milliseconds. */
export interface Traced {
  /** Executed instructions of the statement. */
  readonly instructions: number;
  /** The whole process. */
  readonly whole: number;
  /** From the end of the set-up to the end of the traced interpreter: the executions at full speed, then the steps. */
  readonly stepping: number;
  /** From there to the end of the process: names, tree and writing. */
  readonly folding: number;
}

/** Traces a warm call of the module `rusty`. */
export async function traced({ deck, python }: Options, statement: string): Promise<Traced> {
  const witness = await Witness.listen();
  try {
    const setup = `import rusty, socket; witness = socket.create_connection(("127.0.0.1", ${witness.port}))`;
    const command = ["trace", statement, "--setup", setup, "--python", python, "--format", "json"];
    const began = performance.now();
    const { stdout } = await promisify(execFile)(deck, command, { maxBuffer: 2 ** 28 });
    const ended = performance.now();
    const { came, left } = await witness.seen;
    const { path } = JSON.parse(stdout) as Trace;
    const instructions = path.reduce((sum, [, instructions]) => sum + instructions, 0);
    return { instructions, whole: ended - began, stepping: left - came, folding: ended - left };
  } finally {
    witness.end();
  }
}

/** When a process has connected, and when it was gone. */
interface Seen {
  readonly came: number;
  readonly left: number;
}

class Witness {
  readonly seen: Promise<Seen>;
  private readonly server = createServer();

  private constructor() {
    this.seen = new Promise((resolve) =>
      this.server.once("connection", (socket) => {
        const came = performance.now();
        // A process that is killed resets the connection, or ends it.
        socket.on("error", () => undefined).once("close", () => resolve({ came, left: performance.now() }));
        socket.resume();
      }),
    );
  }

  static async listen(): Promise<Witness> {
    const made = new Witness();
    await new Promise<void>((resolve) => made.server.listen(0, "127.0.0.1", resolve));
    return made;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  end(): void {
    this.server.close();
  }
}

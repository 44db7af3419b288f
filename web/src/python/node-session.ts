// One interpreter for `deck verify --pyodide` in a process of its own. Lines of JSON come in: first what it is made of,
// then one cell after the other. `"ready"` goes out, then the events of each run, a line each.
import { readFileSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import type { PythonSources } from "../protocol";
import { Interpreter, type PythonRun } from "./interpreter";

/** The first line; paths are of this machine. */
interface Start {
  readonly pyodide: string;
  readonly wheel: string;
  readonly sources: PythonSources;
}

if (isMainThread) attend();
else work();

/** Waits beside the interpreter, which hears of nothing while a cell runs: when `deck` is gone, this process ends. */
function attend(): void {
  // What Pyodide says on the console stays out of the events.
  const python = new Worker(new URL(import.meta.url), { stdout: true });
  const lines = createInterface({ input: process.stdin });
  lines.on("line", (line) => python.postMessage(JSON.parse(line)));
  lines.on("close", () => process.exit());
  python.on("exit", (code) => process.exit(code));
}

/** Runs cells one after the other, until one of them breaks the interpreter. */
function work(): void {
  let python: Interpreter | undefined;
  let before = Promise.resolve();
  parentPort?.on("message", (message: Start | PythonRun) => {
    before = before.then(async () => {
      if ("pyodide" in message) {
        python = await started(message);
        say("ready");
      } else {
        python?.run(message, say);
        // `os._exit` leaves its code behind; what it means has been said.
        process.exitCode = 0;
        if (!python?.alive) process.exit();
      }
    });
  });
}

async function started({ pyodide, wheel, sources }: Start): Promise<Interpreter> {
  const { loadPyodide } = await import(pathToFileURL(`${pyodide}/pyodide.mjs`).href);
  const settings = { indexURL: pyodide };
  return Interpreter.start({ loadPyodide, settings, wheel: new Uint8Array(readFileSync(wheel)), sources });
}

/** Writes one line at once: while a cell runs, nothing that waits is written. */
function say(what: unknown): void {
  let rest = Buffer.from(`${JSON.stringify(what)}\n`);
  while (rest.length) rest = rest.subarray(writeSync(1, rest));
}

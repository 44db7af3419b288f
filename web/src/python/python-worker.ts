// The Web Worker in which a reader's Python runs. Everything comes from the page, so that a worker after the first one
// needs no network.
import type { loadPyodide } from "pyodide";
import { Bursts } from "./bursts";
import { Interpreter, type PythonRun } from "./interpreter";
import type { Downloaded, FromWorker, ToWorker } from "./messages";

let interpreter: Interpreter | undefined;

addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if ("start" in data) void begin(data.start);
  else run(data.run);
});

async function begin(files: Downloaded): Promise<void> {
  try {
    interpreter = await start(files);
    say({ ready: true });
  } catch (error) {
    say({ failed: String(error) });
  }
}

function run(cell: PythonRun): void {
  const bursts = new Bursts((events) => say({ events, alive: interpreter?.alive ?? false }));
  interpreter?.run(cell, (event) => bursts.push(event));
}

async function start({ loader, glue, interpreter, library, wheel, sources }: Downloaded): Promise<Interpreter> {
  const { loadPyodide } = await imported<{ loadPyodide: typeof import("pyodide").loadPyodide }>(loader);
  const { default: createPyodideModule } = await imported<{ default: CreateModule }>(glue);
  const stdLibURL = URL.createObjectURL(new Blob([library]));
  answerWith("pyodide.asm.wasm", interpreter);
  // Nothing is fetched from there: what could be is handed over.
  const indexURL = location.origin;
  const settings = { indexURL, stdLibURL, createPyodideModule };
  return Interpreter.start({ loadPyodide, settings, wheel: new Uint8Array(wheel), sources });
}

type CreateModule = NonNullable<NonNullable<Parameters<typeof loadPyodide>[0]>["createPyodideModule"]>;

/** A module from its bytes: some servers give `.mjs` a type that browsers do not take for a script. */
async function imported<Module>(source: ArrayBuffer): Promise<Module> {
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  return (await import(address)) as Module;
}

/** Pyodide takes its WebAssembly from nowhere but an address. */
function answerWith(name: string, bytes: ArrayBuffer): void {
  const { fetch } = globalThis;
  globalThis.fetch = (input, init) => {
    if (!String(input).endsWith(name)) return fetch(input, init);
    return Promise.resolve(new Response(bytes, { headers: { "content-type": "application/wasm" } }));
  };
}

function say(message: FromWorker): void {
  postMessage(message);
}

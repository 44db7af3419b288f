import assert from "node:assert/strict";
import { test } from "node:test";
import type { CellEvent } from "../src/protocol";
import { Interpreter } from "../src/python/interpreter";
import { parts } from "./pyodide-parts";

const started = Interpreter.start(await parts());

/** The events of a run in one interpreter that all tests share; pieces of a stream that follow each other are joined. */
async function ran(source: string, { output = 1 << 20, interpreter = started } = {}): Promise<CellEvent[]> {
  const events: CellEvent[] = [];
  (await interpreter).run({ cell: "c", source, output }, (event) => {
    const last = events.at(-1);
    const joins = last?.event === "stream" && event.event === "stream" && last.fd === event.fd;
    if (joins && typeof last.data === "string" && typeof event.data === "string") last.data += event.data;
    else events.push({ ...event });
  });
  assert.deepEqual(events.shift(), { event: "started" });
  const finished = events.at(-1);
  assert.ok(finished?.event === "finished" && finished.seconds >= 0);
  finished.seconds = 0;
  return events;
}

const ok = { event: "finished", status: "ok", seconds: 0, limits: [] };
const failed = { ...ok, status: "error" };

function out(data: string): CellEvent {
  return { event: "stream", fd: "stdout", data };
}

async function errorOf(source: string): Promise<(CellEvent & { event: "error" })["error"]> {
  const error = (await ran(source)).find(({ event }) => event === "error");
  assert.ok(error?.event === "error");
  return error.error;
}

test("a cell calls Rust and echoes its last value", async () => {
  assert.deepEqual(await ran("import rusty\nrusty.add_one(41)\n"), [out("42\n"), ok]);
});

test("cells share one namespace, and its name is __main__", async () => {
  await ran("shared = __name__");
  assert.deepEqual(await ran("shared"), [out("'__main__'\n"), ok]);
});

test("a panic's message comes on standard error as natively, the exception as a traceback without our frames", async () => {
  const [message, error, finished] = await ran("import rusty\nrusty.panics(0)");
  assert.ok(message?.event === "stream" && message.fd === "stderr");
  assert.match(
    String(message.data),
    /^\nthread '<unnamed>' \(\d+\) panicked at \S*src\/errors\.rs:\d+:\d+:\nx must not be zero\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n$/,
  );
  assert.ok(error?.event === "error" && error.error.kind === "traceback");
  assert.equal(error.error.exception, "pyo3_runtime.PanicException");
  assert.deepEqual(error.error.text.match(/File "[^"]*"/g), ['File "<c>"']);
  assert.deepEqual(finished, failed);
});

test("what was printed comes before what is displayed, though its line has no end", async () => {
  const events = await ran("import deck\nprint('x', end='')\ndeck.value('a', 1, unit='x')\nprint('y')");
  assert.deepEqual(events.map((event) => event.event), ["stream", "display", "stream", "finished"]);
});

test("a rich value comes in its form", async () => {
  const source = "class A:\n    def _repr_html_(self):\n        return '<b>'\nA()";
  assert.deepEqual(await ran(source), [{ event: "display", mime: "text/html", data: "<b>" }, ok]);
});

test("bytes are taken at the descriptor: a character in pieces is whole, and what is no text is base64", async () => {
  const events = await ran("import os\nfor piece in (b'\\xe2', b'\\x82', b'\\xac', b'\\xff'):\n    _ = os.write(1, piece)");
  assert.deepEqual(events, [out("€"), { event: "stream", fd: "stdout", data: { base64: "/w==" } }, ok]);
});

test("a cell that closes its streams breaks no other", async () => {
  await ran("import os, sys\nsys.stdout = None\nos.close(1)\nos.close(2)");
  assert.deepEqual(await ran("print('here')"), [out("here\n"), ok]);
});

test("there is no input", async () => {
  const error = await errorOf("input()");
  assert.equal(error.kind === "traceback" && error.exception, "EOFError");
});

test("the project's modules and deck can be imported, the kernel's cannot", async () => {
  assert.deepEqual(await ran("from greeting import greet\nprint(greet('you'))"), [out("Hello you\n"), ok]);
  for (const module of ["browser", "cell_runner", "streams"]) {
    const error = await errorOf(`import ${module}`);
    assert.equal(error.kind === "traceback" && error.exception, "ModuleNotFoundError", module);
  }
});

test("the environment is the one that was asked for", async () => {
  assert.deepEqual(await ran("import os, sys\nprint(os.environ['COLUMNS'], sys.flags.hash_randomization)"), [out("80 0\n"), ok]);
});

test("output beyond the limit is dropped, and the end says so", async () => {
  const limits = [{ limit: "output", bytes: 4 }];
  assert.deepEqual(await ran("print('aaé€')\nprint('b')", { output: 6 }), [out("aaé"), { ...ok, limits: [{ limit: "output", bytes: 6 }] }]);
  assert.deepEqual(await ran("import deck\ndeck.relation('x', True)\nprint('b')", { output: 4 }), [out("b\n"), { ...ok, limits }]);
});

test("memory that the browser does not give is an exception, and the end says which limit was met", async () => {
  const finished = (await ran("[0] * (1 << 30)")).at(-1);
  assert.deepEqual(finished, { ...failed, limits: [{ limit: "memory", bytes: 2 ** 32 }] });
});

const crashes = {
  "Stack overflow": "class A:\n    def __eq__(self, other):\n        return self == other\nA() == 1",
  "Memory fault": "import ctypes\nctypes.string_at(0xFFFFFFF0)",
  "exited at once with code 3": "import os\nos._exit(3)",
};

for (const [reason, source] of Object.entries(crashes)) {
  test(`a crash is data, explained, and nothing else is printed: ${reason}`, async () => {
    const interpreter = Interpreter.start(await parts());
    const [error, finished, ...rest] = await ran(source, { interpreter });
    assert.ok(error?.event === "error" && error.error.kind === "crash");
    assert.match(error.error.explanation, new RegExp(`${reason}.*fresh interpreter`));
    assert.deepEqual([finished, ...rest], [{ ...ok, status: "crashed" }]);
    assert.equal((await interpreter).alive, false);
    // In node, Pyodide takes an exit of its interpreter for one of the process.
    process.exitCode = 0;
  });
}

import assert from "node:assert/strict";
import { test } from "node:test";
import type { CellEvent } from "../src/protocol";
import { InBrowser } from "../src/python/browser-runner";
import { isUnavailable } from "../src/run/runner";
import { cellOf, FakePython } from "./fake-python";

const started: CellEvent = { event: "started" };
const ok: CellEvent = { event: "finished", status: "ok", seconds: 0, limits: [] };
const traceback: CellEvent = { event: "error", error: { kind: "traceback", exception: "E", message: "", text: "E\n" } };
const raised: CellEvent = { ...ok, status: "error" };

const deck = {
  setup: cellOf("s\n", { before: "import x\n" }),
  first: cellOf("a\n", { replay: ["setup"] }),
  second: cellOf("b", { replay: ["setup", "first"], after: "z\n" }),
  rust: cellOf("fn", { refusal: "No compiler." }),
};

function page(script: Record<string, readonly CellEvent[]> = {}, cells = deck) {
  const python = new FakePython(script, cells);
  const runner = new InBrowser(python);
  /** Runs a cell as a session does, and gives its events. */
  const run = async (cell: keyof typeof deck) => {
    const events: CellEvent[] = [];
    for await (const event of runner.run(cell, python.store.cell(cell).edited ?? cells[cell].source)) {
      events.push(event);
      python.store.apply({ change: "ran", cell, event });
    }
    return events;
  };
  const ran = () => python.runs.map(({ cell, source }) => [cell, source]);
  return { python, runner, run, ran };
}

test("nothing is loaded before the first run, and once for all", async () => {
  const { python, run } = page();
  assert.equal(python.loads, 0);
  await run("setup");
  await run("setup");
  assert.equal(python.loads, 1);
  assert.equal(python.workers.length, 1);
});

test("what is done for the first run is told while it is done", async () => {
  const { python, run } = page();
  await run("setup");
  assert.deepEqual(python.prepared.slice(0, 3), [
    { text: "Loading Python: 1.0 of 4.0 MB", share: 0.25 },
    { text: "Starting Python" },
    null,
  ]);
});

test("a cell runs between its hidden lines, after what it builds on, of which nothing is run twice", async () => {
  const { run, ran } = page();
  assert.deepEqual(await run("second"), [started, ok]);
  assert.deepEqual(ran(), [["setup", "import x\ns\n"], ["first", "a\n"], ["second", "b\nz\n"]]);
  await run("first");
  assert.deepEqual(ran().slice(3), [["first", "a\n"]]);
});

test("what a cell builds on runs again with its edited text", async () => {
  const { python, run, ran } = page();
  await run("first");
  python.store.apply({ change: "edited", cell: "setup", edited: "t", stale: [] });
  await run("first");
  assert.deepEqual(ran().slice(2), [["setup", "import x\nt\n"], ["first", "a\n"]]);
});

test("a cell that builds on one that failed says which, and does not run", async () => {
  const { run, ran } = page({ setup: [started, { event: "stream", fd: "stdout", data: "no" }, traceback, raised] });
  const events = await run("first");
  assert.deepEqual(events, [
    { event: "stream", fd: "stderr", data: "Not run: the cell `setup`, which this one builds on, failed.\n" },
    traceback,
    raised,
  ]);
  assert.deepEqual(ran(), [["setup", "import x\ns\n"]]);
});

test("a cell that must fail is no hindrance when it has", async () => {
  const cells = { ...deck, setup: cellOf("s\n", { expect_error: true }) };
  const { run, ran } = page({ setup: [started, traceback, raised] }, cells);
  assert.deepEqual(await run("first"), [started, ok]);
  await run("first");
  assert.deepEqual(ran().map(([cell]) => cell), ["setup", "first", "first"]);
});

test("cells that are asked for together run one after the other", async () => {
  const { python, run } = page();
  const both = Promise.all([run("setup"), run("first")]);
  assert.equal(python.store.cell("first").run, "queued");
  assert.deepEqual(await both, [[started, ok], [started, ok]]);
  assert.deepEqual(python.runs.map(({ cell }) => cell), ["setup", "first"]);
});

test("Stop ends the interpreter, the cells that wait too, and a fresh one answers", async () => {
  const endless = Array.from({ length: 50 }, (_, n): CellEvent => ({ event: "stream", fd: "stdout", data: `${n}` }));
  const { python, runner, run } = page({ first: [started, ...endless, ok] });
  await run("setup");
  const running = run("first");
  const waiting = run("second");
  while (python.runs.length < 2) await new Promise(setImmediate);
  runner.stop();
  assert.equal(statusOf(await running), "stopped");
  assert.deepEqual(await waiting, [{ ...ok, status: "stopped" }]);
  assert.deepEqual(python.workers.map(({ isEnded }) => isEnded), [true, false]);
  assert.match(python.told.join(), /variables are gone/);
  assert.ok(python.store.cell("setup").stale, "what the old one printed is marked");
  assert.ok(!python.store.cell("first").stale, "the stopped cell is not");
  await run("setup");
  assert.equal(python.workers[1]?.runs.length, 1);
  assert.equal(python.loads, 1);
});

test("Stop while nothing runs ends no interpreter", async () => {
  const { python, runner, run } = page();
  await run("setup");
  runner.stop();
  assert.deepEqual(python.workers.map(({ isEnded }) => isEnded), [false]);
  assert.deepEqual(await run("setup"), [started, ok]);
});

test("Restart replaces the interpreter and marks every result", async () => {
  const { python, runner, run, ran } = page();
  await run("first");
  runner.restart();
  assert.deepEqual(python.workers.map(({ isEnded }) => isEnded), [true, false]);
  assert.ok(python.store.cell("first").stale);
  await run("first");
  assert.deepEqual(ran().map(([cell]) => cell), ["setup", "first", "setup", "first"]);
});

test("after a crash the next cell runs in a fresh interpreter", async () => {
  const crashed: CellEvent = { ...ok, status: "crashed" };
  const { python, run, ran } = page({ first: [started, crashed] });
  assert.deepEqual(await run("first"), [started, crashed]);
  assert.equal(python.workers.length, 2);
  await run("setup");
  assert.deepEqual(ran().map(([cell]) => cell), ["setup", "first", "setup"]);
});

test("a cell that cannot run there says why", async () => {
  const { python, runner } = page();
  assert.equal(runner.may("rust"), false);
  await assert.rejects(async () => { for await (const _ of runner.run("rust", "fn")); }, /No compiler/);
  assert.equal(python.loads, 0);
});

test("Python that cannot be loaded is left to the next runner, and tried again", async () => {
  const { python, run } = page();
  python.fault = new Error("the server answered 404");
  await assert.rejects(run("setup"), (error) => isUnavailable(error) && /could not be loaded: the server answered 404/.test(String(error)));
  assert.notEqual(python.store.cell("setup").run, "queued");
  python.fault = null;
  assert.deepEqual(await run("setup"), [started, ok]);
});

test("an edit makes stale what ran after the cell, and what builds on it", async () => {
  const { runner, run } = page();
  for (const cell of ["setup", "first", "second"] as const) await run(cell);
  assert.deepEqual(runner.staleAfter("second"), ["second"]);
  assert.deepEqual(runner.staleAfter("first").sort(), ["first", "second"]);
  assert.deepEqual(runner.staleAfter("setup").sort(), ["first", "second", "setup"]);
});

function statusOf(events: CellEvent[]) {
  const last = events.at(-1);
  return last?.event === "finished" ? last.status : undefined;
}

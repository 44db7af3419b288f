import assert from "node:assert/strict";
import { test } from "node:test";
import type { CellData, CellEvent } from "../src/protocol";
import { inOrder, type Runner, type RunnerName, Unavailable } from "../src/run/runner";
import { Session } from "../src/run/session";
import { StageStore } from "../src/stage/store";

const finished: CellEvent = { event: "finished", status: "ok", seconds: 1, limits: [] };

function runner(name: RunnerName, run: Runner["run"], mirrored = false): Runner {
  const capabilities = { edit: mirrored, restart: mirrored, mirrored, onRequest: name === "browser" };
  return { name, capabilities, may: () => true, label: () => name, run, stop: () => {}, goOn: () => {}, restart: () => {} };
}

function session(...runners: Runner[]) {
  const told: string[] = [];
  const store = new StageStore();
  const made = new Session(store, () => ({}), (message) => told.push(message));
  for (const each of runners) made.add(each);
  return { made, store, told };
}

async function* finishes() {
  yield { event: "started" } as CellEvent;
  yield finished;
}

async function* refuses(): AsyncIterable<CellEvent> {
  throw new Unavailable("The server does not answer.");
}

async function* breaksOff() {
  yield { event: "started" } as CellEvent;
  throw new Unavailable("The server does not answer.");
}

test("session: live is asked before recorded, whatever order they come in", () => {
  const order = inOrder([runner("recorded", finishes), runner("live", finishes)]);
  assert.deepEqual(order.map(({ name }) => name), ["live", "recorded"]);
});

test("session: the first runner that can speaks, and the label says so", async () => {
  const { made, told } = session(runner("recorded", finishes), runner("live", finishes, true));
  await made.run("a");
  assert.equal(made.label("a"), "live");
  assert.deepEqual(told, []);
});

for (const [how, run] of Object.entries({ "cannot start": refuses, "breaks off": breaksOff })) {
  test(`session: where live ${how}, the recording is shown and the speaker is told why`, async () => {
    const { made, store, told } = session(runner("recorded", finishes), runner("live", run, true));
    await made.run("a");
    assert.equal(made.label("a"), "recorded");
    assert.equal(store.cell("a").run, "done");
    assert.deepEqual(told, ["The server does not answer."]);
  });
}

test("session: events that reach the stage by themselves are not taken in a second time", async () => {
  const { made, store } = session(runner("live", finishes, true));
  await made.run("a");
  assert.equal(store.cell("a").run, "idle");
});

test("session: what a runner knows of a cell is said, and else the text is the deck's own", () => {
  const data: CellData = { chapter: 1, language: "rust", source: "written", setup: false, needs: [], manual: true, recording: null, browser: null };
  const made = new Session(new StageStore(), () => ({ a: data, b: data }), () => {});
  made.add(runner("recorded", finishes));
  assert.deepEqual([made.built("a"), made.standing("a"), made.preparation("a")], ["written", "", ""]);
  const built = (cell: string) => (cell === "a" ? "" : undefined);
  made.add({ ...runner("live", finishes), built, standing: (cell) => `${cell} is not built`, preparation: (cell) => `${cell} is compiled` });
  assert.deepEqual([made.built("a"), made.standing("a"), made.preparation("a")], ["", "a is not built", "a is compiled"]);
  assert.equal(made.built("b"), "written");
});

test("session: a run waits for the runners that are on their way, and tells those who want to hear of it before", async () => {
  const { made, store } = session(runner("recorded", finishes));
  const heard: string[] = [];
  made.beforeEachRun(() => heard.push(store.cell("a").run));
  let arrived = () => {};
  made.waitFor(new Promise<void>((resolve) => (arrived = resolve)));
  const run = made.run("a");
  await new Promise(setImmediate);
  assert.deepEqual([store.cell("a").run, heard], ["idle", []]);
  made.add(runner("browser", finishes));
  arrived();
  await run;
  assert.deepEqual([made.label("a"), heard], ["browser", ["idle"]]);
});

test("session: another failure of a runner is not hidden", async () => {
  const { made } = session(runner("live", () => { throw new TypeError("a fault"); }));
  await assert.rejects(made.run("a"), /a fault/);
});

test("its turn shows what was recorded where a run costs the reader something, and a wish runs it", async () => {
  const { made, store } = session(runner("browser", finishes), runner("recorded", finishes));
  await made.play("a");
  assert.equal(made.label("a"), "recorded");
  await made.run("a");
  assert.equal(made.label("a"), "browser");
  store.apply({ change: "edited", cell: "b", edited: "2", stale: [] });
  await made.play("b");
  assert.equal(made.label("b"), "browser", "an edited text has no recording");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { BuiltTexts } from "../src/live/built-texts";
import { Connection } from "../src/live/connection";
import { Live } from "../src/live/live-runner";
import { OwnRole } from "../src/live/own-role";
import type { CellEvent } from "../src/protocol";
import { isUnavailable } from "../src/run/runner";
import { StageStore } from "../src/stage/store";
import { FakeServer } from "./fake-socket";

const isRust = (cell: string) => cell === "rust";

async function joined() {
  const server = new FakeServer();
  const connection = new Connection(() => server.open());
  const role = new OwnRole(connection);
  const store = new StageStore();
  connection.onMessage((message) => {
    if (message.message === "snapshot") store.replace(message.stage);
    if (message.message === "changed") store.apply(message.change);
  });
  const runner = new Live(connection, store, new BuiltTexts(store, isRust), role, isRust);
  connection.connect();
  await new Promise((resolve) => setImmediate(resolve));
  return { server, runner };
}

async function drained(events: AsyncIterable<CellEvent>): Promise<void> {
  for await (const _ of events);
}

test("live runner: to run Rust is to have it rebuilt", async () => {
  const { server, runner } = await joined();
  const run = drained(runner.run("rust"));
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(server.commands, [{ command: "rebuild", cell: "rust" }]);
  server.change({ change: "ran", cell: "rust", event: { event: "started" } });
  assert.equal(runner.label("rust"), "as installed still answers");
  server.change({ change: "restarted", build: { number: 2, profile: "dev", edited: ["rust"] }, previous: null, rebuilt: "rust" });
  server.change({ change: "ran", cell: "rust", event: { event: "finished", status: "ok", seconds: 1, limits: [] } });
  await run;
  assert.equal(runner.label("rust"), "Live: build 2, dev");
});

test("live runner: without the presenter's role Rust is not rebuilt, and nothing is asked for", async () => {
  const { server, runner } = await joined();
  server.say({ message: "role", role: "runner" });
  assert.equal(runner.may("rust"), false);
  assert.equal(runner.may("python"), true);
  await assert.rejects(drained(runner.run("rust")), (error) => isUnavailable(error) && /locked/.test(error.message));
  assert.deepEqual(server.commands, []);
});

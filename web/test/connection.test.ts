import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Connection, type ConnectionState } from "../src/live/connection";
import { FakeServer } from "./fake-socket";

const settled = () => new Promise((resolve) => setImmediate(resolve));

async function connected() {
  const server = new FakeServer();
  const opened: number[] = [];
  const connection = new Connection(() => (opened.push(Date.now()), server.open()));
  const states: ConnectionState[] = [];
  connection.onState((state) => states.push(state));
  connection.connect();
  await settled();
  return { server, connection, states, opened };
}

test("connection: it is connected after the snapshot, and sends only then", async () => {
  const connection = new Connection(() => new FakeServer().open());
  assert.equal(connection.send({ command: "stop" }), false);
  connection.connect();
  await settled();
  assert.equal(connection.state, "connected");
  assert.equal(connection.send({ command: "stop" }), true);
});

test("connection: a gap in the numbers opens a new one, which starts with a snapshot", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { server, states, opened } = await connected();
  const seen: string[] = [];
  server.change({ change: "offered", build: null });
  assert.equal(opened.length, 1);
  server.skip();
  server.change({ change: "offered", build: null });
  assert.deepEqual(states, ["connected", "reconnecting"]);
  t.mock.timers.tick(100);
  await settled();
  assert.equal(opened.length, 2);
  assert.deepEqual(states, ["connected", "reconnecting", "connected"], seen.join());
});

test("connection: a server that stays away is gone after a while, and found again when it is back", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { server, connection, states } = await connected();
  const isAway = mock.method(server, "open", () => {
    const socket = { onmessage: null, onclose: null as (() => void) | null, send: () => {}, close: () => {} };
    queueMicrotask(() => socket.onclose?.());
    return socket;
  });
  server.drop();
  for (let step = 0; step < 80; step++) {
    t.mock.timers.tick(100);
    await settled();
  }
  assert.deepEqual(states, ["connected", "reconnecting", "gone"]);
  assert.equal(connection.send({ command: "stop" }), false);
  isAway.mock.restore();
  t.mock.timers.tick(2000);
  await settled();
  assert.equal(states.at(-1), "connected");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { Connection } from "../src/live/connection";
import { LiveTracer } from "../src/live/live-tracer";
import { FakeServer } from "./fake-socket";

const settled = () => new Promise((resolve) => setImmediate(resolve));

async function tracing(answers: Record<string, unknown> = {}) {
  const server = new FakeServer();
  const connection = new Connection(() => server.open());
  const fetched: string[] = [];
  const tracer = new LiveTracer(connection, async (address) => {
    fetched.push(address);
    if (!(address in answers)) throw new Error("nothing there");
    return answers[address];
  });
  connection.connect();
  await settled();
  return { server, tracer, fetched };
}

test("live tracer: an X-ray is asked for by id, and fetched by number when it is done", async () => {
  const { server, tracer, fetched } = await tracing({ "/trace/3": { trace: {}, label: "here" } });
  const traced = tracer.trace("dive");
  assert.deepEqual(server.commands, [{ command: "trace", xray: "dive" }]);
  server.change({ change: "traced", number: 2 });
  server.change({ change: "tracing", number: 3, subject: { kind: "xray", id: "dive" }, build: null });
  assert.deepEqual(fetched, []);
  server.change({ change: "traced", number: 3 });
  assert.deepEqual(await traced, { trace: {}, label: "here" });
  assert.deepEqual(fetched, ["/trace/3"]);
});

test("live tracer: somebody else's trace is not taken for one's own", async () => {
  const { server, tracer, fetched } = await tracing({ "/trace/2": { error: "it crashed" } });
  const traced = tracer.traceExpression("abs(-41)");
  server.change({ change: "tracing", number: 1, subject: { kind: "expression", text: "abs(1)" }, build: null });
  server.change({ change: "traced", number: 1 });
  server.change({ change: "tracing", number: 2, subject: { kind: "expression", text: "abs(-41)" }, build: null });
  server.change({ change: "traced", number: 2 });
  assert.deepEqual(await traced, { error: "it crashed" });
  assert.deepEqual(fetched, ["/trace/2"]);
});

test("live tracer: a build that comes first is told of", async () => {
  const { server, tracer } = await tracing({ "/trace/1": { error: "it does not compile" } });
  const heard: string[] = [];
  const traced = tracer.trace("dive", (news) => heard.push(news));
  server.change({ change: "tracing", number: 1, subject: { kind: "xray", id: "dive" }, build: "build 2, dev" });
  assert.deepEqual(heard, ["Compiling for the trace: build 2, dev …"]);
  server.change({ change: "traced", number: 1 });
  assert.deepEqual(await traced, { error: "it does not compile" });
});

test("live tracer: a refusal, a lost connection and a failed fetch are answers, and the next wish is free", async () => {
  const { server, tracer } = await tracing();
  const refused = tracer.trace("dive");
  assert.deepEqual(await tracer.trace("dive"), { error: "Another trace is under way." });
  server.say({ message: "refused", reason: "There is no X-ray." });
  assert.deepEqual(await refused, { error: "There is no X-ray." });

  const unfetched = tracer.trace("dive");
  server.change({ change: "tracing", number: 1, subject: { kind: "xray", id: "dive" }, build: null });
  server.change({ change: "traced", number: 1 });
  assert.deepEqual(await unfetched, { error: "The trace could not be fetched: Error: nothing there." });

  const lost = tracer.trace("dive");
  server.drop();
  assert.match((await lost as { error: string }).error, /connection to the server was lost/);
  assert.deepEqual(await tracer.trace("dive"), { error: "The server does not answer." });
});

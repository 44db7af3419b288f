import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { BuiltTexts } from "../src/live/built-texts";
import { Connection } from "../src/live/connection";
import { Live } from "../src/live/live-runner";
import type { CellEvent } from "../src/protocol";
import { InBrowser } from "../src/python/browser-runner";
import { Recorded } from "../src/run/recorded";
import { isUnavailable, type Runner } from "../src/run/runner";
import { StageStore } from "../src/stage/store";
import { cellOf, FakePython } from "./fake-python";
import { FakeServer } from "./fake-socket";

const source = "for n in range(3): print(n)\n";
const events: CellEvent[] = [
  { event: "started" },
  { event: "stream", fd: "stdout", data: "0\n" },
  { event: "stream", fd: "stdout", data: "1\n" },
  { event: "stream", fd: "stderr", data: { base64: "/w==" } },
  { event: "finished", status: "ok", seconds: 0.25, limits: [] },
];

async function collected(events: AsyncIterable<CellEvent>): Promise<CellEvent[]> {
  const seen = [];
  for await (const event of events) seen.push(event);
  return seen;
}

/** Every runner, each able to run the cell `count` with the events above. */
const runners: Record<string, () => Runner> = {
  recorded: () =>
    new Recorded({
      cells: {
        count: { chapter: 1, language: "python", source, setup: false, needs: [], manual: false,
          recording: { label: "Recorded: here", events }, browser: null },
      },
    }),
  live: () => {
    const server = new FakeServer({ count: events });
    const connection = new Connection(() => server.open());
    const store = new StageStore();
    const isRust = () => false;
    const runner = new Live(connection, store, new BuiltTexts(store, isRust), { isPresenter: false }, isRust);
    connection.connect();
    return runner;
  },
  browser: () => new InBrowser(new FakePython({ count: events }, { count: cellOf(source) })),
};

for (const [name, make] of Object.entries(runners)) {
  describe(`runner ${name}`, () => {
    test("is called by its name and says who speaks", () => {
      assert.equal(make().name, name);
      assert.match(make().label("count"), new RegExp(name, "i"));
    });

    test("gives the events of a run, started first and finished last", async () => {
      assert.deepEqual(await collected(make().run("count", source)), events);
    });

    test("gives the same events when the cell runs again", async () => {
      const runner = make();
      await collected(runner.run("count", source));
      assert.deepEqual(await collected(runner.run("count", source)), events);
    });

    test("finishes as stopped when it is stopped, and runs again after that", async () => {
      const runner = make();
      const seen: CellEvent[] = [];
      for await (const event of runner.run("count", source)) {
        seen.push(event);
        if (seen.length === 2) runner.stop();
      }
      const last = seen.at(-1);
      assert.equal(last?.event === "finished" && last.status, "stopped");
      assert.ok(seen.length < events.length, `stopped after ${seen.length} of ${events.length} events`);
      assert.deepEqual(await collected(runner.run("count", source)), events);
    });

    test("has no events for a cell that it does not know", async () => {
      const seen = await collected(make().run("unknown", "")).catch((error) => {
        assert.ok(isUnavailable(error), String(error));
        return [];
      });
      assert.deepEqual(seen, []);
    });

    test("says by its capabilities whether it runs an edited text", async () => {
      const runner = make();
      const ran = await collected(runner.run("count", "1\n")).then(() => true, (error) => !isUnavailable(error));
      assert.equal(ran, runner.capabilities.edit);
    });
  });
}

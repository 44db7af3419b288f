import assert from "node:assert/strict";
import { test } from "node:test";
import { BuiltTexts } from "../src/live/built-texts";
import type { Build, CellEvent, Change, Stage } from "../src/protocol";
import { emptyStage } from "../src/stage/stage";
import { StageStore } from "../src/stage/store";

const build = (number: number): Build => ({ number, profile: "release", edited: number ? ["a"] : [] });
const edited = (text: string | null): Change => ({ change: "edited", cell: "a", edited: text, stale: ["a"] });
const ran = (event: CellEvent): Change => ({ change: "ran", cell: "a", event });
const started = ran({ event: "started" });
const restarted = (number: number, rebuilt: string | null = "a"): Change => ({ change: "restarted", build: build(number), previous: null, rebuilt });

/** What is said of the cell `a`, without who still answers, after changes and perhaps a snapshot. */
function standing(changes: Change[], snapshot?: Stage): string {
  const store = new StageStore();
  store.stage.build = build(0);
  const texts = new BuiltTexts(store, (cell) => cell === "a");
  if (snapshot) {
    texts.restore(snapshot);
    store.replace(snapshot);
  }
  for (const change of changes) {
    texts.take(change);
    store.apply(change);
  }
  assert.equal(texts.standing("python"), "");
  return texts.standing("a").split(" · ")[0] ?? "";
}

const cases: [string, Change[], string][] = [
  ["the deck's own text", [], ""],
  ["edited", [edited("1")], "Edited, not built"],
  ["edited and put back", [edited("1"), edited(null)], ""],
  ["built", [edited("1"), started, restarted(1)], ""],
  ["edited while it was being built", [edited("1"), started, edited("2"), restarted(1)], "Edited, not built"],
  ["edited after it was built", [edited("1"), started, restarted(1), edited("2")], "Edited, not built"],
  ["put back after it was built", [edited("1"), started, restarted(1), edited(null)], "Put back, not built"],
  ["the build of another time", [edited("1"), started, restarted(1), restarted(0, null)], "Edited, not built"],
  ["and on to the newer one", [edited("1"), started, restarted(1), restarted(0, null), restarted(1, null)], ""],
  ["a build of a saved file has the text of the stage", [edited("1"), restarted(2, null)], ""],
  ["edited after that", [edited("1"), restarted(2, null), edited("2")], "Edited, not built"],
  ["a rebuild that failed", [edited("1"), started, ran({ event: "finished", status: "error", seconds: 1, limits: [] })], "Edited, not built"],
];
for (const [name, changes, expected] of cases) test(`built texts: ${name}`, () => assert.equal(standing(changes), expected));

function snapshot(stale: boolean): Stage {
  return { ...emptyStage(), build: build(4), cells: { a: { edited: "1", run: "done", events: [], stale, overdue: null } } };
}

test("built texts: after a reload the text of a fresh result is in the build, that of a stale one is not", () => {
  assert.equal(standing([], snapshot(false)), "");
  assert.equal(standing([], snapshot(true)), "Edited, not built");
  assert.equal(standing([edited("2")], snapshot(false)), "Edited, not built");
});

test("built texts: of what answers the text is known, whatever is edited later", () => {
  const store = new StageStore();
  const texts = new BuiltTexts(store, () => true);
  const take = (change: Change) => {
    texts.take(change);
    store.apply(change);
  };
  for (const change of [edited("1"), started, restarted(1), edited("2")]) take(change);
  assert.equal(texts.text("a"), "1");
  take(restarted(0, null));
  assert.equal(texts.text("a"), undefined);
});

test("built texts: it is said who still answers", () => {
  const store = new StageStore();
  store.stage.build = build(0);
  const texts = new BuiltTexts(store, () => true);
  store.apply(edited("1"));
  assert.equal(texts.standing("a"), "Edited, not built · release, as installed still answers");
});

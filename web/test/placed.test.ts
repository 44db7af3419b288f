import assert from "node:assert/strict";
import { test } from "node:test";
import { ChangeSet, Text } from "@codemirror/state";
import { moved, offsetOf, placed } from "../src/editor/placed";
import type { Finding, Spot } from "../src/protocol";

const doc = Text.of(["fn f() {", '    let s = "😀é";', "}"]);
const at = (line: number, column: number) => ({ line, column });

function spot(cell: string, from: [number, number], to: [number, number]): Spot {
  return { at: { in: "cell", cell, from: at(...from), to: at(...to) }, label: null, primary: true };
}

function finding(spots: Spot[], text = "", from = at(2, 5)): Finding {
  const edits = [{ cell: "a", from, to: from, text }];
  return { level: "error", code: null, message: "no", spots, rendered: "", fixes: text ? [{ message: "add", edits }] : [] };
}

const points: [string, [number, number], number][] = [
  ["the first character", [1, 1], 0],
  ["one behind a character of two units", [2, 15], 9 + 15],
  ["the end of a line", [1, 9], 8],
  ["behind the end of a line", [1, 40], 8],
  ["behind the last line", [9, 1], doc.length],
  ["before the first line", [0, 1], 0],
];
for (const [name, [line, column], offset] of points) {
  test(`placed: ${name}`, () => assert.equal(offsetOf(doc, at(line, column)), offset));
}

test("placed: a span may go over several lines, be empty, or lie behind a text that became shorter", () => {
  const spans: Spot[] = [spot("a", [1, 4], [3, 2]), spot("a", [2, 5], [2, 5]), spot("a", [7, 1], [9, 9])];
  const [found] = placed([finding(spans)], "a", doc);
  assert.deepEqual(found?.spots.map(({ from, to }) => [from, to]), [[3, doc.length], [13, 13], [doc.length, doc.length]]);
});

test("placed: a finding concerns the cells that it has a place in, and all cells if it has none in any", () => {
  const elsewhere: Spot = { at: { in: "file", file: "demo_crate/src/lib.rs", line: 3, column: 1 }, label: null, primary: true };
  const all = [finding([spot("b", [1, 1], [1, 2])]), finding([spot("b", [1, 1], [1, 2]), spot("a", [1, 1], [1, 2])]), finding([elsewhere])];
  assert.deepEqual(placed(all, "a", doc).map(({ finding }) => all.indexOf(finding)), [1, 2]);
});

test("placed: places move with what is typed before them, and do not grow at their edges", () => {
  const [before] = placed([finding([spot("a", [2, 5], [2, 8])], "mut ")], "a", doc);
  assert.ok(before);
  const typed = ChangeSet.of([{ from: 0, insert: "pub " }, { from: 13, insert: "// " }, { from: 16, insert: "ter" }], doc.length);
  const [after] = moved([before], typed);
  assert.deepEqual(after?.spots.map(({ from, to }) => [from, to]), [[20, 23]]);
  assert.deepEqual(after?.fixes[0]?.edits.map(({ from, to }) => [from, to]), [[20, 20]]);
});

test("placed: a place whose text is deleted is empty, not turned round", () => {
  const [after] = moved(placed([finding([spot("a", [2, 5], [2, 8])])], "a", doc), ChangeSet.of({ from: 9, to: 20 }, doc.length));
  assert.deepEqual(after?.spots.map(({ from, to }) => [from, to]), [[9, 9]]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileAndLine, panicsIn } from "../src/output/panic";
import examples from "./panics.json";

/** A part as the examples have it: its kind, then its text or its pieces. */
type Part = ["text", string] | ["panic", ...[string, string][]];

for (const { name, text, parts } of examples as { name: string; text: string; parts: Part[] }[]) {
  test(`panic: ${name}`, () => {
    const found = panicsIn(text);
    assert.deepEqual(found.map((part) => (part.kind === "text" ? ["text", part.text] : ["panic", ...part.pieces])), parts);
    const all = found.map((part) => (part.kind === "text" ? part.text : part.pieces.map(([, piece]) => piece).join("")));
    assert.equal(all.join(""), text, "no character is lost");
  });
}

test("panic: a place names a file and a line", () => {
  assert.deepEqual(fileAndLine("demo_crate/src/errors.rs:31:5"), { file: "demo_crate/src/errors.rs", line: 31 });
  assert.equal(fileAndLine("somewhere"), null);
});

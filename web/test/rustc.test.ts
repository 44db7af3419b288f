import assert from "node:assert/strict";
import { test } from "node:test";
import { rustcLines } from "../src/output/rustc";
import examples from "./rustc-lines.json";

for (const { name, text, lines } of examples as { name: string; text: string; lines: [string, ...[string, string][]][] }[]) {
  test(`rustc: ${name}`, () => {
    assert.deepEqual(rustcLines(text).map(({ kind, pieces }) => [kind, ...pieces]), lines);
  });

  test(`rustc: no character is lost: ${name}`, () => {
    assert.equal(rustcLines(text).map(({ pieces }) => `${pieces.map(([, piece]) => piece).join("")}\n`).join(""), `${text.replace(/\n$/, "")}\n`);
  });
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { excerpt, find, type Kind, type Passage, places, words } from "../src/contents/search";

const passage = (id: string, kind: Kind, text: string): Passage => ({ slide: { id, number: "1", title: id }, kind, text });

const slides = [
  passage("one", "title", "A first function"),
  passage("one", "code", "fn add_one(x: i64) -> i64"),
  passage("two", "title", "The bill"),
  passage("two", "text", "What add_one costs in Rust"),
  passage("two", "output", "OverflowError: Python int too large"),
];

const hits = (query: string) => find(slides, words(query)).map(({ passage, also }) => [passage.slide.id, passage.kind, ...also].join(" "));

test("search: every word must be on the slide, in whatever passage", () => {
  assert.deepEqual(hits("add_one"), ["one code", "two text"]);
  assert.deepEqual(hits("ADD_one overflowerror"), ["two text output"]);
  assert.deepEqual(hits("add_one nothing"), []);
  assert.deepEqual(hits("  "), []);
});

test("search: a title comes before what stands below another one, and two words together before two apart", () => {
  assert.deepEqual(hits("function"), ["one title"]);
  assert.deepEqual(hits("a"), ["one title code", "two text output"]);
  const apart = [passage("far", "text", "x"), passage("far", "code", "y"), passage("near", "text", "x y")];
  assert.deepEqual(find(apart, ["x", "y"]).map(({ passage }) => passage.slide.id), ["near", "far"]);
});

test("search: places are in order and do not overlap", () => {
  assert.deepEqual(places("add add_one", ["add", "add_one"]), [[0, 3], [4, 7]]);
  // A letter that changes its length with its case shifts nothing.
  assert.deepEqual(places("İ add", ["add"]), [[2, 5]]);
});

test("search: an excerpt holds the first word found and marks all of them", () => {
  const long = `${"before ".repeat(40)}needle ${"after ".repeat(40)}`;
  const { text, marks } = excerpt(long, ["needle"]);
  assert.ok(text.length < 130 && text.startsWith("… ") && text.endsWith(" …"), text);
  assert.deepEqual(marks.map(([start, end]) => text.slice(start, end)), ["needle"]);
  assert.equal(excerpt("  a\n  b ", ["b"]).text, "a b");
  assert.ok(excerpt("x".repeat(500), ["x"]).text.length < 130);
});

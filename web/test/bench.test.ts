import assert from "node:assert/strict";
import { test } from "node:test";
import { rows } from "../bench/goals";
import { doubt } from "../bench/machine";
import { results } from "../bench/results";
import { cut, mixed } from "../bench/snippets";
import { quantile, ratios, summarise } from "../bench/statistics";
import { amount, markdownTable, terminalTable } from "../bench/table";

const count = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

test("statistics: quantiles are interpolated as R and NumPy do by default", () => {
  assert.equal(quantile([1, 2, 3, 4], 0.5), 2.5);
  assert.equal(quantile(count(21), 0.05), 2);
  assert.equal(quantile([7], 0.95), 7);
  assert.throws(() => quantile([], 0.5), RangeError);
});

test("statistics: few samples have their extremes as spread, many their percentiles, in whatever order they came", () => {
  assert.deepEqual(summarise([3, 1, 2]), { n: 3, median: 2, low: 1, high: 3, spread: "min–max" });
  assert.deepEqual(summarise(count(101).reverse()), { n: 101, median: 51, low: 6, high: 96, spread: "p5–p95" });
});

test("statistics: ratios are taken pair by pair", () => {
  assert.deepEqual(ratios([2, 9], [1, 3]), [2, 3]);
  assert.throws(() => ratios([1], []), RangeError);
});

test("results: the median is judged, and a failure is no result", () => {
  const verdicts = (samples: number[], failures = {}) => results({ "build-time": samples }, failures).find(({ id }) => id === "build-time")?.verdict;
  const { goal } = rows["build-time"];
  assert.equal(verdicts([goal, goal, 10 * goal]), "ok");
  assert.equal(verdicts([goal, goal + 1, goal + 1]), "over");
  assert.equal(verdicts([]), "left out");
  assert.equal(verdicts([1], { "build-time": "broken" }), "FAILED");
});

test("results: where more is better, the goal is the least", () => {
  const verdict = (sample: number) => results({ "xray-steps": [sample] }, {}).find(({ id }) => id === "xray-steps")?.verdict;
  const { goal } = rows["xray-steps"];
  assert.deepEqual([verdict(goal), verdict(10 * goal), verdict(goal - 1)], ["ok", "ok", "under"]);
});

test("results: what is missing here is said in words, and is no failure", () => {
  const result = results({ "gdb-steps": "no gdb here" }, {}).find(({ id }) => id === "gdb-steps");
  assert.deepEqual([result?.verdict, result?.note, result?.summary], ["not measured here", "no gdb here", null]);
});

test("results: every row is in the table, measured or not", () => {
  const table = results({}, {});
  assert.deepEqual(table.map(({ id }) => id), Object.keys(rows));
  assert.equal(table.at(-1)?.verdict, "not measured here");
});

test("table: columns stand under each other", () => {
  const lines = terminalTable(results({ "build-time": [12.345] }, {})).split("\n");
  assert.match(lines[2] ?? "", /^build of a 45-slide highlighted deck, cold +60 ms +12\.3 ms +12\.3 ms – 12\.3 ms \(min–max\) +1  ok$/);
  assert.equal(lines[0]?.indexOf("verdict"), lines[2]?.indexOf("ok"));
});

test("table: a least is told from a most", () => {
  const line = terminalTable(results({ "xray-steps": [123_456.7] }, {})).split("\n").find((line) => line.includes("per second"));
  assert.match(line ?? "", / ≥ 60,000 steps\/s +123,457 steps\/s .* ok$/);
});

test("table: in Markdown every line has as many cells as the head", () => {
  const cells = markdownTable(results({ "build-time": [1] }, { restart: "a | b" })).split("\n").map((line) => line.split(/(?<!\\)\|/).length);
  assert.deepEqual(new Set(cells).size, 1);
});

test("table: values have three digits and their unit", () => {
  assert.deepEqual([amount(123.4, "ms"), amount(12.34, "MB"), amount(1.234, "ratio"), amount(9, "requests"), amount(-796.8, "ms")], ["123 ms", "12.3 MB", "1.23 ×", "9", "-797 ms"]);
});

test("machine: a busy machine is called so, before as after", () => {
  assert.equal(doubt({ before: 0.1, after: 1.5 }, 2), null);
  assert.match(doubt({ before: 1, after: 1 }, 2) ?? "", /DOUBTFUL/);
  assert.match(doubt({ before: 0, after: 4 }, 2) ?? "", /DOUBTFUL/);
});

test("snippets: files are cut into pieces of a slide's length, and too few are an error", () => {
  const file = (lines: number) => "line\n".repeat(lines);
  const source = { fence: "python", count: 3, files: ["a", "b"] };
  const text = (name: string) => file(name === "a" ? 30 : 5);
  assert.deepEqual(cut(source, text).map(({ file, first, last }) => [file, first, last]), [["a", 1, 12], ["a", 13, 24], ["b", 1, 5]]);
  assert.throws(() => cut({ ...source, count: 4 }, text), /python/);
});

test("snippets: languages are spread over the deck, none is lost", () => {
  const piece = (fence: string) => ({ fence, file: "", first: 1, last: 1 });
  const all = mixed([[piece("python"), piece("python"), piece("python")], [piece("c")]]);
  assert.deepEqual(all.map(({ fence }) => fence), ["python", "python", "c", "python"]);
});

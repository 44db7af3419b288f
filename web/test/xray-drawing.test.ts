import assert from "node:assert/strict";
import { test } from "node:test";
import { bandLabels } from "../src/xray/drawing/band-labels";
import { spread } from "../src/xray/drawing/labels";
import { commonUnit, instructionAt, tickStep, xOf } from "../src/xray/drawing/scale";
import { shapes } from "../src/xray/drawing/shapes";
import { layOut } from "../src/xray/trace/layout";
import { firstAddOne, panic, warmAddOne } from "./xray-fixture";

const width = 832;

function sceneOf(trace: ReturnType<typeof warmAddOne>, folds = false) {
  const layout = layOut(trace, folds);
  const range = { from: 0, to: layout.total };
  return { layout, range, scale: { from: 0, unit: width / layout.total, width } };
}

/** Widths of all rectangles of a path, added up. */
function covered(path: string): number {
  return [...path.matchAll(/h([\d.]+)v/g)].reduce((sum, [, wide]) => sum + Number(wide), 0);
}

test("shapes: what executes covers the width once", () => {
  const { layout, range, scale } = sceneOf(warmAddOne());
  const runs = shapes(layout, range, scale, 26).filter(({ kind }) => kind === "runs");
  assert.ok(Math.abs(runs.reduce((sum, { path }) => sum + covered(path), 0) - width) < 1);
  const own = runs.find(({ tone }) => tone === "rust");
  assert.ok(Math.abs(covered(own?.path ?? "") - 5 * scale.unit) < 0.05);
});

test("shapes: of a long trace nothing is lost where rectangles are joined", () => {
  const { layout, range, scale } = sceneOf(panic());
  const runs = shapes(layout, range, scale, 8).filter(({ kind, tone }) => kind === "runs" && tone !== "rust");
  const sum = runs.reduce((all, { path }) => all + covered(path), 0);
  const executed = layout.runs.reduce((all, { node, at, end }) => all + (layout.nodes[node]?.tone === "rust" ? 0 : end - at), 0) * scale.unit;
  assert.ok(sum > 0.98 * executed && sum < 1.3 * executed, `${sum} of ${executed} pixels`);
});

test("shapes: a zoom draws its part and nothing outside", () => {
  const { layout } = sceneOf(warmAddOne());
  const range = { from: 146, to: 281 };
  const drawn = shapes(layout, range, { from: 146, unit: width / 135, width }, 26);
  for (const [, x, wide] of drawn.flatMap(({ path }) => [...path.matchAll(/M([-\d.]+) [-\d.]+h([\d.]+)v/g)])) {
    assert.ok(Number(x) >= -0.01 && Number(x) + Number(wide) <= width + 0.5, `${x} ${wide}`);
  }
});

test("shapes: a long trace stays a few elements of bounded length", () => {
  const { layout, range, scale } = sceneOf(panic());
  const drawn = shapes(layout, range, scale, 8);
  assert.ok(layout.runs.length > 8000);
  assert.ok(drawn.length <= 20, `${drawn.length} shapes`);
  const rectangles = drawn.reduce((sum, { path }) => sum + path.split("M").length - 1, 0);
  assert.ok(rectangles < 12_000, `${rectangles} rectangles`);
});

test("labels: names stand on their function and never outside", () => {
  const { layout, range, scale } = sceneOf(warmAddOne());
  const labels = bandLabels(layout, range, scale, 26);
  assert.ok(labels.some(({ text }) => text === "_PyEval_EvalFrameDefault"));
  for (const { x } of labels) assert.ok(x >= 0 && x < width);
  assert.deepEqual(bandLabels(layout, range, scale, 12), [], "rows too low for a line of text");
});

test("labels: those that fit stay where they want to be", () => {
  assert.deepEqual(spread([{ centre: 50, width: 40 }, { centre: 150, width: 40 }], 200, 10), [30, 130]);
});

test("labels: those that touch move apart around their middle", () => {
  assert.deepEqual(spread([{ centre: 100, width: 40 }, { centre: 100, width: 40 }], 200, 10), [55, 105]);
  assert.deepEqual(spread([{ centre: 0, width: 40 }, { centre: 10, width: 40 }], 200, 10), [0, 50], "and stay inside");
});

test("labels: without room there are none", () => {
  assert.equal(spread([{ centre: 10, width: 60 }, { centre: 20, width: 60 }], 100, 10), null);
});

test("labels: in order, apart, inside, whatever they wish", () => {
  const wishes = Array.from({ length: 8 }, (_, index) => ({ centre: (index * 37) % 90, width: 50 + ((index * 13) % 30) }));
  const lefts = spread(wishes, 700, 12) ?? [];
  lefts.forEach((left, index) => {
    const right = left + (wishes[index]?.width ?? 0);
    assert.ok(left >= -1e-6 && right <= 700 + 1e-6);
    if (index) assert.ok(left >= (lefts[index - 1] ?? 0) + (wishes[index - 1]?.width ?? 0) + 12 - 1e-6, `${lefts}`);
  });
});

test("scale: two traces are drawn at the scale of the longer one", () => {
  const ranges = [warmAddOne(), firstAddOne()].map((trace) => ({ from: 0, to: layOut(trace).total }));
  const unit = commonUnit(ranges, width);
  assert.equal(unit, width / 775);
  assert.ok(xOf({ from: 0, unit, width }, 420) < width * 0.55);
});

test("scale: a point leads back to its instruction, within the part that is drawn", () => {
  const scale = { from: 100, unit: 4, width: 400 };
  const range = { from: 100, to: 200 };
  for (const at of [100, 137, 199]) assert.equal(instructionAt(scale, xOf(scale, at) + 1, range), at);
  assert.deepEqual([instructionAt(scale, -50, range), instructionAt(scale, 9999, range)], [100, 199]);
});

test("scale: ticks are round", () => {
  assert.deepEqual([tickStep(420, 7), tickStep(40_000, 7), tickStep(5, 7)], [100, 10_000, 1]);
});

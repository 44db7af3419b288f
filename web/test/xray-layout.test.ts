import assert from "node:assert/strict";
import { test } from "node:test";
import type { Language, Trace, TraceNode } from "../src/trace";
import { nextBoundary, previousBoundary } from "../src/xray/trace/boundaries";
import { selfCounts, toneCounts } from "../src/xray/trace/counts";
import { inlineThickness, layOut, runAt } from "../src/xray/trace/layout";
import { panic, warmAddOne } from "./xray-fixture";

/** A trace from a list of nodes, `name parent entry language`, and a path of `node×instructions`. */
function trace(nodes: [Language, number | null, TraceNode["entry"]][], path: [number, number][]): Trace {
  const functions = nodes.map(([language], index) => ({ name: `f${index}`, module: 0, language }));
  const made = nodes.map(([, parent, entry], index) => ({ function: index, parent, entry }));
  return { ...warmAddOne(), functions, nodes: made, path, opcodes: [], stages: [], objects: [] };
}

const spansOf = (laid: ReturnType<typeof layOut>, node: number) =>
  laid.spans.filter((span) => span.node === node).map(({ at, end }) => [at, end]);

test("layout: a call is one row deeper, and its caller is on the stack all the while", () => {
  const laid = layOut(trace([["cpython", null, "start"], ["user", 0, "call"]], [[0, 10], [1, 5], [0, 3]]));
  assert.deepEqual([laid.total, laid.rows, laid.depth], [18, 2, 1]);
  assert.deepEqual([spansOf(laid, 0), spansOf(laid, 1)], [[[0, 18]], [[10, 15]]]);
  assert.deepEqual([laid.nodes[0]?.self, laid.nodes[0]?.total], [13, 18]);
});

test("layout: an inlined function is a thin level and no frame", () => {
  const laid = layOut(trace([["cpython", null, "start"], ["pyo3", 0, "inline"], ["libc", 1, "call"]], [[0, 1], [1, 1], [2, 1]]));
  assert.deepEqual(laid.nodes.map(({ top }) => top), [0, 1, 1 + inlineThickness]);
  assert.deepEqual(laid.nodes.map(({ frames }) => frames), [0, 0, 1]);
});

test("layout: the user's code has a whole row, inlined or not", () => {
  const laid = layOut(trace([["cpython", null, "start"], ["user", 0, "inline"]], [[0, 1], [1, 1]]));
  assert.deepEqual([laid.nodes[1]?.thickness, laid.nodes[1]?.frames], [1, 0]);
});

test("layout: inlined code that is interleaved with its caller has a span for each part", () => {
  const laid = layOut(trace([["cpython", null, "start"], ["user", 0, "inline"]], [[0, 1], [1, 2], [0, 1], [1, 2]]));
  assert.deepEqual([spansOf(laid, 0), spansOf(laid, 1)], [[[0, 6]], [[1, 3], [4, 6]]]);
});

test("layout: a tail call takes the row of its caller, which is no longer on the stack", () => {
  const laid = layOut(trace([["cpython", null, "start"], ["cpython", 0, "call"], ["cpython", 1, "tail"]], [[0, 1], [1, 2], [2, 3], [0, 1]]));
  assert.deepEqual(laid.nodes.map(({ top }) => top), [0, 1, 1]);
  assert.deepEqual([spansOf(laid, 1), spansOf(laid, 2)], [[[1, 3]], [[3, 6]]]);
});

test("layout: folding gives plumbing to who called it", () => {
  const laid = layOut(trace([["pyo3", null, "start"], ["libc", 0, "call"], ["pyo3", 1, "call"]], [[0, 4], [1, 5], [2, 6], [0, 1]]), true);
  assert.deepEqual(laid.runs.map(({ node, at, end }) => [node, at, end]), [[0, 0, 9], [2, 9, 15], [0, 15, 16]]);
  assert.deepEqual([laid.nodes[0]?.self, laid.nodes[2]?.top, laid.rows], [10, 1, 2]);
});

test("layout: a function behind a folded jump table is called", () => {
  const laid = layOut(trace([["pyo3", null, "start"], ["plt", 0, "call"], ["cpython", 1, "tail"]], [[0, 4], [1, 1], [2, 6]]), true);
  assert.deepEqual([laid.nodes[2]?.entry, laid.nodes[2]?.top, laid.nodes[2]?.frames], ["call", 1, 1]);
  assert.deepEqual(spansOf(laid, 0), [[0, 11]]);
});

test("layout: nothing is lost, folded or not", () => {
  for (const one of [warmAddOne(), panic()]) {
    const sum = one.path.reduce((all, [, instructions]) => all + instructions, 0);
    for (const laid of [layOut(one), layOut(one, true)]) {
      assert.equal(laid.total, sum);
      assert.equal(laid.nodes.reduce((all, { self }) => all + self, 0), sum);
      assert.equal(laid.nodes[0]?.total, sum);
      assert.equal(laid.runs.reduce((all, { at, end }) => all + end - at, 0), sum);
    }
  }
});

test("layout: the warm call is the one of the talk", () => {
  const one = warmAddOne();
  const laid = layOut(one);
  assert.deepEqual([laid.total, laid.total - (laid.nodes[0]?.self ?? 0), laid.depth], [420, 284, 6]);
  assert.equal(selfCounts(one).get("rusty::add_one"), 5);
  assert.equal(toneCounts(one).find(({ tone }) => tone === "rust")?.instructions, 5);
});

test("layout: the run of an instruction", () => {
  const laid = layOut(panic());
  for (const at of [0, 59, 60, 12_345, 39_999]) {
    const run = laid.runs[runAt(laid, at)];
    assert.ok(run && run.at <= at && at < run.end, String(at));
  }
});

test("boundaries: those of a call, on and back", () => {
  const laid = layOut(trace([["cpython", null, "start"], ["user", 0, "call"]], [[0, 10], [1, 5], [0, 3]]));
  assert.deepEqual([nextBoundary(laid, 0), nextBoundary(laid, 10), nextBoundary(laid, 15)], [10, 15, 17]);
  assert.deepEqual([previousBoundary(laid, 17), previousBoundary(laid, 15), previousBoundary(laid, 10), previousBoundary(laid, 0)], [15, 10, 0, 0]);
});

test("boundaries: another source line is none", () => {
  const one = trace([["cpython", null, "start"], ["user", 0, "call"]], [[0, 2]]);
  const laid = layOut({ ...one, path: [[0, 2], [1, 3, 7], [1, 4, 8], [0, 1]] });
  assert.deepEqual([nextBoundary(laid, 2), previousBoundary(laid, 9)], [9, 2]);
});

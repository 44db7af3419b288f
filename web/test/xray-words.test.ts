import assert from "node:assert/strict";
import { test } from "node:test";
import { atRest, atStage, rangeOf, reach, stride } from "../src/xray/figure/state";
import { summaryOf } from "../src/xray/trace/counts";
import { differences } from "../src/xray/trace/differences";
import { layOut } from "../src/xray/trace/layout";
import { bandName, shortName } from "../src/xray/trace/names";
import { valueForms } from "../src/xray/trace/values";
import { firstAddOne, panic, warmAddOne } from "./xray-fixture";

const names: [name: string, short: string][] = [
  ["_PyEval_EvalFrameDefault", "_PyEval_EvalFrameDefault"],
  ["pyo3::impl_::trampoline::trampoline", "trampoline"],
  ["pyo3::impl_::trampoline::trampoline::{closure}", "trampoline::{closure}"],
  ["pyo3::internal::state::AttachGuard::assume", "AttachGuard::assume"],
  ["core::ptr::drop_in_place::<alloc::vec::Vec<alloc::string::String>>", "drop_in_place"],
  ["<i64 as pyo3::conversion::FromPyObject>::extract", "<i64 as FromPyObject>::extract"],
  ["<alloc::vec::Vec<u8> as core::clone::Clone>::clone", "<Vec as Clone>::clone"],
  ["pyo3::call::<impl core::ops::Fn<(i64,)> for T>::call", "call"],
  ["PyLong_FromLong@plt", "PyLong_FromLong@plt"],
  ["libc.so.6+0x9d0e0", "libc.so.6+0x9d0e0"],
];
for (const [name, short] of names) test(`names: ${name}`, () => assert.equal(shortName(name), short));

test("names: on a band a trait's method is one of its type", () => {
  assert.equal(bandName("<i64 as pyo3::conversion::FromPyObject>::extract"), "i64::extract");
});

test("values: what becomes of 41", () => {
  const forms = valueForms(warmAddOne()).map(({ stages, form, note }) => `${stages.join("+")}: ${form}, ${note}`);
  assert.deepEqual(forms, [
    "look-up+choose: int object 41, borrowed",
    "jump+enter: a pointer, in an array",
    "unpack: object → i64, checked",
    "work: i64 41 → 42, bare",
    "wrap: i64 → object, wrapped",
    "return: int object 42, owned",
  ]);
});

test("values: an exception comes back as NULL", () => {
  const raised = { ...warmAddOne(), outcome: "raised" as const };
  assert.deepEqual(valueForms(raised).at(-1)?.form, "NULL");
});

test("values: of a type that is no number, only the type is known", () => {
  const one = warmAddOne();
  const objects = one.objects.map((seen) => ({ ...seen, type: "str", references: 2 }));
  const forms = valueForms({ ...one, objects: objects.map(({ value: _, ...seen }) => seen) }).map(({ form }) => form);
  assert.deepEqual(forms, ["str object", "a pointer", "object → i64", "i64", "i64 → object", "str object"]);
});

test("values: where no object was seen, nothing is said", () => assert.deepEqual(valueForms(panic()), []));

const sides = { one: "here", other: "there" };

test("differences: none between a trace and itself", () => {
  assert.deepEqual(differences(warmAddOne(), warmAddOne(), sides), { structure: [], counts: [] });
});

test("differences: the first call goes another way", () => {
  const { structure, counts } = differences(warmAddOne(), firstAddOne(), sides);
  assert.ok(structure[0]?.startsWith("Entered only there: ") && structure[0].includes("PyObject_Vectorcall"));
  assert.ok(structure.some((sentence) => sentence.startsWith("Bytecodes here: LOAD_GLOBAL_MODULE")));
  assert.equal(counts[0], "All instructions: 420 here, 775 there.");
});

test("differences: the same way with another count is no other structure", () => {
  const one = warmAddOne();
  const path = one.path.map((run, index) => (index === 0 ? ([run[0], run[1] + 3] as [number, number]) : run));
  const { structure, counts } = differences(one, { ...one, path }, sides);
  assert.deepEqual(structure, []);
  assert.deepEqual(counts, ["All instructions: 420 here, 423 there.", "_PyEval_EvalFrameDefault: 136 here, 139 there."]);
});

test("differences: another order of the same functions", () => {
  const one = warmAddOne();
  const [first, second] = [one.nodes[1], one.nodes[2]];
  assert.ok(first && second);
  const nodes = one.nodes.map((node, index) => ({ ...node, function: index === 1 ? second.function : index === 2 ? first.function : node.function }));
  const { structure } = differences(one, { ...one, nodes }, sides);
  assert.deepEqual(structure, ["Entry 1 is fastcall_cfunction_with_keywords here and trampoline there."]);
});

test("state: a step of the slide is a stage and its first instruction", () => {
  const layout = layOut(warmAddOne());
  const work = atStage(atRest, layout, "work");
  assert.deepEqual([work.stage, work.at], ["work", 281]);
  assert.deepEqual(rangeOf({ ...work, isZoomed: true }, layout), { from: 281, to: 286 });
  assert.deepEqual([atStage(work, layout, null).stage, atStage(work, layout, null).at], [null, null]);
});

test("state: the light goes along with the traveller", () => {
  const layout = layOut(warmAddOne());
  const work = atStage(atRest, layout, "work");
  assert.equal(reach(work, layout, 290).stage, "wrap");
  assert.equal(reach(atRest, layout, 290).stage, null);
});

test("state: strides stay within the call", () => {
  const layout = layOut(warmAddOne());
  const last = reach(atRest, layout, 1e9);
  assert.equal(last.at, 419);
  assert.equal(stride(last, layout, 1, "instruction").at, 419);
  assert.equal(stride(last, layout, 1, "function").at, 419);
  assert.equal(stride(reach(atRest, layout, 0), layout, -1, "function").at, 0);
  assert.equal(stride(atRest, layout, 1, "function").at, 0);
});

test("a summary for those who hear it", () => {
  assert.equal(
    summaryOf(warmAddOne()),
    "rusty.add_one(41): 420 machine instructions, 6 frames deep at most. CPython 186, PyO3 glue 187, your Rust 5, libraries 42.",
  );
});

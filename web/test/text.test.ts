import assert from "node:assert/strict";
import { test } from "node:test";
import { litLines } from "../src/code/lit-lines";
import { duration } from "../src/output/duration";
import { summary } from "../src/output/summary";
import limits from "./limits.json";
import { tracebackLines } from "../src/output/traceback";
import { Transcript } from "../src/output/transcript";
import { slideSize } from "../src/page/phone";
import { zoomed } from "../src/page/zoom";
import type { Limit } from "../src/protocol";

const traceback = `Traceback (most recent call last):
  File "<cell wrong>", line 1, in <module>
    rusty.add_one(2**63)
    ~~~~~~~~~~~~~^^^^^^^
OverflowError: Python int too large
to convert

During handling of the above exception, another exception occurred:
`;

test("traceback: each line has its part, and a message may have several lines", () => {
  assert.deepEqual(tracebackLines(traceback).map(({ part }) => part), [
    "head", "file", "source", "marks", "exception", "exception", "head", "head",
  ]);
});

test("traceback: no character is lost", () => {
  assert.equal(tracebackLines(traceback).map(({ text }) => `${text}\n`).join(""), traceback);
});

const durations: [number, string][] = [
  [0.0000002, "1 µs"], [0.00042, "420 µs"], [0.0042, "4.2 ms"], [0.042, "42 ms"], [0.4213, "421 ms"], [1.26, "1.3 s"], [75, "75 s"],
];
for (const [seconds, text] of durations) test(`duration: ${seconds} s is ${text}`, () => assert.equal(duration(seconds), text));

test("summary: it says how the run ended, after what time, and which limits it met", () => {
  const transcript = new Transcript();
  assert.equal(summary(transcript), "Running");
  transcript.take({ event: "finished", status: "stopped", seconds: 2, limits: [{ limit: "output", bytes: 1 << 20 }] });
  assert.equal(summary(transcript), "Stopped after 2.0 s · output limit of 1 MiB reached, the rest was dropped");
});

for (const [limit, text] of limits as [Limit, string][]) {
  test(`summary: it says "${text}", as the terminal does`, () => {
    const transcript = new Transcript();
    transcript.take({ event: "finished", status: "ok", seconds: 2, limits: [limit] });
    assert.equal(summary(transcript), `Done in 2.0 s · ${text}`);
  });
}

test("steps: a stage lights its lines, and an empty one all", () => {
  assert.deepEqual([...litLines("2,4", 5)], [2, 4]);
  assert.deepEqual([...litLines("", 3)], [1, 2, 3]);
});

test("zoom: it keeps within bounds", () => {
  assert.equal(zoomed(1, 1), 1.1);
  assert.equal(zoomed(2.4, 1), 2.4);
  assert.equal(zoomed(0.6, -1), 0.6);
});

test("phone: the slide fills an upright phone, and is 16:9 elsewhere", () => {
  assert.deepEqual(slideSize(false, { innerWidth: 1920, innerHeight: 1080 }), { width: 1280, height: 720 });
  assert.deepEqual(slideSize(true, { innerWidth: 390, innerHeight: 844 }), { width: 560, height: 1211 });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { wordsFor } from "../src/cell/words";
import { buildName } from "../src/live/build-name";
import { findingsText } from "../src/live/findings-text";
import { growingText, phasesText } from "../src/output/phases";
import { summary } from "../src/output/summary";
import { Transcript } from "../src/output/transcript";
import type { CellEvent, Finding, Level } from "../src/protocol";

const phases: CellEvent[] = [
  { event: "phase", phase: "build", seconds: 0.212 },
  { event: "phase", phase: "import", seconds: 0.006 },
  { event: "phase", phase: "replay", seconds: 0.001 },
  { event: "phase", phase: "run", seconds: 0.002 },
];

function taken(...events: CellEvent[]): Transcript {
  const transcript = new Transcript();
  for (const event of events) transcript.take(event);
  return transcript;
}

/** With ordinary spaces. */
const spaced = (text: string) => text.replaceAll("\u00a0", " ");

const finding = (level: Level, message: string): Finding => ({ level, code: null, message, spots: [], rendered: `${level}: ${message}\n`, fixes: [] });

test("phases: they are told with their sum", () => {
  assert.equal(spaced(phasesText(taken(...phases).phases)), "build 212 ms · import 6 ms · replay 1 ms · run 2 ms = 221 ms");
  assert.equal(phasesText([{ phase: "build", seconds: 0.2 }]), "build\u00a0200\u00a0ms");
});

const growing: [CellEvent[], number, string][] = [
  [[], 0.34, "build 0.3 s"],
  [phases.slice(0, 1), 0.3, "build 212 ms · import 0.1 s"],
  [phases.slice(0, 1), 0, "build 212 ms · import 0.0 s"],
  [phases, 0.4, "build 212 ms · import 6 ms · replay 1 ms · run 2 ms"],
];
for (const [events, seconds, text] of growing) {
  test(`phases: ${events.length} done after ${seconds} s`, () => assert.equal(spaced(growingText(taken(...events).phases, seconds)), text));
}

test("phases: Rust tells of them while it is built, and Python of long runs only", () => {
  assert.equal(spaced(wordsFor("rust").progress(taken(), 0)), "build 0.0 s");
  assert.equal(wordsFor("python").progress(taken(), 0.9), "");
  assert.match(wordsFor("python").progress(taken(), 2.5), /^Running for 2 s/);
});

const ends: [string, CellEvent[], string][] = [
  ["a rebuild tells its phases", [...phases, { event: "finished", status: "ok", seconds: 0.221, limits: [] }], phasesText(taken(...phases).phases)],
  ["a rebuild that was stopped does not", [...phases.slice(0, 1), { event: "finished", status: "stopped", seconds: 0.5, limits: [] }], "Stopped after 500 ms"],
  [
    "what does not compile says so",
    [{ event: "error", error: { kind: "compile", findings: [finding("error", "no")] } }, { event: "finished", status: "error", seconds: 0.2, limits: [] }],
    "Does not compile",
  ],
];
for (const [name, events, text] of ends) test(`summary: ${name}`, () => assert.equal(summary(taken(...events)), text));

test("transcript: the compiler's own colours give way to ours", () => {
  const error = { kind: "compile", findings: [{ ...finding("error", "no"), rendered: "\x1b[1m\x1b[91merror\x1b[0m: no\n\n" }, finding("warning", "so")] } as const;
  assert.deepEqual(taken({ event: "error", error: { ...error, findings: [...error.findings] } }).segments, [{ kind: "compile", text: "error: no\n\nwarning: so" }]);
});

test("builds: the installed one has no number", () => {
  assert.equal(buildName({ number: 3, profile: "release", edited: ["a"] }), "build 3, release");
  assert.equal(buildName({ number: 0, profile: "release", edited: [] }), "release, as installed");
});

test("findings: they are counted by level, and the first is read out", () => {
  assert.equal(findingsText([]), "The compiler finds nothing wrong.");
  assert.equal(findingsText([finding("error", "no"), finding("warning", "a"), finding("warning", "b")]), "1 error, 2 warnings: no");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { summary } from "../src/output/summary";
import { most, mostDisplays, plain, Transcript } from "../src/output/transcript";
import type { CellEvent, Fd } from "../src/protocol";

function written(...writes: [Fd, string][]): Transcript {
  const transcript = new Transcript();
  for (const [fd, data] of writes) transcript.take({ event: "stream", fd, data });
  return transcript;
}

test("transcript: writes to one stream are one piece, and the other stream starts another", () => {
  const { segments } = written(["stdout", "a"], ["stdout", "b\n"], ["stderr", "c\n"], ["stdout", "d\n"]);
  assert.deepEqual(segments, [
    { kind: "stdout", text: "ab\n" },
    { kind: "stderr", text: "c\n" },
    { kind: "stdout", text: "d\n" },
  ]);
});

test("transcript: bytes that are not UTF-8 are shown as replacement characters", () => {
  const transcript = new Transcript();
  transcript.take({ event: "stream", fd: "stdout", data: { base64: "Yf9i" } });
  assert.deepEqual(transcript.segments, [{ kind: "stdout", text: "a\ufffdb" }]);
});

test("transcript: values for the deck are not output", () => {
  const transcript = new Transcript();
  transcript.take({ event: "display", mime: "application/vnd.deck.value+json", data: "{}" });
  transcript.take({ event: "display", mime: "image/svg+xml", data: "<svg/>" });
  assert.deepEqual(transcript.segments.map((segment) => segment.kind), ["display"]);
});

test("transcript: of thousands of pictures the first are shown, and the others are counted", () => {
  const transcript = new Transcript();
  for (let count = 0; count < 5000; count++) transcript.take({ event: "display", mime: "text/html", data: "<b>" });
  assert.equal(transcript.segments.length, mostDisplays);
  assert.equal(transcript.unshown, 5000 - mostDisplays);
  transcript.take({ event: "finished", status: "ok", seconds: 0, limits: [] });
  assert.match(summary(transcript), /4980 further results are not shown$/);
});

test("transcript: of a megabyte the end stays, cut at a line, and what is gone is counted", () => {
  const line = `${"x".repeat(99)}\n`;
  const events = Array.from({ length: 10_000 }, (): CellEvent => ({ event: "stream", fd: "stdout", data: line }));
  const transcript = new Transcript();
  const start = performance.now();
  for (const event of events) transcript.take(event);
  const text = transcript.segments[0]?.text ?? "";
  assert.ok(text.length >= most && text.length <= most * 1.3, `${text.length} characters kept`);
  assert.equal(transcript.dropped + text.length, 1_000_000);
  assert.ok(text.startsWith("x".repeat(99) + "\n"));
  assert.ok(performance.now() - start < 5000, "a flood of short writes takes quadratic time");
});

test("transcript: one endless line is cut as well", () => {
  const { segments, dropped } = written(["stdout", "x".repeat(200_000)]);
  assert.equal(segments[0]?.text.length, most);
  assert.equal(dropped, 200_000 - most);
});

const terminals: [string, string][] = [
  ["\x1b[31mred\x1b[0m", "red"],
  ["10%\r20%\r30%", "30%"],
  ["one\r\ntwo\r\n", "one\ntwo\n"],
  ["kept\nold\rnew\n", "kept\nnew\n"],
  ["waits\r", "waits\r"],
];
for (const [raw, shown] of terminals) {
  test(`transcript: ${JSON.stringify(raw)} is shown as ${JSON.stringify(shown)}`, () => assert.equal(plain(raw), shown));
}

test("transcript: a carriage return at the end of one write takes effect with the next", () => {
  assert.deepEqual(written(["stdout", "10%\r"], ["stdout", "20%"]).segments, [{ kind: "stdout", text: "20%" }]);
});

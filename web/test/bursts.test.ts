import assert from "node:assert/strict";
import { test } from "node:test";
import type { CellEvent } from "../src/protocol";
import { Bursts } from "../src/python/bursts";

const line: CellEvent = { event: "stream", fd: "stdout", data: "1\n" };

function sent(count: number, step: number): number[] {
  const sizes: number[] = [];
  let now = 0;
  const bursts = new Bursts((events) => sizes.push(events.length), () => (now += step));
  for (let n = 0; n < count; n++) bursts.push(line);
  bursts.push({ event: "finished", status: "ok", seconds: 0, limits: [] });
  assert.equal(sizes.reduce((sum, size) => sum + size, 0), count + 1, "nothing is lost");
  return sizes;
}

test("what a cell writes now and then is handed on at once", () => {
  assert.equal(sent(400, 0).length, 401);
  assert.equal(sent(2000, 100).length, 2001);
});

test("what it writes without end comes in bursts, the end at once", () => {
  const sizes = sent(20_000, 0.1);
  assert.ok(sizes.length < 700, `${sizes.length} messages`);
});

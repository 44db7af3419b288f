import assert from "node:assert/strict";
import { test } from "node:test";
import { Following } from "../src/stage/following";

test("following: it is known during a move, and over after it", () => {
  const following = new Following();
  const known = [following.isFollowing];
  following.during(() => known.push(following.isFollowing));
  assert.deepEqual([...known, following.isFollowing], [false, true, false]);
});

test("following: a move that fails is over as well", () => {
  const following = new Following();
  assert.throws(() => following.during(() => { throw new Error("a slide is missing"); }));
  assert.equal(following.isFollowing, false);
});

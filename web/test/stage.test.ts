import assert from "node:assert/strict";
import { test } from "node:test";
import type { Change, Stage } from "../src/protocol";
import { apply, emptyStage } from "../src/stage/stage";
import folds from "./stage-fold.json";

for (const { name, changes, stage } of folds as { name: string; changes: Change[]; stage: Stage }[]) {
  test(`stage: ${name}`, () => {
    const folded = emptyStage();
    for (const change of structuredClone(changes)) apply(folded, change);
    assert.deepEqual(folded, stage);
  });
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { Escape } from "../src/keys/escape";

test("escape: closes one thing at a press, what was added last first", () => {
  const open = new Set(["focus", "help", "overlay", "dialog"]);
  const closer = (name: string) => () => open.delete(name);
  const escape = new Escape();
  escape.add(closer("help"), closer("focus"));
  escape.add(closer("dialog"), closer("overlay"));
  const left = [];
  for (let presses = 0; presses < 5; presses++) {
    escape.press();
    left.push([...open].join(" "));
  }
  assert.deepEqual(left, ["focus help overlay", "focus help", "focus", "", ""]);
});

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { config } from "../src/config";
import { keymap } from "../src/keys/keymap";
import { chord } from "../src/keys/listen";
import { decisions } from "./reveal-keys";

test("keymap: no key has two meanings in one place", () => {
  for (const place of new Set(keymap.map(({ within }) => within))) {
    const keys = keymap.filter(({ within }) => within === place).flatMap((binding) => binding.keys);
    assert.deepEqual(keys.toSorted(), [...new Set(keys)].toSorted(), place ?? "everywhere");
  }
});

test("keymap: what clickers send, and the theme's key, mean the same in an X-ray as everywhere", () => {
  const inXray = keymap.filter(({ within }) => within === "xray").flatMap(({ keys }) => keys);
  for (const key of ["PageDown", "PageUp", "Space", ".", "t", "?"]) assert.ok(!inXray.includes(key), key);
});

test("keymap: every action stands once, with a key and a line of help", () => {
  const actions = keymap.map(({ action }) => action);
  assert.equal(new Set(actions).size, actions.length);
  for (const { action, keys, help } of keymap) assert.ok(keys.length && help, action);
});

test("keymap: reveal reads no key of its own", () => {
  assert.equal(config.keyboard, false);
});

test("keymap: each default key of reveal is kept, given another meaning or switched off on purpose", async () => {
  const source = await readFile("node_modules/reveal.js/js/controllers/keyboard.js", "utf8");
  const handler = source.slice(source.indexOf("// 3. System defined key bindings"));
  const compared = [...handler.matchAll(/keyCode === (\d+)/g)].map((match) => Number(match[1]));
  const listed = [...handler.matchAll(/\[([\d, ]+)\]\.includes\( keyCode \)/g)].flatMap((match) =>
    (match[1] ?? "").split(",").map(Number),
  );
  const codes = new Set([...compared, ...listed]);
  assert.ok(codes.size > 20, `found only ${codes.size} keys in reveal's source`);
  assert.deepEqual([...codes].toSorted(numeric), Object.keys(decisions).map(Number).toSorted(numeric));
  for (const { chord: key, becomes, why } of Object.values(decisions)) {
    const found = keymap.find(({ keys, within }) => !within && keys.includes(key))?.action ?? "off";
    assert.equal(found, becomes, `the key ${key}`);
    assert.ok(becomes !== "off" || why, `say why ${key} is off`);
  }
});

const press = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const presses: [Partial<typeof press> & { key: string }, string][] = [
  [{ key: "PageDown" }, "PageDown"],
  [{ key: " " }, "Space"],
  [{ key: " ", shiftKey: true }, "Shift+Space"],
  [{ key: "?", shiftKey: true }, "?"],
  [{ key: "R", shiftKey: true }, "Shift+R"],
  [{ key: "R" }, "r"],
  [{ key: "Enter", metaKey: true }, "Ctrl+Enter"],
  [{ key: "ArrowLeft", altKey: true }, "Alt+ArrowLeft"],
];
for (const [event, expected] of presses) {
  test(`keymap: ${expected}`, () => assert.equal(chord({ ...press, ...event }), expected));
}

const numeric = (one: number, other: number) => one - other;

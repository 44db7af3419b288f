import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { UnsentTexts } from "../src/editing/unsent-texts";

/** Unsent texts, which are not sent again where `isTaken`; time passes when `wait` is called. */
function typing(context: TestContext, isTaken = () => true) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const sent: string[] = [];
  const texts = new UnsentTexts((cell) => {
    sent.push(cell);
    return isTaken();
  });
  return { sent, texts, wait: (ms: number) => context.mock.timers.tick(ms) };
}

test("unsent texts: a text is sent once, after a pause in typing", (context) => {
  const { sent, texts, wait } = typing(context);
  texts.add("a");
  wait(200);
  texts.add("a");
  wait(200);
  assert.deepEqual([sent, texts.has("a")], [[], true]);
  wait(200);
  assert.deepEqual([sent, texts.has("a")], [["a"], false]);
});

test("unsent texts: a run sends all of them at once, and no timer does it again", (context) => {
  const { sent, texts, wait } = typing(context);
  texts.add("a");
  texts.add("b");
  texts.sendAll();
  wait(1000);
  assert.deepEqual(sent, ["a", "b"]);
});

test("unsent texts: what is not taken is sent again when somebody asks", (context) => {
  let isConnected = false;
  const { sent, texts, wait } = typing(context, () => isConnected);
  texts.add("a");
  wait(1000);
  assert.deepEqual([sent, texts.has("a")], [["a"], true]);
  isConnected = true;
  texts.sendAll();
  assert.deepEqual([sent, texts.has("a")], [["a", "a"], false]);
});

test("unsent texts: what is put back is not sent", (context) => {
  const { sent, texts, wait } = typing(context);
  texts.add("a");
  texts.drop("a");
  wait(1000);
  assert.deepEqual([sent, texts.has("a")], [[], false]);
});

import { expect, test } from "./fixtures";
import { Xray } from "./xray";
import type { Talk } from "./talk";

const chapter = "slides/src/04-dive.md";
const slide = "choose";

async function dive(talk: Talk): Promise<Xray> {
  await talk.goTo(slide);
  return new Xray(talk).drawn();
}

test("the presenter traces the recorded call again, with the interpreter that is here", async ({ talk }) => {
  const xray = await dive(talk);
  await expect(xray.tracing, "only the presenter traces").toBeHidden();
  await talk.unlock();
  await xray.traceAgain();
  await expect(xray.label).toHaveText(/^Traced here: CPython 3\.\d+\.\d+.*, warm call$/);
  await expect(xray.answer).toContainText(/recording/);
  await xray.button("Recording").click();
  await expect(xray.label).toHaveText(/^Recorded: /);
});

test("what runs otherwise than in the recording is told before what runs more often", async ({ talk, project }) => {
  await talk.unlock();
  // The result has to be allocated: another way on every interpreter, and the old recording is still the one beside it.
  await project.replace(chapter, "~import rusty\nrusty.add_one(41)\n```\n\n- First call", "~import rusty\nrusty.add_one(2**40)\n```\n\n- First call");
  const xray = await dive(talk);
  await expect(xray.label).toContainText("Out of date");
  await xray.traceAgain();
  await expect(xray.statement).toHaveText("rusty.add_one(2**40)");
  await expect(xray.answer).toContainText("Another way than in the recording:");
  const told = await xray.answer.locator("li").allTextContents();
  const isStructure = (sentence: string) => /^(Entered only|Entry \d|Bytecodes|Stages|It (returned|raised))/.test(sentence);
  expect(told.filter((sentence) => /^Entered only here: .*[aA]lloc/.test(sentence)), told.join("\n")).toHaveLength(1);
  expect(told.findLastIndex(isStructure), told.join("\n")).toBeLessThan(told.findIndex((sentence) => !isStructure(sentence)));
  await expect(xray.answer).toContainText(/All instructions: \d+ here, \d+ in the recording\./);
});

test("a trace stays on a slide that is saved anew, and so does one that is under way", async ({ talk, project }) => {
  const xray = await dive(talk);
  await talk.unlock();
  await xray.traceAgain();
  const label = /^Traced here: CPython/;
  await expect(xray.label).toHaveText(label);
  const told = await xray.answer.textContent();
  const questions = ["A question: does `noargs()` get a fast opcode, too?", "And `noargs()`?", "And what of `noargs()`?"] as const;
  const ask = async (before: string, now: string) => {
    await project.replace(chapter, before, now);
    await expect(talk.slide).toContainText(now.replaceAll("`", ""));
    await xray.drawn();
  };
  await ask(questions[0], questions[1]);
  await expect(xray.label).toHaveText(label);
  await expect(xray.answer).toHaveText(told ?? "");

  await xray.button("Recording").click();
  await expect(xray.label).toHaveText(/^Recorded: /);
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await talk.page.route("**/trace/*", (route) => released.then(() => route.continue()));
  await xray.button("Trace again, here").click();
  await ask(questions[1], questions[2]);
  await expect(xray.answer.locator(".waiting")).toBeVisible();
  release();
  await expect(xray.label).toHaveText(label);
  await expect(xray.answer).toContainText("recording");
});

test("an expression from the audience is traced, and drawn in the place of the recording", async ({ talk }) => {
  const xray = await dive(talk);
  await talk.unlock();
  await xray.traceExpression("abs(-41)");
  await expect(xray.statement).toHaveText("abs(-41)");
  await expect(xray.label).toHaveText(/^Traced here: CPython/);
  await expect(xray.panel).toContainText("machine instructions");
  await expect(xray.panel, "nobody has checked a claim about it").not.toContainText("It never enters");
  await talk.press("PageDown");
  await expect(xray.panel.locator(".function")).toBeVisible();
  await xray.traceExpression("1 / 0");
  await expect(xray.statement).toHaveText("1 / 0");
  await expect(xray.answer, "an exception is no fault of the trace").toBeHidden();
});

test("an expression that wants too much memory is traced to its end, and the audience is told", async ({ talk }) => {
  const xray = await dive(talk);
  await talk.unlock();
  await xray.traceExpression("'x' * 10**10");
  await expect(xray.answer).toHaveText("It ran out of memory and raised MemoryError: a trace may take 1024 MiB here.");
  await expect(xray.statement).toHaveText("'x' * 10**10");
  await expect(xray.label).toHaveText(/^Traced here/);
  await talk.press("PageDown");
  await expect(xray.panel.locator(".function")).toBeVisible();
});

test("an expression that cannot be traced says why, and the next one is traced", async ({ talk }) => {
  const xray = await dive(talk);
  await talk.unlock();
  for (const [expression, why] of [
    ["1 +", "invalid syntax"],
    ["sum(range(10**5))", "executed 200000 instructions and had not ended"],
    ["__import__('os')._exit(3)", "exited with code 3"],
  ] as const) {
    await xray.traceExpression(expression);
    await expect(xray.answer.locator(".error"), expression).toContainText(why);
  }
  await expect(xray.label, "the recording is still drawn").toHaveText(/^Recorded: /);
  await xray.traceExpression("abs(-41)");
  await expect(xray.statement).toHaveText("abs(-41)");
  const cell = talk.cell("first-call");
  await cell.run();
  await cell.ended("ok");
});

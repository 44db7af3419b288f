import { accessibilityFaults } from "./accessibility";
import { expect, test } from "./fixtures";

const loops = {
  "an endless loop": "while True:\n    pass",
  "a loop that swallows every exception":
    "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass",
};

for (const [name, source] of Object.entries(loops)) {
  test(`Stop ends ${name}, and the next cell runs`, async ({ talk }) => {
    const [first = "", second = ""] = await talk.cells();
    const [cell, next] = [talk.cell(first), talk.cell(second)];
    await talk.unlock();
    await cell.edit(`print("looping")\n${source}`);
    await cell.button("run").click();
    await expect(cell.scroll).toHaveText("looping");
    await expect(cell.figure).toHaveAttribute("data-run", "running");
    await cell.button("stop").click();
    await cell.ended("stopped");
    await expect(cell.label).toContainText("Stopped");
    await next.run();
    await next.ended("ok");
  });
}

test("what waits for a running cell says so, and is stopped with it", async ({ talk }) => {
  const [first = "", second = ""] = await talk.cells();
  const [cell, next] = [talk.cell(first), talk.cell(second)];
  await talk.unlock();
  await cell.edit('print("looping")\nwhile True:\n    pass');
  await cell.button("run").click();
  await expect(cell.scroll).toHaveText("looping");
  await next.show();
  await next.button("run").click();
  await expect(next.figure).toHaveAttribute("data-run", "queued");
  await expect(next.label).toHaveText("Waits for another cell");
  await talk.press("s");
  await cell.ended("stopped");
  await talk.settled();
});

test("a cell that kills its process is explained, and the next cell runs", async ({ talk }) => {
  const [first = "", second = ""] = await talk.cells();
  const [cell, next] = [talk.cell(first), talk.cell(second)];
  await talk.unlock();
  await cell.edit("import ctypes\nctypes.string_at(0)");
  await cell.button("run").click();
  await cell.ended("crashed");
  await expect(cell.scroll.locator(".crash")).toHaveText(/\S/);
  await next.run();
  await next.ended("ok");
});

test("Restart gives a fresh interpreter, and what the old one made is stale", async ({ talk }) => {
  const [first = "", second = ""] = await talk.cells();
  const [cell, next] = [talk.cell(first), talk.cell(second)];
  await talk.unlock();
  await cell.runText("kept = 'still here'");
  await next.runText("print(kept)");
  await expect(next.scroll).toHaveText("still here");
  await talk.page.locator("footer button.restart").click();
  await expect(cell.figure).toHaveAttribute("data-stale", "true");
  await expect(next.figure).toHaveAttribute("data-stale", "true");
  await next.run();
  await next.ended("error");
  await expect(next.scroll).toContainText("NameError: name 'kept' is not defined");
});

test("a cell that takes longer than planned asks, goes on by a key, asks again, and is stopped by the answer's button", async ({ talk, project }) => {
  const chapter = "slides/src/01-why.md";
  // Ten times as long it may run at most, and a slow machine looks for faults meanwhile.
  await project.replace(chapter, "id=first-call", "id=first-call,timeout=3");
  await project.replace(chapter, "run for this one line", "run for this very line");
  await expect(talk.slide, "the limit has reached the server").toContainText("run for this very line");
  const [cell, next] = [talk.cell("first-call"), talk.cell((await talk.cells())[1] ?? "")];
  await talk.unlock();
  await cell.edit("while True: pass");
  const question = await cell.watchQuestion();
  await cell.button("run").click();
  await expect(cell.question).toBeVisible();
  await expect(cell.question).toContainText("This takes longer than planned. Shall it go on?");
  await expect(talk.page.locator(".spoken")).toHaveText(/^first-call still runs after \d+\.0 s, longer than planned\. Y lets it go on, S stops it\.$/);
  for (const colorScheme of ["light", "dark"] as const) {
    await talk.page.emulateMedia({ colorScheme });
    expect(await accessibilityFaults(talk.page)).toEqual([]);
  }
  await talk.press("y");
  await expect.poll(question, { message: "it goes on, and asks again" }).toEqual(["silent", "asks", "silent", "asks"]);
  await expect(cell.figure).toHaveAttribute("data-run", "running");
  await cell.question.getByRole("button", { name: "Stop S" }).click();
  await cell.ended("stopped");
  await expect(cell.question).toBeHidden();
  await next.run();
  await next.ended("ok");
});

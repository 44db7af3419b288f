import type { Cell } from "./cell";
import { expect, test } from "./fixtures";
import { Gate } from "./gate";
import { layoutFaults } from "./layout";
import type { Talk } from "./talk";

/** The first cell of the deck, shown. */
async function firstCell(talk: Talk): Promise<Cell> {
  const [id = ""] = await talk.cells();
  const cell = talk.cell(id);
  await cell.show();
  return cell;
}

/** How far the box is scrolled, and how far it could be. */
function scrolled({ scroll }: Cell) {
  return scroll.evaluate((box) => ({ top: box.scrollTop, most: box.scrollHeight - box.clientHeight }));
}

test("the button runs a cell, and Ctrl+Enter runs it again", async ({ talk }) => {
  const cell = await firstCell(talk);
  await expect(cell.button("run")).toHaveText("Run");
  await cell.button("run").click();
  await cell.ended("ok");
  await expect(cell.label).toContainText("Done");
  await expect(cell.button("run")).toHaveText("Run again");
  const before = await cell.events();
  await talk.press("Control+Enter");
  await expect.poll(() => cell.events()).not.toBe(before);
  await cell.ended("ok");
});

test("output is shown while the cell still runs", async ({ talk, project }) => {
  const [early, late] = [new Gate(project), new Gate(project)];
  const cell = await firstCell(talk);
  await talk.unlock();
  await cell.edit(`print("first")\n${early.wait}print("second")\n${late.wait}print("last")`);
  await cell.button("run").click();
  await expect(cell.scroll).toHaveText("first");
  await early.open();
  await expect(cell.scroll).toHaveText("first\nsecond");
  await expect(cell.figure).toHaveAttribute("data-run", "running");
  await expect(cell.button("stop")).toBeVisible();
  await late.open();
  await cell.ended("ok");
  await expect(cell.scroll).toHaveText("first\nsecond\nlast");
  await expect(cell.button("stop")).toBeHidden();
});

test("a long output scrolls in its box, follows the end, and stays where the reader put it", async ({ talk, project }) => {
  const gate = new Gate(project);
  const cell = await firstCell(talk);
  await talk.unlock();
  await cell.edit(`for i in range(400):\n    print("line", i)\n${gate.wait}for i in range(400, 800):\n    print("line", i)`);
  await cell.button("run").click();
  await expect(cell.scroll).toContainText("line 399");
  const first = await scrolled(cell);
  expect(first.most, "it scrolls").toBeGreaterThan(1000);
  await expect.poll(async () => (await scrolled(cell)).top, { message: "it follows the end" }).toBeGreaterThanOrEqual(first.most - 1);
  expect(await layoutFaults(talk.page)).toEqual([]);

  await cell.scroll.evaluate((box) => (box.scrollTop = 100));
  await gate.open();
  await cell.ended("ok");
  await expect(cell.scroll).toContainText("line 799");
  expect((await scrolled(cell)).top, "it stays with the reader").toBe(100);
  expect(await layoutFaults(talk.page)).toEqual([]);
});

test("an output can be enlarged over the slide, by button and by key", async ({ talk }) => {
  const cell = await firstCell(talk);
  await cell.run();
  const output = cell.figure.locator(".output");
  const height = async () => (await output.boundingBox())?.height ?? 0;
  const planned = await height();
  await cell.button("enlarge").click();
  await expect(cell.figure).toHaveClass(/enlarged/);
  expect(await height()).toBeGreaterThan(planned * 2);
  await talk.press("Escape");
  await expect(cell.figure).not.toHaveClass(/enlarged/);
  expect(await height()).toBe(planned);
  await talk.press("x");
  await expect(cell.figure).toHaveClass(/enlarged/);
  await talk.press("x");
  await expect(cell.figure).not.toHaveClass(/enlarged/);
});

test("a traceback is shown in its parts, without the runner's own frames", async ({ talk }) => {
  const cell = await firstCell(talk);
  await talk.unlock();
  await cell.edit("def inner():\n    raise ValueError('no')\n\ninner()");
  await cell.button("run").click();
  await cell.ended("error");
  await expect(cell.scroll.locator(".tb-exception")).toHaveText("ValueError: no");
  await expect(cell.scroll.locator(".tb-file")).toHaveCount(2);
  await expect(cell.label).toContainText("Raised");
});

test("output cannot become markup of the page", async ({ talk }) => {
  const cell = await firstCell(talk);
  await talk.unlock();
  await cell.runText("print('<img src=x onerror=alert(1)><b>bold</b>')");
  await expect(cell.scroll).toHaveText("<img src=x onerror=alert(1)><b>bold</b>");
  await expect(cell.scroll.locator("img, b")).toHaveCount(0);
});

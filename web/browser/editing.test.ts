import type { Page } from "@playwright/test";
import type { Cell } from "./cell";
import { expect, test } from "./fixtures";

/** Where the character at `line` (from 1) and `column` (from 0) of a cell's code is drawn, in the code or in its editor: just
 *  right of its left edge. */
function place(page: Page, cell: string, line: number, column: number) {
  return page.evaluate(
    ([cell, line, column]) => {
      const figure = document.getElementById(`cell-${cell}`);
      const editor = figure?.querySelector(".editor")?.shadowRoot;
      const lines = editor ? editor.querySelectorAll(".cm-line") : figure?.querySelectorAll("pre > code > .line");
      const row = lines?.[line - 1];
      if (!row) throw new Error(`${cell} has no line ${line}`);
      const texts = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
      let before = column;
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        const length = text.textContent?.length ?? 0;
        if (before < length) {
          const range = new Range();
          range.setStart(text, before);
          range.setEnd(text, before + 1);
          const { left, top, height, width } = range.getBoundingClientRect();
          return { x: left + width / 5, y: top + height / 2 };
        }
        before -= length;
      }
      throw new Error(`line ${line} of ${cell} has no column ${column}`);
    },
    [cell, line, column] as const,
  );
}

/** The colour and weight of every character of a cell's code, line by line. */
function colours(page: Page, cell: string) {
  return page.evaluate((cell) => {
    const figure = document.getElementById(`cell-${cell}`);
    const editor = figure?.querySelector(".editor")?.shadowRoot;
    const lines = editor ? editor.querySelectorAll(".cm-line") : figure?.querySelectorAll("pre > code > .line");
    return [...(lines ?? [])].map((line) => {
      const texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      const drawn: string[] = [];
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        const { color, fontWeight, fontStyle, fontSize, fontFamily } = getComputedStyle(text.parentElement!);
        const look = `${color} ${fontWeight} ${fontStyle} ${fontSize} ${fontFamily}`;
        drawn.push(...[...(text.textContent ?? "")].filter((char) => char.trim()).map((char) => `${char} ${look}`));
      }
      return drawn;
    });
  }, cell);
}

async function openEditor(cell: Cell): Promise<void> {
  await cell.show();
  await cell.button("edit").click();
  await expect(cell.editor).toBeFocused();
}

test("without the unlock, editing says how to unlock", async ({ talk }) => {
  const [id = ""] = await talk.cells();
  const cell = talk.cell(id);
  await cell.show();
  await cell.button("edit").click();
  await expect(talk.notice("locked")).toContainText("Press U");
  await expect(cell.editor).toHaveCount(0);
  await talk.unlock();
  await expect(talk.notice("locked")).toHaveCount(0);
  await cell.button("edit").click();
  await expect(cell.editor).toBeFocused();
  await talk.press("Escape");
  await talk.press("u");
  await expect(talk.indicator("role")).toHaveAttribute("data-state", "runner");
  await expect(cell.editor).toHaveAttribute("contenteditable", "false");
});

test("an edited cell runs as edited, and the original comes back", async ({ talk }) => {
  const [id = ""] = await talk.cells();
  const cell = talk.cell(id);
  await cell.run();
  const recorded = (await cell.scroll.textContent()) ?? "";
  await expect(cell.button("original")).toBeHidden();
  await talk.unlock();
  await openEditor(cell);
  await cell.editor.fill("6 * 7 + 958");
  await talk.press("Control+Enter");
  await expect(cell.scroll).toHaveText("1000");
  await cell.ended("ok");
  await expect(cell.figure).toHaveAttribute("data-edited", "true");

  await cell.button("original").click();
  await expect(cell.figure).toHaveAttribute("data-edited", "false");
  await expect(cell.figure).toHaveAttribute("data-stale", "true");
  await expect(cell.editor).toHaveText((await cell.original()).replaceAll("\n", ""));
  await cell.run();
  await expect(cell.scroll).toHaveText(recorded.trim());
  await expect(cell.figure).toHaveAttribute("data-stale", "false");
});

test("the deck's keys are letters while one types, and keys again after Esc", async ({ talk }) => {
  const [id = ""] = await talk.cells();
  const cell = talk.cell(id);
  await talk.unlock();
  await openEditor(cell);
  await talk.press("Control+A");
  await talk.page.keyboard.type("jklnhpogfvturse.?[]+-0xcb ");
  await talk.press("PageUp", "PageDown", "ArrowLeft", "ArrowDown", "Home", "End");
  expect(await talk.position()).toEqual({ slide: (await talk.slides())[0], step: 0 });
  await expect(talk.indicator("role")).toHaveAttribute("data-state", "presenter");
  await expect(cell.figure).toHaveAttribute("data-run", "idle");
  await expect(talk.page.locator("dialog[open]")).toHaveCount(0);
  await expect(cell.editor).toHaveText("jklnhpogfvturse.?[]+-0xcb ");

  await talk.press("Escape");
  await expect(cell.editor).not.toBeFocused();
  await talk.press("ArrowRight");
  await expect.poll(async () => (await talk.position()).step).toBe(1);
  await talk.settled();
});

for (const size of [{ width: 1920, height: 1080 }, { width: 960, height: 600 }]) {
  test(`a click puts the cursor where it points, in a window of ${size.width} × ${size.height}`, async ({ talk }) => {
    const { page } = talk;
    await page.setViewportSize(size);
    const [id = ""] = await talk.cells();
    const cell = talk.cell(id);
    await talk.unlock();
    await cell.show();
    const text = (await cell.original()).replace(/\n$/, "").split("\n");
    const targets = text.flatMap((line, index) => {
      const columns = new Set([0, Math.floor(line.length / 2), line.length - 1].filter((column) => /\S/.test(line[column] ?? "")));
      return [...columns].map((column) => ({ line: index + 1, column }));
    });
    expect(targets.length).toBeGreaterThan(4);
    // The first click hits the code and opens the editor, the others hit the editor; where a cursor is without a click comes last.
    for (const { line, column } of targets.toReversed()) {
      const { x, y } = await place(page, id, line, column);
      await page.mouse.click(x, y);
      await expect(cell.editor).toBeFocused();
      await page.keyboard.insertText("¤");
      const rows = await cell.editor.locator(".cm-line").allTextContents();
      const expected = text.with(line - 1, `${text[line - 1]?.slice(0, column)}¤${text[line - 1]?.slice(column)}`);
      expect(rows.map((row) => row.replace(/^\n$/, "")), `line ${line}, column ${column}`).toEqual(expected);
      await talk.press("Backspace");
    }
  });
}

test("opening the editor changes neither colours, nor letters, nor their place", async ({ talk }) => {
  await talk.unlock();
  for (const id of [...(await talk.cells()), ...(await talk.rustCells())]) {
    const cell = talk.cell(id);
    await cell.show();
    const [before, placed] = [await colours(talk.page, id), await place(talk.page, id, 1, 0)];
    expect(before.flat().length).toBeGreaterThan(10);
    await openEditor(cell);
    await expect.poll(() => colours(talk.page, id), { message: id }).toEqual(before);
    const { x, y } = await place(talk.page, id, 1, 0);
    expect.soft([x, y].map(Math.round), `the first letter of ${id}`).toEqual([placed.x, placed.y].map(Math.round));
    await talk.press("Escape");
  }
});

test("a change marks the results that came after it as stale", async ({ talk }) => {
  const [first = "", second = "", third = ""] = await talk.cells();
  const [one, two, later] = [talk.cell(first), talk.cell(second), talk.cell(third)];
  await one.run();
  await two.run();
  await talk.unlock();
  await one.edit("changed = 1");
  await expect(one.figure).toHaveAttribute("data-stale", "true");
  await expect(two.figure).toHaveAttribute("data-stale", "true");
  await expect(two.label).toContainText("Stale");
  await expect(later.figure, "what has no result is not stale").toHaveAttribute("data-stale", "false");
  await two.run();
  await expect(two.figure).toHaveAttribute("data-stale", "false");
  await expect(two.label).not.toContainText("Stale");
});

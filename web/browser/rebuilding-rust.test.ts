import { readFile } from "node:fs/promises";
import type { Cell } from "./cell";
import { expect, test } from "./fixtures";
import type { Talk } from "./talk";

const source = "demo_crate/src/add_one.rs";
/** A first build in an empty folder compiles PyO3. */
const patience = { timeout: 240_000 };

test.beforeEach(() => test.setTimeout(400_000));

/** Replaces a part of a cell's text, and has it built by the key. */
async function rebuild(talk: Talk, cell: Cell, from: string, to: string): Promise<void> {
  await cell.show();
  const text = (await cell.source()).replace(from, () => to);
  if (await cell.button("edit").isVisible()) await cell.button("edit").click();
  await cell.editor.fill(text);
  await talk.press("Control+Enter");
  await expect(cell.figure).toHaveAttribute("data-run", "running");
}

test("Rust that is changed on its slide answers in the cell beside it, and one key leads back", async ({ talk, project }) => {
  const [rust, python] = [talk.cell("edit-add-one"), talk.cell("call-add-one")];
  await python.run();
  await expect(python.scroll).toHaveText("42");
  const before = await readFile(project.path(source), "utf8");
  await talk.unlock();

  await rebuild(talk, rust, "x + 1", "x + 2");
  await expect(rust.label).toHaveText(/^build\s.* · import\s.* · replay\s.* · run\s.* =\s.* · Live: build 1, dev$/, patience);
  await expect(python.scroll).toHaveText("43");
  await expect(python.label).toContainText("build 1, dev");
  await expect(talk.indicator("build")).toHaveText("dev · build 1 · edit-add-one");
  expect(await readFile(project.path(source), "utf8"), "the file is as it was").toBe(before);

  await talk.press("Shift+B");
  await expect(talk.indicator("build")).toContainText("as installed");
  await expect(python.figure).toHaveAttribute("data-stale", "true");
  await python.run();
  await expect(python.scroll).toHaveText("42");
  await expect(rust.label).toContainText("Edited, not built");
  await talk.press("Shift+B");
  await python.run();
  await expect(python.scroll).toHaveText("43");
});

test("what does not compile is said at its place, mended by a click, and the old build answers meanwhile", async ({ talk }) => {
  const [rust, python] = [talk.cell("edit-add-one"), talk.cell("call-add-one")];
  await rust.show();
  await talk.unlock();
  await rebuild(talk, rust, "    x + 1", "    let y = x;\n    y += 1;\n    y");
  await expect(rust.label).toHaveText(/^Does not compile · .* still answers$/, patience);
  await expect(rust.scroll.locator(".rc-error").first()).toHaveText("error[E0384]");
  await expect(rust.figure.locator(".editor .found.error")).toHaveText("y += 1");
  await python.run();
  await expect(python.scroll).toHaveText("42");

  await rust.figure.locator(".findings").getByRole("button", { name: /^Apply: add mut/ }).click();
  await expect(rust.editor).toContainText("let mut y = x;");
  await expect(rust.figure.locator(".editor .found"), "the check in the background").toHaveCount(0, patience);
  await talk.press("Control+Enter");
  await expect(rust.label).toContainText("Live: build 1, dev", patience);
  await expect(python.scroll).toHaveText("42");
});

test("a text that is being typed is checked in the background", async ({ talk }) => {
  const rust = talk.cell("edit-add-one");
  await rust.show();
  await talk.unlock();
  await rust.button("edit").click();
  await rust.editor.fill((await rust.source()).replace("x + 1", "let spare = 1;\n    x + 1"));
  await expect(rust.figure.locator(".editor .found.warning")).toHaveText("spare", patience);
  await expect(rust.figure).toHaveAttribute("data-run", "idle");
});

test("a changed text is written to its file when the difference was seen, and not before", async ({ talk, project }) => {
  const rust = talk.cell("edit-add-one");
  await rust.show();
  await talk.unlock();
  await rust.edit((await rust.source()).replace("x + 1", "x + 2"));
  const dialog = talk.page.locator("dialog.write-back");
  await rust.figure.getByRole("button", { name: "Write back …" }).click();
  await expect(dialog.locator(".diff-removed")).toContainText("x + 1");
  await expect(dialog.locator(".diff-added")).toContainText("x + 2");
  await expect(dialog.getByRole("heading")).toContainText(source);
  await talk.press("Escape");
  expect(await readFile(project.path(source), "utf8")).toContain("x + 1\n");

  await rust.figure.getByRole("button", { name: "Write back …" }).click();
  await dialog.getByRole("button", { name: "Write", exact: true }).click();
  await expect(talk.notice("written")).toContainText(source);
  expect(await readFile(project.path(source), "utf8")).toContain("x + 2\n");
  await expect(rust.figure, "the slide has its text from the file again").toHaveAttribute("data-edited", "false");
});

test("a panic names the line that the slide shows", async ({ talk }) => {
  const cell = talk.cell("panic-missed");
  await cell.run();
  await expect(cell.scroll.locator(".panic .pn-message")).toHaveText(/x must not be zero/);
  await expect(cell.scroll.locator(".traceback")).toContainText("PanicException");
  await expect(talk.cell("edit-panics").figure.locator(".panicked")).toContainText("assert!");
});

test("a panic names the line that the slide shows, though an edit above has moved it in the build", async ({ talk, project }) => {
  const [rust, python] = [talk.cell("edit-panics"), talk.cell("panic-missed")];
  const lines = (await readFile(project.path("demo_crate/src/errors.rs"), "utf8")).split("\n");
  const onDisk = 1 + lines.findIndex((line) => line.startsWith("    assert!(x"));
  await talk.unlock();
  await rebuild(talk, talk.cell("edit-checked"), "    if x < 0 {", "    // One line more.\n    if x < 0 {");
  await expect(talk.cell("edit-checked").label).toContainText("Live: build 1, dev", patience);
  await python.run();
  await expect(python.scroll.locator("a.pn-place"), "in the file as it was built").toContainText(`errors.rs:${onDisk + 1}:`);
  await expect(python.scroll.locator("a.pn-place"), "in the file as it is").toHaveAttribute("href", new RegExp(`#L${onDisk}$`));
  await expect(rust.figure.locator(".panicked")).toContainText("assert!");

  // Beyond the lines that the region has on disk.
  await rebuild(talk, rust, "    assert!", `${"    // One line more.\n".repeat(9)}    assert!`);
  await expect(rust.label).toContainText("Live: build 2, dev", patience);
  await expect(rust.figure.locator(".editor .panicked")).toContainText("assert!");
  await rust.editor.fill((await rust.source()).replace("    // One line more.\n", ""));
  await talk.press("Escape");
  await expect(rust.figure.locator(".panicked"), "another text than what panicked").toHaveCount(0);
});

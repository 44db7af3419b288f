import { expect, test } from "./fixtures";

const chapter = "slides/src/02-first-function.md";
const slide = "two-functions";
const heading = "The same function, twice";

test("a saved chapter changes the open slide in place, and keeps slide, step, result and edits", async ({ talk, project }) => {
  const figure = talk.page.locator(`#${slide} figure.cell`);
  const cell = talk.cell((await figure.getAttribute("data-cell")) ?? "");
  await talk.unlock();
  await cell.runText("print('kept')");
  await talk.goTo(slide, 2);
  await talk.page.evaluate(() => (document.documentElement.dataset["stayed"] = "yes"));
  const before = await talk.position();

  await project.replace(chapter, heading, "The same function, changed");
  await expect(talk.slide.locator("h2")).toHaveText("The same function, changed");
  await expect(talk.page.locator("html"), "the page was not loaded again").toHaveAttribute("data-stayed", "yes");
  expect(await talk.position()).toEqual(before);
  await expect(cell.scroll).toHaveText("kept");
  await expect(cell.editor).toHaveText("print('kept')");
  await expect(cell.figure).toHaveAttribute("data-edited", "true");
  await cell.run();
  await expect(cell.scroll).toHaveText("kept");
});

test("a text that is being typed survives a save", async ({ talk, project }) => {
  const [id = ""] = await talk.cells();
  const cell = talk.cell(id);
  await talk.unlock();
  await cell.show();
  await cell.button("edit").click();
  await cell.editor.fill("print('typed')");
  await project.replace(chapter, heading, "The same function, changed");
  await expect(talk.page.locator(`#${slide} h2`)).toHaveText("The same function, changed");
  await expect(cell.editor).toBeFocused();
  await talk.page.keyboard.press("Control+End");
  await talk.page.keyboard.insertText("  # on");
  await expect(cell.editor).toHaveText("print('typed')  # on");
});

test("a slide that is added or removed leaves the others where they are", async ({ talk, project }) => {
  await talk.goTo(slide);
  const slides = await talk.slides();
  const at = slides.indexOf(slide);
  await project.replace(chapter, `## ${heading}`, `## Before it {#before-it minutes=1}\n\nNew here.\n\n---\n\n## ${heading}`);
  await expect.poll(() => talk.slides()).toEqual(slides.toSpliced(at, 0, "before-it"));
  await expect(talk.slide).toHaveAttribute("id", slide);
  await talk.press("PageUp");
  await expect(talk.slide).toHaveAttribute("id", "before-it");
  await project.replace(chapter, `## Before it {#before-it minutes=1}\n\nNew here.\n\n---\n\n`, "");
  await expect.poll(() => talk.slides()).toEqual(slides);
  expect(slides).toContain((await talk.position()).slide);
});

test("an error in a chapter is shown over the old slides, and goes away when mended", async ({ talk, project }) => {
  await talk.goTo(slide);
  const include = "add_one.rs:add_one";
  const panel = talk.page.locator(".problems");
  await expect(panel).toBeHidden();
  await project.replace(chapter, include, "add_one.rs:add_two");
  await expect(panel).toBeVisible();
  await expect(panel.locator(".place")).toHaveText(new RegExp(`^${chapter}:\\d+$`));
  await expect(panel).toContainText("add_two");
  await expect(talk.slide.locator("h2"), "the old slide stays").toHaveText(heading);
  const cell = talk.cell((await talk.cells())[0] ?? "");
  await cell.runByKey();
  await cell.ended("ok");

  await project.replace(chapter, "add_one.rs:add_two", include);
  await expect(panel).toBeHidden();
});

test("Esc lays the panel of problems aside until there is something new to say", async ({ talk, project }) => {
  await talk.goTo(slide);
  const panel = talk.page.locator(".problems");
  await project.replace(chapter, "add_one.rs:add_one", "add_one.rs:add_two");
  await expect(panel).toBeVisible();
  await talk.press("Escape");
  await expect(panel).toBeHidden();
  await project.replace(chapter, "add_one.rs:add_two", "add_one.rs:add_three");
  await expect(panel).toContainText("add_three");
});

import type { Page } from "@playwright/test";
import { accessibilityFaults } from "./accessibility";
import { expect, test } from "./static-fixtures";

const dialog = (page: Page) => page.locator("dialog.contents");

test("the table of contents lists chapters and slides, marks the current one and leads to the others by keyboard", async ({ open }) => {
  const talk = await (await open("site", {}, "#/two-functions")).ready();
  const { page } = talk;
  await talk.press("m");
  await expect(dialog(page)).toBeVisible();
  const links = dialog(page).locator(".list a");
  const slides = await talk.slides();
  expect(await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")))).toEqual(slides.map((id) => `#/${id}`));
  const current = dialog(page).locator('[aria-current="page"]');
  await expect(current).toHaveAttribute("href", "#/two-functions");
  await expect(current).toBeFocused();
  expect(await accessibilityFaults(page)).toEqual([]);
  await talk.press("ArrowDown", "ArrowDown", "Enter");
  await expect(dialog(page)).toBeHidden();
  await expect(talk.slide).toHaveAttribute("id", slides[slides.indexOf("two-functions") + 2] ?? "");
});

test("no key of the deck works behind the table of contents, and Escape closes it", async ({ open }) => {
  const talk = await (await open("site")).ready();
  await talk.page.getByRole("button", { name: "Contents" }).click();
  await expect(dialog(talk.page)).toBeVisible();
  const before = await talk.position();
  await talk.press("n", "ArrowRight", "PageDown", "t", "Escape");
  await expect(dialog(talk.page)).toBeHidden();
  expect(await talk.position()).toEqual(before);
  await expect(talk.page.locator("html")).not.toHaveAttribute("data-theme");
});

test("a search finds text, code and recorded output, and marks it on the slide", async ({ open }) => {
  const talk = await (await open("site")).ready();
  const { page } = talk;
  const search = async (query: string) => {
    await talk.press("/");
    // At once: the first time the dialog's script has yet to come, and no key may be lost to the deck.
    await page.keyboard.type(query);
    return dialog(page).locator(".results a");
  };
  // Each stands on one slide only, in one kind of place.
  const output = await search("TypeError: 'float' object");
  await expect(output.first()).toContainText("output");
  expect(await accessibilityFaults(page)).toEqual([]);
  await talk.press("Enter");
  await expect(dialog(page)).toBeHidden();
  const figure = page.locator("section.present figure.cell");
  await expect(figure.first()).toHaveAttribute("data-run", "done");
  const marked = () => page.evaluate(() => [...(CSS.highlights.get("found") ?? [])].map((range) => String(range)));
  await expect.poll(marked).toContain("TypeError:");

  const code = await search("find_spec");
  await expect(code.first().locator(".excerpt mark").first()).toHaveText("find_spec");
  await code.first().click();
  await expect.poll(marked).toContain("find_spec");
  await talk.press("Escape");
  expect(await marked()).toEqual([]);

  const nothing = await search("no such words on any slide");
  await expect(nothing).toHaveCount(0);
  await expect(dialog(page).getByRole("status")).toHaveText("Nothing found");
});

for (const leave of ["Enter", "Escape"]) {
  test(`a key that comes right after the search was left by ${leave} opens it again`, async ({ open }) => {
    const talk = await (await open("site")).ready();
    const { page } = talk;
    await talk.press("/");
    await expect(dialog(page)).toBeVisible();
    await page.keyboard.type("find_spec");
    // Both before the browser draws again, as on a machine that is busy.
    await page.evaluate((leave) => {
      for (const key of [leave, "/"]) document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    }, leave);
    await expect(dialog(page)).toBeVisible();
    await expect(dialog(page).getByRole("searchbox")).toBeFocused();
    await expect(dialog(page).getByRole("searchbox")).toHaveValue("");
  });
}

test("Escape closes a search that has words, at once", async ({ open }) => {
  const talk = await (await open("site")).ready();
  await talk.press("/");
  await expect(dialog(talk.page)).toBeVisible();
  await talk.page.keyboard.type("find_spec");
  await talk.press("Escape");
  await expect(dialog(talk.page)).toBeHidden();
});

test("marks that were taken away do not come back", async ({ open }) => {
  const talk = await (await open("site")).ready();
  const { page } = talk;
  await talk.press("/");
  await page.keyboard.type("find_spec");
  await expect(dialog(page).locator(".results a")).toHaveCount(1);
  const marks = () => page.evaluate(() => CSS.highlights.get("found")?.size ?? 0);
  await talk.press("Enter");
  expect(await marks()).toBeGreaterThan(0);
  await talk.press("Escape");
  // Longer than the marks wait for what a cell shows.
  await page.waitForTimeout(600);
  expect(await marks()).toBe(0);
});

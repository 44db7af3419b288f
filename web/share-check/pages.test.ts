import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { accessibilityFaults } from "../browser/accessibility";
import { expect, test } from "./fixtures";
import { files, folder } from "./site";

for (const colorScheme of ["light", "dark"] as const) {
  test(`The pages beside the deck, its contents and its search have no fault that axe-core finds, ${colorScheme}.`, async ({ open }) => {
    const there = new Set(await files());
    for (const path of ["about.html", "404.html", "wheels/index.html"].filter((path) => there.has(path))) {
      const { page } = await open(path);
      await page.emulateMedia({ colorScheme });
      expect(await accessibilityFaults(page), path).toEqual([]);
    }
    const talk = await (await open("")).ready();
    await talk.page.emulateMedia({ colorScheme });
    await talk.press("m");
    await expect(talk.page.locator("dialog.contents [aria-current]")).toBeFocused();
    expect(await accessibilityFaults(talk.page), "contents").toEqual([]);
    await talk.page.keyboard.press("/");
    await talk.page.getByRole("searchbox").fill("rusty");
    await expect(talk.page.locator("dialog.contents .results a")).not.toHaveCount(0);
    expect(await accessibilityFaults(talk.page), "search").toEqual([]);
  });
}

test("Links to the deck have a title, a description and, where the address is known, a picture for those who show them.", async ({ open }) => {
  const { page } = await open("");
  const content = (property: string) => page.locator(`meta[property="${property}"]`).first().getAttribute("content");
  expect(await content("og:title")).toBe(await page.locator("h1, h2").first().textContent());
  expect(await content("og:description")).toMatch(/\S{3}/);
  const canonical = page.locator('link[rel="canonical"]');
  if (!(await canonical.count())) return;
  const address = await canonical.getAttribute("href");
  const picture = await content("og:image");
  expect(picture).toBe(`${address}preview.png`);
  const png = await readFile(join(folder, "preview.png"));
  expect([png.readUInt32BE(16), png.readUInt32BE(20)], "its size").toEqual([1200, 630]);
});

import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { BrowserContextOptions, Page } from "@playwright/test";
import { accessibilityFaults } from "./accessibility";
import { test as base, expect } from "./fixtures";
import { prerequisites } from "./prerequisites";

/** Opens the page that `deck trace --format html` writes for a statement, from a file. */
type Open = (statement: string, options?: BrowserContextOptions) => Promise<Page>;

const test = base.extend<{ open: Open }>({
  open: async ({ project, contextFor }, use) => {
    const { deck, python } = prerequisites();
    await use(async (statement, options) => {
      const traced = promisify(execFile)(deck, ["trace", "--format", "html", "--root", project.folder, "--python", python, "--", statement]);
      const file = project.path("trace.html");
      await writeFile(file, (await traced).stdout);
      const address = pathToFileURL(file).href;
      // Its own file is all that it may ask for.
      const page = await (await contextFor(address, options)).newPage();
      await page.goto(address);
      return page;
    });
  },
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`a trace is a page that draws itself from one file, ${colorScheme}`, async ({ open }) => {
    const page = await open("rusty.add_one(41)", { colorScheme });
    await expect(page.locator(".picture .area")).toBeAttached();
    await expect(page.locator(".panel")).toContainText("machine instructions are yours");
    await expect(page.locator("figcaption")).toContainText("Traced: CPython");
    expect(await page.evaluate(() => document.fonts.ready.then((fonts) => [...fonts].filter(({ status }) => status === "loaded").length))).toBe(3);
    expect(await accessibilityFaults(page)).toEqual([]);
    const box = await page.locator(".drawing").boundingBox();
    expect(box?.height).toBeGreaterThan(300);
    expect(await page.evaluate(() => document.scrollingElement?.scrollHeight)).toBeLessThanOrEqual(720);
  });
}

test("keys and buttons go through its stages, and the arrows through its functions", async ({ open }) => {
  const page = await open("rusty.add_one(41)");
  const lit = page.locator(".stage.lit");
  await page.keyboard.press("PageDown");
  await expect(lit).toHaveAttribute("data-stage", "look-up");
  await page.getByRole("button", { name: "Next stage" }).click();
  await expect(lit).toHaveAttribute("data-stage", "choose");
  await page.getByRole("button", { name: "Stage before" }).click();
  await expect(lit).toHaveAttribute("data-stage", "look-up");
  await page.keyboard.press("End");
  await expect(lit).toHaveCount(0);
  await page.locator(".drawing").focus();
  const at = () => page.locator(".drawing").getAttribute("aria-valuenow");
  // The first press goes to where the call begins.
  await page.keyboard.press("ArrowRight");
  expect(await at()).toBe("0");
  await page.keyboard.press("ArrowRight");
  expect(Number(await at())).toBeGreaterThan(0);
  await page.getByText("Call tree").click();
  await expect(page.locator(".tree .call-tree")).toContainText("_PyEval_EvalFrameDefault");
  await page.getByRole("button", { name: "Light or dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("on a phone nothing is cut off, and without script there are tables and lists", async ({ open }) => {
  const page = await open("rusty.add_one(41)", { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  const [drawing, panel] = [await page.locator(".drawing").boundingBox(), await page.locator(".panel").boundingBox()];
  expect((drawing?.x ?? 0) + (drawing?.width ?? 0)).toBeLessThanOrEqual(390);
  expect(panel?.y).toBeGreaterThanOrEqual((drawing?.y ?? 0) + (drawing?.height ?? 0));
  expect(await page.evaluate(() => document.scrollingElement?.scrollWidth)).toBeLessThanOrEqual(390);

  const plain = await open("rusty.add_one(41)", { javaScriptEnabled: false });
  await expect(plain.locator("table.stages")).toBeVisible();
  const deepest = plain.locator(".call-tree li", { hasText: "add_one" }).last();
  await deepest.scrollIntoViewIfNeeded();
  await expect(deepest).toBeInViewport();
});

test("what is traced is text, whatever it says", async ({ open }) => {
  const statement = "len('</script><script>document.title = 1</script><b>')";
  const page = await open(statement);
  await expect(page.locator(".head .statement")).toHaveText(statement);
  await expect(page).toHaveTitle(`X-ray of ${statement}`);
});

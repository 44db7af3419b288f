import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { homedir, hostname } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BrowserContextOptions, Page } from "@playwright/test";
import { accessibilityFaults } from "./accessibility";
import { test as base, expect } from "./fixtures";
import { build, StaticSite } from "./static-site";
import { Talk } from "./talk";

/** Opens a page of the handout that `make book` has built. */
type Open = (page: string, options?: BrowserContextOptions) => Promise<Page>;

const root = join(import.meta.dirname, "../..");
const handout = join(root, "dist/handout");
if (!existsSync(join(handout, "index.html"))) throw new Error("dist/handout is missing: run `make book`");

const test = base.extend<{ open: Open }>({
  open: async ({ contextFor }, use) => {
    const site = await StaticSite.serve(handout, "/talks/deck/handout/");
    const pages: Page[] = [];
    await use(async (name, options) => {
      const page = await (await contextFor(new URL(site.address).origin, options)).newPage();
      pages.push(page);
      await page.goto(site.address + name);
      return page;
    });
    for (const page of pages) await page.close();
    await site.end();
  },
});

/** The pages of chapters; one whose slides are all only planned has none. */
async function chapters(): Promise<string[]> {
  return (await readdir(handout)).filter((file) => /^\d.*\.html$/.test(file));
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`every page of the handout is whole, accessible and asks nobody else, ${colorScheme}`, async ({ open }) => {
    test.setTimeout(180_000);
    const faults: string[] = [];
    const page = await open("index.html", { colorScheme, reducedMotion: "reduce" });
    for (const name of ["index.html", ...(await chapters())]) {
      await page.goto(new URL(name, page.url()).href);
      await expect(page.locator("main h1")).toHaveCount(1);
      await expect(page.locator("main .about a").first()).toHaveAttribute("href", /^\.\.\/index\.html#\//);
      // What is around it is mdBook's own.
      faults.push(...(await accessibilityFaults(page, "main")));
    }
    expect(faults).toEqual([]);
    await page.goto(new URL("print.html", page.url()).href);
    await expect(page.locator("main h1")).toHaveCount((await chapters()).length);
  });
}

test("on a phone no page is wider than the screen", async ({ open }) => {
  const page = await open("index.html", { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  for (const name of await chapters()) {
    await page.goto(new URL(name, page.url()).href);
    expect(await page.evaluate(() => document.scrollingElement?.scrollWidth), name).toBeLessThanOrEqual(390);
  }
});

test("Alt+P shows the slides' parts in the place of the readers', and back", async ({ open }) => {
  const page = await open("04-dive.html");
  const readers = page.getByText("gets no opcode of its own: nobody made one for it");
  const slides = page.getByText("A question: does noargs() get a fast opcode, too?");
  const everyone = page.getByText("Rust's way of giving up unwinds the stack");
  const expectShown = async (readersPart: boolean) => {
    await expect(readers).toBeVisible({ visible: readersPart });
    await expect(slides).toBeVisible({ visible: !readersPart });
    await expect(everyone).toBeVisible();
  };
  await expectShown(true);
  await page.keyboard.press("Alt+p");
  await expectShown(false);
  await page.reload();
  await expectShown(false);
  await page.keyboard.press("Alt+p");
  await expectShown(true);
});

test("an X-ray stands still: picture, figures, and the call as text", async ({ open }) => {
  const page = await open("04-dive.html", { javaScriptEnabled: false });
  const figure = page.locator("#xray-warm-call");
  await expect(figure.locator("svg.profile")).toHaveCount(2);
  await expect(figure.getByRole("img").first()).toHaveAccessibleDescription(/Stages: 1 look up, \d+;/);
  await expect(figure.locator("table.stages")).toBeVisible();
  await expect(figure.locator(".label")).toContainText("Recorded: CPython");
  await figure.getByText("The call as a tree").click();
  await expect(figure.locator(".tree")).toContainText("fastcall_cfunction_with_keywords");
});

test("outputs stand below their cells, expected errors and the compiler's word as well", async ({ open }) => {
  const page = await open("05-errors.html");
  await expect(page.locator(".output .traceback").first()).toContainText("Error");
  await expect(page.locator(".output .label").first()).toContainText("Recorded: CPython");
  const pages = await Promise.all((await chapters()).map((name) => readFile(join(handout, name), "utf8")));
  expect(pages.join("")).toContain('class="rc-error"');
});

test("the search finds a word of a section and leads there", async ({ open }) => {
  const page = await open("01-why.html");
  await page.keyboard.press("s");
  await page.locator("#searchbar").pressSequentially("trampoline");
  const found = page.locator("#searchresults a", { hasText: "trampoline" }).first();
  await expect(found).toBeVisible();
  await found.click();
  await expect(page).toHaveURL(/04-dive\.html.*#enter$/);
});

test("a slide leads to its section of the handout, where there is one", async ({ project, contextFor }) => {
  const folder = await build(project);
  const file = join(folder, "index.html");
  const page = (await readFile(file, "utf8")).replace('<section id="profile"', '<section id="profile" data-handout="handout/01-why.html#profile"');
  await writeFile(file, page);
  const context = await contextFor("file://");
  const talk = new Talk(await context.newPage());
  await talk.page.goto(`${pathToFileURL(file).href}#/profile`);
  await talk.ready();
  const link = talk.page.getByRole("link", { name: "Handout" });
  await expect(link).toHaveAttribute("href", "handout/01-why.html#profile");
  await talk.goTo("environment");
  await expect(link).toBeHidden();
});

test("nothing of the handout is the speaker's, or of the machine that built it", async () => {
  const files = (await readdir(handout, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const texts = await Promise.all(files.filter(({ name }) => /\.(html|js|css|json|txt|svg)$/.test(name)).map(({ parentPath, name }) => readFile(join(parentPath, name), "utf8")));
  const all = texts.join("\n").replaceAll(/\s+/g, " ");
  const written = (await readdir(join(root, "slides/src"))).filter((name) => name.endsWith(".md"));
  const sources = await Promise.all(written.map((name) => readFile(join(root, "slides/src", name), "utf8")));
  const notes = sources.flatMap((text) => [...text.matchAll(/^\$notes\$\n(.*?)^\$notes-end\$/gms)].flatMap(([, spoken = ""]) => spoken.split("\n")));
  const sentences = notes.filter((line) => line.length > 30 && !line.includes("{{#"));
  expect(sentences.length).toBeGreaterThan(50);
  expect(sentences.filter((line) => all.includes(line.replaceAll(/\s+/g, " ").slice(0, 60)))).toEqual([]);
  const word = (text: string) => new RegExp(`(?<![\\w-])${text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\w-])`);
  for (const own of [root, homedir(), hostname()]) expect(all).not.toMatch(word(own));
});

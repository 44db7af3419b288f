import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "./fixtures";
import { Talk } from "../browser/talk";
import { folder } from "./site";

const fromDisk = pathToFileURL(join(folder, "index.html")).href;

for (const way of ["from a host, below a path", "from disk"] as const) {
  test(`Every slide opens by its own link and has its own title, ${way}.`, async ({ site, contextFor }) => {
    test.setTimeout(240_000);
    const address = way === "from disk" ? fromDisk : site.address;
    const context = await contextFor(way === "from disk" ? "file://" : new URL(address).origin, { reducedMotion: "reduce" });
    const page = await context.newPage();
    await page.goto(address);
    const talk = await new Talk(page).ready();
    const slides = await talk.slides();
    expect(slides.length).toBeGreaterThan(1);
    const titles = new Map<string, string>();
    for (const slide of slides) {
      await page.goto("about:blank");
      await page.goto(`${address}#/${slide}`);
      await talk.ready();
      expect((await talk.position()).slide).toBe(slide);
      await expect(talk.slide.locator("h1, h2").first(), slide).toBeAttached();
      titles.set(slide, await page.title());
    }
    for (const [slide, title] of titles) expect(title, slide).toContain(await page.locator(`section#${slide}`).getAttribute("data-title"));
  });
}

test("Nothing of the browser's Python, nor of the live deck, is fetched before a reader asks for it, and nothing from another host.", async ({ open }) => {
  test.setTimeout(120_000);
  const fetched: string[] = [];
  const talk = await open("about.html");
  talk.page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  await talk.page.goto(talk.page.url().replace("about.html", ""));
  await talk.ready();
  const slides = await talk.slides();
  for (const slide of slides) await talk.goTo(slide);
  expect(fetched.length).toBeGreaterThan(3);
  expect(fetched.filter((path) => /\/python\/|live\.js|editor\.js|favicon\.ico/.test(path))).toEqual([]);
});

test("No page moves while it loads, nothing but its own style holds it up, and pictures have their sizes.", async ({ open }) => {
  for (const path of ["", "about.html", "404.html"]) {
    const { page } = await open(path);
    await page.waitForLoadState("networkidle");
    const seen = await page.evaluate(async () => {
      const shifts = await new Promise<PerformanceEntry[]>((resolve) => {
        const found: PerformanceEntry[] = [];
        new PerformanceObserver((list) => found.push(...list.getEntries())).observe({ type: "layout-shift", buffered: true });
        requestAnimationFrame(() => setTimeout(() => resolve(found), 100));
      });
      const resources = performance.getEntriesByType("resource") as (PerformanceResourceTiming & { renderBlockingStatus?: string })[];
      return {
        shift: shifts.reduce((sum, entry) => sum + (entry as PerformanceEntry & { value: number }).value, 0),
        blocking: resources.filter(({ renderBlockingStatus }) => renderBlockingStatus === "blocking").map(({ name }) => name.split("/").slice(-2).join("/")),
        unsized: [...document.images].filter((image) => !image.getAttribute("width") || !image.getAttribute("height")).map(({ src }) => src),
      };
    });
    const own = path === "" ? ["assets/deck.css"] : path === "about.html" ? ["assets/paper.css"] : [];
    expect(seen, path || "the deck").toEqual({ shift: 0, blocking: own, unsized: [] });
  }
});

test("A wrong address leads back to the deck, at any depth.", async ({ site, browser }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  for (const wrong of ["nowhere", "nowhere/at/all.html", "source/nowhere"]) {
    const answer = await page.goto(site.address + wrong);
    expect(answer?.status()).toBe(404);
    const back = page.getByRole("link", { name: "To the first slide" });
    await expect.poll(() => back.evaluate((link: HTMLAnchorElement) => link.href), { message: wrong }).toBe(`${site.address}index.html`);
    await back.click();
    await new Talk(page).ready();
  }
  await context.close();
});

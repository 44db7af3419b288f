import { expect, test } from "./static-fixtures";

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, reducedMotion: "reduce" } as const;

test("on a phone the shared deck is one page to read: every slide, with all code and output, and nothing is cut", async ({ open }) => {
  const talk = await (await open("site", phone)).ready();
  const { page } = talk;
  for (const slide of await talk.slides()) {
    await page.locator(`[id="${slide}"]`).scrollIntoViewIfNeeded();
    const faults = await page.evaluate((slide) => {
      const root = document.getElementById(slide)!;
      const room = root.getBoundingClientRect();
      const isShown = (element: Element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      const high = [...root.querySelectorAll("pre, .output, figure, table, p, li")].filter(isShown);
      return [
        ...(isShown(root) && !root.matches("[inert], [hidden], [aria-hidden]") ? [] : ["is hidden"]),
        ...high.filter((element) => element.getBoundingClientRect().bottom > room.bottom + 1).map((element) => `ends before <${element.tagName} class="${element.className}">`),
        ...[...root.querySelectorAll("figure.code > pre")].filter((code) => code.scrollHeight > code.clientHeight + 1).map(() => "cuts code"),
        ...[...root.querySelectorAll("figure.cell > .output pre")].filter((output) => !isShown(output)).map(() => "hides what was recorded"),
      ];
    }, slide);
    expect(faults, slide).toEqual([]);
  }
  expect(await page.evaluate(() => document.scrollingElement?.scrollWidth)).toBe(390);
});

test("on a phone scrolling moves address, title and footer along, and links lead to their slides", async ({ open }) => {
  const talk = await (await open("site", phone, "#/two-functions")).ready();
  const { page } = talk;
  /** Where a slide begins is rounded twice, by the phone's scale and by the scrolled page. */
  const isAtTop = (slide: string) => page.locator(`[id="${slide}"]`).evaluate((element) => Math.abs(element.getBoundingClientRect().top) <= 2);
  await expect.poll(() => isAtTop("two-functions")).toBe(true);
  const slides = await talk.slides();
  const next = slides[slides.indexOf("two-functions") + 1] ?? "";
  await page.evaluate((next) => document.getElementById(next)?.scrollIntoView(), next);
  await expect(talk.slide).toHaveAttribute("id", next);
  await expect.poll(() => page.evaluate(() => location.hash.split("/")[1])).toBe(next);
  await expect(page).toHaveTitle(new RegExp(`^${await talk.slide.getAttribute("data-title")}`));
  await page.getByRole("button", { name: "Contents" }).tap();
  await page.locator(`dialog.contents a[href="#/bet"]`).tap();
  await expect.poll(() => isAtTop("bet")).toBe(true);
  await page.getByRole("button", { name: "Next step" }).tap();
  await expect.poll(() => isAtTop(slides[1] ?? "")).toBe(true);
});

test("on a phone that gets wider, scrolling still moves the title along", async ({ open }) => {
  const talk = await (await open("site", phone, "#/two-functions")).ready();
  const { page } = talk;
  await page.setViewportSize({ width: 430, height: 932 });
  await expect(page.locator("html")).toHaveClass(/reading/);
  await page.evaluate(() => new Promise(requestAnimationFrame));
  for (const slide of ["bet", "three-ideas"]) {
    await page.evaluate((slide) => document.getElementById(slide)?.scrollIntoView(), slide);
    await expect(talk.slide).toHaveAttribute("id", slide);
  }
});

test("on a phone a reader who has scrolled stays where they are, whatever is drawn above it meanwhile", async ({ open }) => {
  const talk = await (await open("site", phone)).ready();
  const { page } = talk;
  const slides = await talk.slides();
  const [above, here] = [slides[1] ?? "", slides[2] ?? ""];
  const top = () => page.locator(`[id="${here}"]`).evaluate((element) => Math.abs(Math.round(element.getBoundingClientRect().top)));
  await page.evaluate((here) => document.getElementById(here)?.scrollIntoView(), here);
  await expect(page.locator(`[id="${above}"] figure.xray`)).toHaveAttribute("data-drawn", "");
  await talk.settled();
  await expect.poll(top).toBeLessThanOrEqual(2);

  const height = () => page.locator(`[id="${above}"]`).evaluate((element) => element.getBoundingClientRect().height);
  const before = await height();
  await page.evaluate((above) => (document.getElementById(above)!.style.borderBottom = "300px solid"), above);
  expect(await height()).toBeGreaterThan(before + 200);
  await expect.poll(top).toBeLessThanOrEqual(2);
  await expect(talk.slide).toHaveAttribute("id", here);
});

test("on a phone a link leads to its slide, whatever is drawn above it meanwhile", async ({ open }) => {
  const talk = await (await open("site", phone, "#/xray")).ready();
  const { page } = talk;
  const slides = await talk.slides();
  const above = page.locator(`[id="${slides[slides.indexOf("xray") - 1]}"] figure.xray`);
  for (const figure of [above, talk.slide.locator("figure.xray")]) await expect(figure).toHaveAttribute("data-drawn", "");
  await talk.settled();
  const top = () => page.locator('[id="xray"]').evaluate((element) => Math.round(element.getBoundingClientRect().top));
  await expect.poll(async () => Math.abs(await top())).toBeLessThanOrEqual(2);
  expect(await talk.position()).toMatchObject({ slide: "xray" });

  await page.evaluate(() => scrollBy({ top: 200, behavior: "instant" }));
  await expect.poll(top, { message: "the reader moves on" }).toBeLessThan(-150);
});

test("a phone that is turned, and turned back, keeps its slide", async ({ open }) => {
  const talk = await (await open("site", phone, "#/two-functions")).ready();
  const html = talk.page.locator("html");
  await expect(html).toHaveClass(/reading/);
  await talk.page.setViewportSize({ width: 844, height: 390 });
  await expect(html).not.toHaveClass(/reading/);
  await expect(talk.slide).toHaveAttribute("id", "two-functions");
  await talk.page.setViewportSize({ width: 390, height: 844 });
  await expect(html).toHaveClass(/reading/);
  await expect(talk.slide).toHaveAttribute("id", "two-functions");
});

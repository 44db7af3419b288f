import { expect, test } from "./static-fixtures";
import { Talk } from "./talk";

for (const way of ["file", "site"] as const) {
  test(`the static deck plays its recordings, opened from a ${way}`, async ({ open }) => {
    const talk = await (await open(way)).ready();
    await expect(talk.indicator("connection")).toBeHidden();
    const slides = await talk.slides();
    const seen = new Set<string>();
    for (let last = ""; ; ) {
      const here = await talk.position();
      seen.add(here.slide);
      if (JSON.stringify(here) === last) break;
      last = JSON.stringify(here);
      await talk.press("PageDown");
      await talk.settled();
    }
    expect([...seen]).toEqual(slides);
    const cells = await talk.cells();
    expect(cells.length).toBeGreaterThan(0);
    for (const id of cells) {
      const cell = talk.cell(id);
      await expect(cell.figure).toHaveAttribute("data-run", "done");
      await expect(cell.scroll, `${id} shows its recording`).toHaveText(/\S/);
      await expect(cell.label).toContainText("Recorded");
      await expect(cell.button("edit")).toHaveCount(0);
    }
  });

  test(`a link to a slide leads there, from a ${way}`, async ({ open }) => {
    const talk = await (await open(way, {}, "#/two-functions/1")).ready();
    expect(await talk.position()).toEqual({ slide: "two-functions", step: 2 });
    await expect(talk.slide.locator(".line.lit")).not.toHaveCount(0);
  });
}

for (const way of ["file", "site"] as const) {
  test(`the typefaces are there before the first slide is seen, opened from a ${way}`, async ({ addressOf, contextFor }) => {
    const address = await addressOf(way);
    const page = await (await contextFor(way === "site" ? new URL(address).origin : "file://")).newPage();
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        if (!document.documentElement.classList.contains("shown")) return;
        observer.disconnect();
        Object.assign(window, { typefaces: [...document.fonts].map(({ family, weight, status }) => `${family} ${weight} ${status}`) });
      }).observe(document, { attributes: true, subtree: true, attributeFilter: ["class"] });
    });
    await page.goto(address);
    await new Talk(page).ready();
    const typefaces = await page.evaluate(() => (window as { typefaces?: string[] }).typefaces);
    expect(typefaces?.toSorted()).toEqual(["Hanken Grotesk 400 loaded", "Hanken Grotesk 600 loaded", "IBM Plex Mono 400 loaded"]);
  });
}

test("what a cell shows is its recording, to the letter", async ({ open }) => {
  const talk = await (await open("site")).ready();
  for (const id of await talk.cells()) {
    const cell = talk.cell(id);
    await cell.show();
    await cell.button("run").click();
    await cell.ended();
    const recorded = await talk.page.evaluate((id) => {
      const events = window.deck!.data.cells[id]?.recording?.events ?? [];
      return events.flatMap((event) => (event.event === "stream" ? [event.data] : event.event === "error" && event.error.kind === "traceback" ? [event.error.text] : []));
    }, id);
    expect(recorded.every((text) => typeof text === "string"), `${id} is text`).toBe(true);
    await expect.poll(async () => (await cell.scroll.textContent())?.trim(), { message: id }).toBe(recorded.join("").trim());
  }
});

test("the code of a figure can be copied", async ({ open }) => {
  const talk = await (await open("site", { permissions: ["clipboard-read", "clipboard-write"] })).ready();
  const [id = ""] = await talk.cells();
  const cell = talk.cell(id);
  await cell.show();
  await cell.button("copy").click();
  await expect(cell.button("copy")).toHaveText("Copied");
  expect(await talk.page.evaluate(() => navigator.clipboard.readText())).toBe(await cell.original());
});

test("the theme changes by key, and follows the system before", async ({ open }) => {
  const talk = await (await open("file", { colorScheme: "dark" })).ready();
  const background = () => talk.page.evaluate(() => getComputedStyle(document.querySelector(".reveal")!).backgroundColor);
  const dark = await background();
  await talk.page.emulateMedia({ colorScheme: "light" });
  const light = await background();
  expect(light).not.toBe(dark);
  await talk.press("t");
  await expect(talk.page.locator("html")).toHaveAttribute("data-theme", "dark");
  expect(await background()).toBe(dark);
  await talk.page.reload();
  await talk.ready();
  expect(await background(), "the choice outlives a reload").toBe(dark);
});

test("the help lists the keys, and closes", async ({ open }) => {
  const talk = await (await open("file")).ready();
  const help = talk.page.locator("dialog.help");
  await talk.press("?");
  await expect(help).toBeVisible();
  await expect(help.locator("dt")).not.toHaveCount(0);
  await expect(help).toContainText("Next step");
  await talk.press("Escape");
  await expect(help).toBeHidden();
});

test("code and output have keys for their size", async ({ open }) => {
  const talk = await (await open("file")).ready();
  const [id = ""] = await talk.cells();
  const cell = talk.cell(id);
  await cell.show();
  await cell.button("run").click();
  await cell.ended();
  const size = (selector: string) => cell.figure.locator(selector).first().evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
  const [code, output] = [await size(":scope > pre"), await size(".output pre")];
  await talk.press("+", "+", "]");
  expect(await size(":scope > pre")).toBeCloseTo(code * 1.21, 1);
  expect(await size(".output pre")).toBeCloseTo(output * 1.1, 1);
  await talk.press("-", "-", "-");
  expect(await size(":scope > pre")).toBeLessThan(code);
  await talk.press("0");
  expect([await size(":scope > pre"), await size(".output pre")]).toEqual([code, output]);
});

test("a snippet leads to its source, at its line", async ({ open }) => {
  const talk = await (await open("site")).ready();
  const links = await talk.page.locator("figcaption a[href]").evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
  expect(links.length).toBeGreaterThan(0);
  for (const link of new Set(links)) {
    await talk.page.goto(link);
    await expect(talk.page.locator(`[id="${new URL(link).hash.slice(1)}"]`), link).toBeVisible();
  }
});

test("without script, all code and all recorded output can be read", async ({ open, addressOf, contextFor }) => {
  // Read with script what there is, then look for it without.
  const talk = await (await open("site")).ready();
  const deck = await talk.page.evaluate(() => ({
    titles: window.deck!.deck.getSlides().map((slide) => slide.querySelector("h1, h2")?.textContent ?? ""),
    cells: Object.entries(window.deck!.data.cells).map(([id, { source, recording }]) => ({ id, source, label: recording?.label ?? "" })),
  }));
  const address = await addressOf("site");
  const context = await contextFor(new URL(address).origin, { javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(address);
  for (const title of deck.titles) await expect(page.getByRole("heading", { name: title, exact: true }).first()).toBeVisible();
  for (const { id, source, label } of deck.cells) {
    const figure = page.locator(`#cell-${id}`);
    await expect(figure.locator("> pre > code")).toBeVisible();
    expect((await figure.locator("> pre > code").textContent())?.trim()).toBe(source.trim());
    if (!label) continue;
    await expect(figure.locator(".output > pre").first()).toBeVisible();
    await expect(figure.locator(".output > pre").first()).toHaveText(/\S/);
    await expect(figure.locator(".output > .label")).toHaveText(label);
  }
  const boxes = await page.locator("section").evaluateAll((slides) => slides.map((slide) => slide.getBoundingClientRect()).map(({ top, bottom }) => ({ top, bottom })));
  boxes.slice(1).forEach((box, index) => expect(box.top, "slides stand one under the other").toBeGreaterThanOrEqual((boxes[index]?.bottom ?? 0) - 1));
});

import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import type { Talk } from "./talk";

/** Every position of the deck in order, as its page is built: each slide, and each of its steps. */
function positions(page: Page) {
  return page.evaluate(() =>
    window.deck!.deck.getSlides().flatMap((slide) => {
      const steps = slide.querySelectorAll(".fragment").length;
      return Array.from({ length: steps + 1 }, (_, step) => ({ slide: slide.id, step }));
    }),
  );
}

/** How every cell that was recorded ended. */
function recordedStatuses(page: Page) {
  return page.evaluate(() =>
    Object.entries(window.deck!.data.cells).flatMap(([id, { recording, language }]) => {
      const end = recording?.events.at(-1);
      return end?.event === "finished" ? [{ id, status: end.status, language }] : [];
    }),
  );
}

/** Presses a key until the deck moves no further, and returns every position on the way. */
async function walk(talk: Talk, key: string) {
  const path = [await talk.position()];
  for (;;) {
    await talk.press(key);
    await talk.settled();
    const here = await talk.position();
    const last = path.at(-1);
    if (here.slide === last?.slide && here.step === last.step) return path;
    path.push(here);
  }
}

test("a clicker presents the whole deck, there and back", async ({ talk }) => {
  // In an empty folder, PyO3 is compiled before the cell that imports a second build has its turn.
  test.setTimeout(240_000);
  const { page } = talk;
  const all = await positions(page);
  expect(await walk(talk, "PageDown")).toEqual(all);

  for (const { id, status, language } of await recordedStatuses(page)) {
    const cell = talk.cell(id);
    await expect(cell.figure, `${id} has run`).toHaveAttribute("data-run", "done");
    await expect(cell.figure, `${id} ended as recorded`).toHaveAttribute("data-status", status);
    await expect(cell.scroll, `${id} shows output`).toHaveText(/\S/);
    // The compiler is the presenter's; a deck that is locked shows what it said.
    await expect(cell.label, `${id} says who spoke`).toContainText(language === "rust" ? "Recorded" : "Live");
  }

  expect(await walk(talk, "PageUp")).toEqual(all.toReversed());
  for (const id of await talk.cells()) await expect(talk.cell(id).figure, `${id} keeps its result`).toHaveAttribute("data-run", "done");
});

test("a cell that has run is no step any more, and runs once", async ({ talk }) => {
  test.setTimeout(240_000);
  const { page } = talk;
  const all = await positions(page);
  const runSteps = await page.evaluate(() =>
    window.deck!.deck.getSlides().flatMap((slide) =>
      [...slide.querySelectorAll(".fragment")].flatMap((fragment, index) => (fragment.matches(".run") ? [`${slide.id} ${index + 1}`] : [])),
    ),
  );
  await walk(talk, "PageDown");
  const runs = () => page.evaluate(() => Object.values(window.deck!.store.stage.cells).map(({ events }) => JSON.stringify(events.at(-1))));
  const before = await runs();
  await talk.goTo(all[0]?.slide ?? "");
  // At the very end there is nothing to go on to.
  const expected = all.filter(({ slide, step }, index) => !runSteps.includes(`${slide} ${step}`) || index === all.length - 1);
  expect(expected.length).toBeLessThan(all.length);
  expect(await walk(talk, "PageDown")).toEqual(expected);
  expect(await runs()).toEqual(before);
});

test("a jump runs no cell, neither over them nor behind them", async ({ talk }) => {
  const slides = await talk.slides();
  await talk.press("End");
  expect(await talk.position()).toMatchObject({ slide: slides.at(-1) });
  for (const slide of slides) {
    const steps = await talk.page.locator(`#${slide} .fragment`).count();
    // A jump over one step is the same as Next.
    if (steps < 2) continue;
    await talk.goTo(slide, steps);
    expect(await talk.position()).toEqual({ slide, step: steps });
  }
  // The server answers in order: a run would have been noted before the unlock.
  await talk.unlock();
  for (const id of await talk.cells()) await expect(talk.cell(id).figure).toHaveAttribute("data-run", "idle");
});

test("a stepped highlight lights one stage after the other", async ({ talk }) => {
  const figure = talk.page.locator("figure[data-steps]").first();
  const [slide, stages] = await figure.evaluate((figure) => [figure.closest("section")!.id, figure.dataset["steps"]!.split("|")] as const);
  const lit = () => figure.locator(".line.lit").evaluateAll((lines) => lines.map((line) => line.dataset["line"]).join(","));
  await talk.goTo(slide);
  for (const [index, stage] of stages.entries()) {
    if (index) {
      // Steps of other figures on the slide come between.
      while ((await figure.locator(".fragment.step.visible").count()) < index) await talk.press("PageDown");
    }
    expect(await lit()).toBe(stage);
  }
});

test("a jump by the address runs nothing", async ({ talk }) => {
  const { page } = talk;
  const place = await page.evaluate(() => {
    const run = document.querySelector(".fragment.run")!;
    const slide = run.closest("section")!;
    return { slide: slide.id, step: [...slide.querySelectorAll(".fragment")].indexOf(run) + 1, cell: (run as HTMLElement).dataset["cell"]! };
  });
  await talk.goTo(place.slide, place.step - 1);
  await page.evaluate(({ slide, step }) => (location.hash = `/${slide}/${step - 1}`), place);
  await expect.poll(() => talk.position()).toEqual({ slide: place.slide, step: place.step });
  // Cells run in the order in which they were asked for: once another one has ended, this one would have ended too.
  const other = talk.cell((await talk.cells()).find((id) => id !== place.cell)!);
  await other.run();
  await expect(talk.cell(place.cell).figure).toHaveAttribute("data-run", "idle");
});

test("all slides at a glance, black, full screen: each by its key, and back by the same", async ({ talk }) => {
  const { page } = talk;
  const reveal = page.locator(".reveal");
  await talk.press("o");
  await expect(reveal).toHaveClass(/overview/);
  await talk.press("o");
  await expect(reveal).not.toHaveClass(/overview/);
  for (const key of [".", "v"]) {
    await talk.press(key);
    await expect(reveal).toHaveClass(/paused/);
    await talk.press(key);
    await expect(reveal).not.toHaveClass(/paused/);
  }
  const isFull = () => page.evaluate(() => document.fullscreenElement !== null);
  await talk.press("f");
  await expect.poll(isFull).toBe(true);
  await talk.press("f");
  await expect.poll(isFull).toBe(false);
});

test("the typefaces come with the style", async ({ talk: { page } }) => {
  const statuses = await page.evaluate(() => [...document.fonts].map(({ status }) => status));
  expect(statuses).toEqual(["loaded", "loaded", "loaded"]);
  const asked = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
  expect(asked.filter((name) => name.includes("woff"))).toEqual([]);
});

import { accessibilityFaults } from "./accessibility";
import { expect, test } from "./fixtures";
import { layoutFaults } from "./layout";
import { Talk } from "./talk";
import { textFaults } from "./text-sizes";

/** Waits until nothing moves any more: a colour on its way would be measured halfway. */
async function still({ page }: Talk): Promise<void> {
  await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0);
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`every slide at every step: layout, sizes and accessibility, ${colorScheme}`, async ({ server, contextFor }) => {
    test.setTimeout(240_000);
    const context = await contextFor(server.origin, { colorScheme, reducedMotion: "reduce" });
    const page = await context.newPage();
    await page.goto(server.link);
    const talk = await new Talk(page).live();
    await page.evaluate(() => window.deck!.deck.configure({ transition: "none" }));

    /** Each fault with the step at which it was first seen. */
    const faults = new Map<string, string>();
    const note = (found: string[], when: string) => found.forEach((fault) => faults.set(fault, faults.get(fault) ?? when));
    for (const slide of await talk.slides()) {
      await talk.goTo(slide);
      const steps = await talk.slide.locator(".fragment").count();
      for (let step = 0; step <= steps; step++) {
        if (step) await talk.press("PageDown");
        await talk.settled();
        await still(talk);
        note(await layoutFaults(page), `step ${step}`);
        note(await textFaults(page), `step ${step}`);
        // Each kind of state once: at rest, with the first thing lit or run, and with everything done.
        if (step < 2 || step === steps) note(await accessibilityFaults(page), `step ${step}`);
      }
    }
    expect([...faults].map(([fault, when]) => `${fault} (${when})`)).toEqual([]);
  });
}

test("a page is accessible with what opens over it", async ({ talk, project }) => {
  const { page } = talk;
  await talk.unlock();
  const cell = talk.cell((await talk.cells())[0] ?? "");
  await cell.edit("def inner():\n    raise ValueError('no')\n\ninner()");
  await cell.run();
  await still(talk);
  expect(await accessibilityFaults(page), "editor and traceback").toEqual([]);
  await cell.button("enlarge").click();
  expect(await accessibilityFaults(page), "enlarged output").toEqual([]);
  await talk.press("Escape", "?");
  await expect(page.locator("dialog.help")).toBeVisible();
  await still(talk);
  expect(await accessibilityFaults(page), "help").toEqual([]);
  await talk.press("Escape");
  await project.replace("slides/src/02-first-function.md", "add_one.rs:add_one", "add_one.rs:add_two");
  await expect(page.locator(".problems")).toBeVisible();
  expect(await accessibilityFaults(page), "problems").toEqual([]);
});

test("on a phone nothing is wider than the screen", async ({ server, contextFor }) => {
  const width = 390;
  const context = await contextFor(server.origin, { viewport: { width, height: 844 }, isMobile: true, hasTouch: true, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(server.link);
  const talk = await new Talk(page).live();
  const faults: string[] = [];
  for (const slide of await talk.slides()) {
    await talk.goTo(slide);
    faults.push(
      ...(await page.evaluate((width) => {
        const id = document.querySelector("section.present")?.id;
        const page = document.scrollingElement?.scrollWidth ?? 0;
        const wide = [...document.querySelectorAll("section.present *, .deck-footer *")].filter((element) => {
          const box = element.getBoundingClientRect();
          // What is wider than a box that scrolls is reached by scrolling.
          const scrolls = element.parentElement?.closest("pre, .scroll, table") != null;
          return !scrolls && box.width > 0 && element.checkVisibility() && (box.right > width + 1 || box.left < -1);
        });
        const lines = wide.map((element) => `#${id} <${element.tagName.toLowerCase()} class="${element.className}"> ends at ${Math.round(element.getBoundingClientRect().right)} px`);
        return page > width ? [`#${id} makes the page ${page} px wide`, ...lines] : lines;
      }, width)),
    );
  }
  expect(faults).toEqual([]);
});

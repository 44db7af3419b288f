import { accessibilityFaults } from "./accessibility";
import { expect, test } from "./fixtures";
import { Talk } from "./talk";

test("a browser that was not let in reads what to do", async ({ server, contextFor, faults }) => {
  faults.expect(/403/);
  const context = await contextFor(server.origin);
  const page = await context.newPage();
  expect((await page.goto(server.origin))?.status()).toBe(403);
  await expect(page.locator("body")).toContainText("Open the link that `deck serve` printed");
  expect(await accessibilityFaults(page)).toEqual([]);
});

test("a link lets one browser in, once", async ({ talk, server, contextFor, faults }) => {
  faults.expect(/403/);
  await talk.press("PageDown");
  const page = await (await contextFor(server.origin)).newPage();
  expect((await page.goto(server.link))?.status()).toBe(403);
  await expect(page.locator("body")).toContainText("was used already");
});

test("no name leads out of this machine", async ({ talk, faults }) => {
  faults.expect(/example\.org/);
  const reached = await talk.page.evaluate(() => fetch("https://example.org/").then(() => "reached", (error: Error) => error.message));
  expect(reached).toBe("Failed to fetch");
  expect(faults.unexpected).toEqual([]);
});

for (const reducedMotion of ["reduce", "no-preference"] as const) {
  test(`slides ${reducedMotion === "reduce" ? "stand still" : "fade"} where the system says ${reducedMotion}`, async ({ server, contextFor }) => {
    const page = await (await contextFor(server.origin, { reducedMotion })).newPage();
    await page.goto(server.link);
    const talk = await new Talk(page).live();
    await expect.poll(() => page.evaluate(() => document.getAnimations().length), { message: "the start is over" }).toBe(0);
    const moving = await page.evaluate(() => {
      const { deck } = window.deck!;
      deck.slide(deck.getTotalSlides() - 1);
      return document.getAnimations().length;
    });
    if (reducedMotion === "reduce") expect(moving).toBe(0);
    else expect(moving).toBeGreaterThan(0);
    await expect(talk.slide).toHaveCount(1);
  });
}

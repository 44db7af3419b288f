// Pages of a served deck.
import type { Page } from "playwright-core";
import { type Bench, freshPage } from "../bench";
import { serve } from "../deck-process";

/** Serves a project, the live one unless said, and opens it; both end after `use`. */
export async function withLivePage<Result>(
  bench: Bench,
  use: (page: Page) => Promise<Result>,
  folder = bench.live,
): Promise<Result> {
  const page = await freshPage(bench);
  const served = await serve(bench.options, folder);
  try {
    await page.goto(served.link);
    await page.waitForSelector('[data-indicator="connection"][data-state="connected"]');
    return await use(page);
  } finally {
    await served.end();
    await page.context().close();
  }
}

/** Goes to a slide of the deck and waits until it can be seen. */
export async function goTo(page: Page, slide: string): Promise<void> {
  await page.evaluate((id) => (location.hash = `/${id}`), slide);
  await page.waitForSelector(`section.present#${slide}`);
  await page.waitForTimeout(500);
}

/** Leaves the deck for the page of a source file: it has the deck's origin, so that it may use the socket, and no script. A
 *  page made up by the browser's driver would not do: Chromium lets it reach this machine only if a person allows it. */
export async function leaveDeck(page: Page): Promise<void> {
  const source = await page.evaluate(() => document.querySelector<HTMLAnchorElement>("figcaption a")?.href);
  if (!source) throw new Error("The deck links to no source file.");
  await page.goto(source);
}

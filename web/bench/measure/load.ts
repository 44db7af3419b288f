// The static deck as somebody gets it who opens it for the first time.
import { join } from "node:path";
import type { Page } from "playwright-core";
import { type Bench, freshPage, type Group } from "../bench";
import { ratios } from "../statistics";
import { StaticServer } from "../../host/static-server";

export const load: Group = {
  name: "load",
  rows: ["first-slide", "blank-page", "first-slide-ratio", "load-bytes", "load-requests"],
  async measure(bench) {
    const server = await StaticServer.start(join(bench.plain, "dist/deck"));
    try {
      const { bytes, requests } = await size(bench, server);
      const deck: number[] = [];
      const blank: number[] = [];
      for (let round = 0; round < bench.times(20); round++) {
        deck.push(await untilShown(bench, server.address));
        blank.push(await untilShown(bench, `${server.address}/blank`));
      }
      return {
        "first-slide": deck,
        "blank-page": blank,
        "first-slide-ratio": ratios(deck, blank),
        "load-bytes": [bytes / 1000],
        "load-requests": [requests],
      };
    } finally {
      server.end();
    }
  },
};

/** What the server sent until the page had nothing more to ask for. */
async function size(bench: Bench, server: StaticServer): Promise<{ bytes: number; requests: number }> {
  const page = await freshPage(bench);
  await page.goto(server.address, { waitUntil: "networkidle" });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  // A browser without a window may ask for no icon; one with a window does.
  const icon = await page.evaluate(() => document.querySelector<HTMLLinkElement>("link[rel=icon]")?.href);
  if (icon) await page.evaluate((url) => fetch(url).then((answer) => answer.blob()).then(() => undefined), icon);
  await page.context().close();
  const failed = server.sent.find(({ status }) => status !== 200);
  if (failed) throw new Error(`The deck asks for ${failed.path}, which the site does not have.`);
  // Whether the icon was asked for once or twice is no matter of the deck.
  const files = [...new Map(server.sent.map((sent) => [sent.path, sent])).values()];
  return { bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), requests: files.length };
}

/** Milliseconds from the start of the navigation until the frame in which the page is there: for a deck, reveal is ready and
 *  a slide can be seen; for another page, it is loaded. The page's own clock starts with the navigation. */
async function untilShown(bench: Bench, url: string): Promise<number> {
  const page = await freshPage(bench);
  try {
    await page.addInitScript(watchForReady);
    await page.goto(url);
    return await shown(page);
  } finally {
    await page.context().close();
  }
}

function watchForReady(): void {
  const isThere = (isReady: boolean) => {
    const isDeck = document.querySelector(".reveal") !== null;
    const slide = document.querySelector(".reveal .slides > section.present");
    const isSeen = slide?.checkVisibility({ opacityProperty: true, visibilityProperty: true }) ?? false;
    return isDeck ? isReady && isSeen && slide!.getBoundingClientRect().height > 0 : document.readyState === "complete";
  };
  let isReady = false;
  Object.assign(window, {
    shownAt: new Promise<number>((resolve) => {
      // Asked at each frame; the answer holds when the next one begins, so that the frame with the slide has been drawn.
      const look = (): void => void requestAnimationFrame(isThere(isReady) ? () => resolve(performance.now()) : look);
      document.addEventListener("ready", () => (isReady = true));
      look();
    }),
  });
}

function shown(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as { shownAt: Promise<number> }).shownAt);
}

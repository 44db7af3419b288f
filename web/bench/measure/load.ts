// The static deck as somebody gets it who opens it for the first time.
import { join } from "node:path";
import type { Page } from "playwright-core";
import { type Bench, freshPage, type Group } from "../bench";
import type { Samples } from "../goals";
import type { Options } from "../options";
import { slidevSite } from "../slidev";
import { ratios } from "../statistics";
import { StaticServer } from "../../host/static-server";

const slidevRows = ["slidev-first-slide", "slidev-ratio", "slidev-load-bytes", "slidev-load-requests"] as const;

export const load: Group = {
  name: "load",
  rows: ["first-slide", "blank-page", "first-slide-ratio", "load-bytes", "load-requests", ...slidevRows],
  async measure(bench) {
    const server = await StaticServer.start(join(bench.plain, "dist/deck"));
    const slidev = await slidevServer(bench.options);
    try {
      const { bytes, requests } = await size(bench, server);
      const deck: number[] = [];
      const blank: number[] = [];
      const beside: number[] = [];
      for (let round = 0; round < bench.times(20); round++) {
        deck.push(await untilShown(bench, server.address));
        blank.push(await untilShown(bench, `${server.address}/blank`));
        if (typeof slidev !== "string") beside.push(await untilShown(bench, slidev.address));
      }
      return {
        "first-slide": deck,
        "blank-page": blank,
        "first-slide-ratio": ratios(deck, blank),
        "load-bytes": [bytes / 1000],
        "load-requests": [requests],
        ...(typeof slidev === "string" ? Object.fromEntries(slidevRows.map((row) => [row, slidev])) : await slidevSamples(bench, slidev, deck, beside)),
      };
    } finally {
      server.end();
      if (typeof slidev !== "string") slidev.end();
    }
  },
};

/** Slidev's site, or why there is none. */
async function slidevServer(options: Options): Promise<StaticServer | string> {
  try {
    return await StaticServer.start(await slidevSite(options));
  } catch (error) {
    return `Slidev could not be built here: ${String(error).split("\n")[0]}`;
  }
}

async function slidevSamples(bench: Bench, server: StaticServer, deck: number[], slidev: number[]): Promise<Samples> {
  const { bytes, requests } = await size(bench, server);
  return {
    "slidev-first-slide": slidev,
    "slidev-ratio": ratios(deck, slidev),
    "slidev-load-bytes": [bytes / 1000],
    "slidev-load-requests": [requests],
  };
}

/** What the server sent until the page had nothing more to ask for. */
async function size(bench: Bench, server: StaticServer): Promise<{ bytes: number; requests: number }> {
  const page = await freshPage(bench);
  await page.goto(server.address, { waitUntil: "networkidle" });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  // A browser without a window may ask for no icon; one with a window does. Slidev's comes from elsewhere, and is not counted.
  const icon = await page.evaluate(() => document.querySelector<HTMLLinkElement>("link[rel=icon]")?.href);
  if (icon?.startsWith(server.address)) await page.evaluate((url) => fetch(url).then((answer) => answer.blob()).then(() => undefined), icon);
  await page.context().close();
  const failed = server.sent.find(({ status }) => status !== 200);
  if (failed) throw new Error(`The deck asks for ${failed.path}, which the site does not have.`);
  // Whether the icon was asked for once or twice is no matter of the deck.
  const files = [...new Map(server.sent.map((sent) => [sent.path, sent])).values()];
  return { bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), requests: files.length };
}

/** Milliseconds from the start of the navigation until the frame in which the page is there: for a deck, reveal or
 *  Slidev is ready and a slide can be seen; for another page, it is loaded. The page's own clock starts with the navigation. */
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
    const isSeen = (slide: Element | null) =>
      slide !== null && slide.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && slide.getBoundingClientRect().height > 0;
    if (document.querySelector(".reveal")) return isReady && isSeen(document.querySelector(".reveal .slides > section.present"));
    // Slidev says nothing when it is ready: its first slide is there, with its code.
    if (document.querySelector("#app")) return isSeen(document.querySelector(".slidev-layout h2")) && isSeen(document.querySelector(".slidev-layout pre"));
    return document.readyState === "complete";
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

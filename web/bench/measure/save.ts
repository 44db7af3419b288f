// From a saved chapter to the changed slide.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { type Group, pause } from "../bench";
import { offset } from "../clock";
import { chapterFile, slideId } from "../project";
import { goTo, withLivePage } from "./live-page";

/** The slide that is changed: one in the middle, and the one that is being looked at. */
const number = 22;

export const save: Group = {
  name: "save",
  rows: ["save-to-page", "save-to-server"],
  async measure(bench) {
    const file = join(bench.live, chapterFile(number));
    return withLivePage(bench, async (page) => {
      await goTo(page, slideId(number));
      const changed: number[] = [];
      const told: number[] = [];
      let word = `slide${number}`;
      for (let round = 0; round <= bench.times(20); round++) {
        const next = `save${round}of${number}`;
        const { toOurs } = await offset(page);
        const seen = await watch(page, next);
        const text = readFileSync(file, "utf8").replace(word, next);
        const began = performance.now();
        writeFileSync(file, text);
        const times = await seen();
        // The first one warms up the server's and the page's code, and does not count.
        if (round > 0) {
          changed.push(times.changed + toOurs - began);
          told.push(times.told + toOurs - began);
        }
        word = next;
        await pause(300);
      }
      return { "save-to-page": changed, "save-to-server": told };
    });
  },
};

interface Times {
  /** When the server's message came, and when the slide held the word, by the page's clock. */
  readonly told: number;
  readonly changed: number;
}

/** Begins to watch for a word on the slide; settles once that is under way. */
async function watch(page: Page, word: string): Promise<() => Promise<Times>> {
  await page.evaluate(watchInPage, { id: slideId(number), word });
  return () => page.evaluate(() => (window as unknown as { times: Promise<Times> }).times);
}

async function watchInPage({ id, word }: { id: string; word: string }): Promise<void> {
  const socket = new WebSocket("/socket");
  await new Promise((resolve) => (socket.onmessage = resolve));
  const told = new Promise<number>((resolve) => {
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(String(data)) as { change?: { change: string } };
      if (message.change?.change === "rebuilt") resolve(performance.now());
    };
  });
  const changed = new Promise<number>((resolve, reject) => {
    const observer = new MutationObserver(() => {
      if (!document.getElementById(id)?.textContent?.includes(word)) return;
      observer.disconnect();
      resolve(performance.now());
    });
    observer.observe(document.querySelector(".slides")!, { childList: true, subtree: true, characterData: true });
    setTimeout(() => reject(new Error(`The word ${word} did not come within ten seconds.`)), 10_000);
  });
  const times = Promise.all([told, changed]).then(([told, changed]) => {
    socket.close();
    return { told, changed };
  });
  Object.assign(window, { times });
}

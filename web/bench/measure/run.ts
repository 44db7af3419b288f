// From a click on Run to the output, and the round trip that is a part of it.
import type { Page } from "playwright-core";
import { type Group, pause } from "../bench";
import { printed } from "../project";
import { goTo, leaveDeck, withLivePage } from "./live-page";
import { openSocket, runCell } from "./socket";

const cell = "#cell-sum";
/** Runs that do not count: both sides compile and fill their caches. */
const warmUp = 10;

export const run: Group = {
  name: "run",
  rows: ["run-to-output", "run-round-trip"],
  measure: (bench) =>
    withLivePage(bench, async (page) => {
      await goTo(page, "cell-slide-sum");
      const clicks = await repeat(bench.times(100), () => clickToOutput(page));
      await leaveDeck(page);
      await openSocket(page);
      const trips = await repeat(bench.times(100), () => page.evaluate(runCell, "sum"));
      return { "run-to-output": clicks, "run-round-trip": trips };
    }),
};

async function repeat(times: number, sample: () => Promise<number>): Promise<number[]> {
  const samples: number[] = [];
  for (let round = 0; round < warmUp + times; round++) {
    samples.push(await sample());
    await pause(30);
  }
  return samples.slice(warmUp);
}

export async function clickToOutput(page: Page): Promise<number> {
  await page.evaluate(watchOutput, { cell, printed });
  await page.click(`${cell} button.run`);
  return page.evaluate(() => (window as unknown as { taken: Promise<number> }).taken);
}

/** Times from the next click on Run, by its time stamp, to the element with the new output. */
function watchOutput({ cell, printed }: { cell: string; printed: string }): void {
  const figure = document.querySelector(cell)!;
  let clicked = 0;
  figure.addEventListener("click", ({ timeStamp }) => (clicked = timeStamp), { once: true, capture: true });
  const isOutput = (node: Node) => node instanceof HTMLElement && node.matches("pre.stdout") && node.textContent === printed;
  const taken = new Promise<number>((resolve, reject) => {
    const observer = new MutationObserver((records) => {
      if (!clicked || !records.some(({ addedNodes }) => [...addedNodes].some(isOutput))) return;
      observer.disconnect();
      resolve(performance.now() - clicked);
    });
    observer.observe(figure, { childList: true, subtree: true });
    setTimeout(() => reject(new Error("No output within ten seconds.")), 10_000);
  });
  Object.assign(window, { taken });
}

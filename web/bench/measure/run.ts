// From a press on Run to the output, by a script and by a real click; and what is a part of it: the round trip, and what a
// real click on an empty page waits for its answer.
import type { Page } from "playwright-core";
import { type Group, pause } from "../bench";
import { printed } from "../project";
import { goTo, leaveDeck, withLivePage } from "./live-page";
import { addEcho, clickEcho, openSocket, runCell } from "./socket";

const cell = "#cell-sum";
const button = `${cell} button.run`;
/** Runs that do not count: both sides compile and fill their caches. */
const warmUp = 10;

export const run: Group = {
  name: "run",
  rows: ["run-to-output", "run-by-click", "echo-by-click", "run-round-trip"],
  measure: (bench) =>
    withLivePage(bench, async (page) => {
      await goTo(page, "cell-slide-sum");
      const clicks: number[] = [];
      const calls: number[] = [];
      await repeat(bench.times(100), async (counts) => {
        const click = await untilOutput(page, () => page.click(button));
        await pause(30);
        const call = await untilOutput(page, () => page.evaluate(press, button));
        if (!counts) return;
        clicks.push(click);
        calls.push(call);
      });
      await leaveDeck(page);
      await openSocket(page);
      await addEcho(page);
      const trips: number[] = [];
      const echoes: number[] = [];
      await repeat(bench.times(100), async (counts) => {
        const trip = await page.evaluate(runCell, "sum");
        await pause(30);
        const echo = await clickEcho(page);
        if (!counts) return;
        trips.push(trip);
        echoes.push(echo);
      });
      return { "run-to-output": calls, "run-by-click": clicks, "echo-by-click": echoes, "run-round-trip": trips };
    }),
};

/** Calls `sample` so often that, after the warm-up, it counts so many times. */
async function repeat(times: number, sample: (counts: boolean) => Promise<void>): Promise<void> {
  for (let round = 0; round < warmUp + times; round++) {
    await sample(round >= warmUp);
    await pause(30);
  }
}

async function untilOutput(page: Page, pressed: () => Promise<void>): Promise<number> {
  await page.evaluate(watchOutput, { cell, printed });
  await pressed();
  return page.evaluate(() => (window as unknown as { taken: Promise<number> }).taken);
}

/** In the page: presses a button without any input. */
function press(button: string): void {
  document.querySelector<HTMLElement>(button)!.click();
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

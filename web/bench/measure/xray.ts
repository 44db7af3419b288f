// Steps through a recorded panic, the longest call of the talk, in the deck itself with its planned slides.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { type Bench, freshPage, type Group, pause } from "../bench";
import { run } from "../deck-process";
import { StaticServer } from "../static-server";
import { goTo } from "./live-page";

const figure = 'figure.xray[data-xray="panic-call"]';
const drawing = `${figure} .drawing`;
/** Presses in each direction that do not count: the page compiles its code. */
const warmUp = 3;

export const xray: Group = {
  name: "xray",
  rows: ["xray-stage-key", "xray-function-key"],
  async measure(bench) {
    const folder = mkdtempSync(join(tmpdir(), "deck-bench-xray-"));
    try {
      await run(bench.options, "build", "--planned", "--root", bench.options.root, "--out", folder);
      const server = await StaticServer.start(folder);
      return await measured(bench, server.address).finally(() => server.end());
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measured(bench: Bench, address: string) {
  const page = await freshPage(bench);
  await page.goto(address);
  const slide = await page.evaluate((figure) => document.querySelector(figure)?.closest("section")?.id, figure);
  if (!slide) throw new Error(`The deck has no slide with ${figure}.`);
  await goTo(page, slide);
  await page.waitForSelector(`${figure} .picture .water`);
  await page.evaluate(timeKeys, drawing);
  const stages = await page.locator(`${figure} i.fragment.stage`).count();
  const byStage = await thereAndBack(page, ["PageDown", "PageUp"], stages, bench.times(60));
  await page.focus(drawing);
  const byFunction = await thereAndBack(page, ["ArrowRight", "ArrowLeft"], 50, bench.times(200));
  await page.context().close();
  return { "xray-stage-key": byStage, "xray-function-key": byFunction };
}

/** Presses one key so many times and then the other, until there are enough samples. */
async function thereAndBack(page: Page, keys: readonly [string, string], length: number, wanted: number): Promise<number[]> {
  const samples: number[] = [];
  for (let press = 0; press < 2 * warmUp + wanted; press++) {
    const key = keys[Math.floor(press / length) % 2 === 0 ? 0 : 1];
    await page.keyboard.press(key);
    const { taken, hasMoved } = await page.evaluate(() => (window as unknown as TimedWindow).pressed);
    if (!hasMoved) throw new Error(`Press ${press + 1}, of ${key}, did not move the X-ray.`);
    if (press >= 2 * warmUp) samples.push(taken);
    await pause(30);
  }
  return samples;
}

interface Pressed {
  /** Milliseconds of the handlers, and of the frame after them. */
  readonly taken: number;
  /** Whether another instruction is reached. */
  readonly hasMoved: boolean;
}

interface TimedWindow {
  pressed: Promise<Pressed>;
}

/** In the page: times each key from before the first handler to after the last, and then the frame: from its beginning to the
 *  first task after it, so that style, layout, what observes sizes, and painting are in it, but not the wait for it. */
function timeKeys(drawing: string): void {
  const at = () => document.querySelector(drawing)?.getAttribute("aria-valuetext");
  let began = 0;
  let before = at();
  window.addEventListener("keydown", () => {
    before = at();
    began = performance.now();
  }, { capture: true });
  window.addEventListener("keydown", () => {
    const handled = performance.now() - began;
    const { port1, port2 } = new MessageChannel();
    const pressed = new Promise<Pressed>((resolve) =>
      requestAnimationFrame(() => {
        const frame = performance.now();
        port1.onmessage = () => resolve({ taken: handled + performance.now() - frame, hasMoved: at() !== before });
        port2.postMessage(null);
      }),
    );
    Object.assign(window, { pressed });
  });
}

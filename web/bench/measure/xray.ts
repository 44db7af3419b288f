// Steps through a recorded panic, the longest call of the talk, in the deck itself with its planned slides.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { type Bench, freshPage, type Group, pause } from "../bench";
import { run } from "../deck-process";
import type { Samples } from "../goals";
import { StaticServer } from "../../host/static-server";
import { goTo } from "./live-page";

const figure = 'figure.xray[data-xray="panic-call"]';
const drawing = `${figure} .drawing`;
/** Presses that do not count: the page compiles its code. */
const warmUp = 6;

export const xray: Group = {
  name: "xray",
  rows: ["xray-stage-key", "xray-stage-frame", "xray-function-key", "xray-function-frame"],
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

async function measured(bench: Bench, address: string): Promise<Samples> {
  const page = await freshPage(bench);
  await page.goto(address);
  const slide = await page.evaluate((figure) => document.querySelector(figure)?.closest("section")?.id, figure);
  if (!slide) throw new Error(`The deck has no slide with ${figure}.`);
  await goTo(page, slide);
  await page.waitForSelector(`${figure} .picture .area`);
  await page.evaluate(timeKeys, drawing);
  const stages = await page.locator(`${figure} i.fragment.stage`).count();
  const byStage = await thereAndBack(page, ["PageDown", "PageUp"], stages, bench.times(60));
  await page.focus(drawing);
  const byFunction = await thereAndBack(page, ["ArrowRight", "ArrowLeft"], 50, bench.times(200));
  await page.context().close();
  return {
    "xray-stage-key": byStage.map(({ laidOut }) => laidOut),
    "xray-stage-frame": byStage.map(({ painted }) => painted),
    "xray-function-key": byFunction.map(({ laidOut }) => laidOut),
    "xray-function-frame": byFunction.map(({ painted }) => painted),
  };
}

/** Presses one key so many times and then the other. What moves something else on the slide is no step through the X-ray. */
async function thereAndBack(page: Page, keys: readonly [string, string], length: number, wanted: number): Promise<Pressed[]> {
  const samples: Pressed[] = [];
  for (let press = 0; press < warmUp + wanted; press++) {
    const key = keys[Math.floor(press / length) % 2 === 0 ? 0 : 1];
    await page.keyboard.press(key);
    const pressed = await page.evaluate(() => (window as unknown as TimedWindow).pressed);
    if (press >= warmUp && pressed.hasMoved) samples.push(pressed);
    await pause(30);
  }
  if (samples.length < wanted / 2) throw new Error(`Of ${wanted} presses of ${keys.join(" and ")} only ${samples.length} moved the X-ray.`);
  return samples;
}

interface Pressed {
  /** Milliseconds from before the first handler until style and layout are up to date. */
  readonly laidOut: number;
  /** The same and the frame after it, without the wait for it. */
  readonly painted: number;
  /** Whether another instruction is reached. */
  readonly hasMoved: boolean;
}

interface TimedWindow {
  pressed: Promise<Pressed>;
}

/** In the page: times each key. Who asks where an element is has style and layout done; the frame lasts from its first call
 *  to the first task after it, so that what observes sizes, and painting, are in it. */
function timeKeys(drawing: string): void {
  const element = document.querySelector(drawing)!;
  const at = () => element.getAttribute("aria-valuetext");
  let began = 0;
  let before = at();
  window.addEventListener("keydown", () => {
    before = at();
    began = performance.now();
  }, { capture: true });
  window.addEventListener("keydown", () => {
    element.getBoundingClientRect();
    const laidOut = performance.now() - began;
    const { port1, port2 } = new MessageChannel();
    const pressed = new Promise<Pressed>((resolve) =>
      requestAnimationFrame(() => {
        const frame = performance.now();
        port1.onmessage = () => resolve({ laidOut, painted: laidOut + performance.now() - frame, hasMoved: at() !== before });
        port2.postMessage(null);
      }),
    );
    Object.assign(window, { pressed });
  });
}

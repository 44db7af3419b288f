import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BrowserContextOptions } from "@playwright/test";
import type { Tracer } from "../src/xray/entry";
import { accessibilityFaults } from "./accessibility";
import { test as base, expect } from "./fixtures";
import { layoutFaults } from "./layout";
import { build, livePolicy, StaticSite } from "./static-site";
import { Talk } from "./talk";
import { textFaults } from "./text-sizes";
import { Xray } from "./xray";
import { addXrays, traces } from "./xray-slides";

interface Opened {
  talk: Talk;
  xray: Xray;
}

const test = base.extend<{ site: StaticSite; folder: string; open: (slide: string, options?: BrowserContextOptions) => Promise<Opened> }>({
  folder: async ({ project }, use) => {
    const folder = await build(project);
    await addXrays(folder);
    await use(folder);
  },
  site: async ({ folder }, use) => {
    const site = await StaticSite.serve(folder, "/talks/deck/", livePolicy);
    await use(site);
    await site.end();
  },
  open: async ({ site, contextFor }, use) => {
    await use(async (slide, options) => {
      const context = await contextFor(new URL(site.address).origin, { reducedMotion: "reduce", ...options });
      const page = await context.newPage();
      await page.goto(`${site.address}#/${slide}`);
      const talk = await new Talk(page).ready();
      const xray = new Xray(talk);
      if (slide !== "xray-map") await xray.drawn();
      return { talk, xray };
    });
  },
});

const stages = traces["warm"]?.trace.stages.map(({ stage }) => stage) ?? [];

test("a clicker goes through the stages, and back", async ({ open }) => {
  const { talk, xray } = await open("xray-warm");
  expect(await xray.stage()).toBe(null);
  await expect(xray.panel).toContainText("of 420 machine instructions are yours");
  await expect(xray.panel.locator(".claim")).toHaveText("It never enters malloc.");
  for (const stage of stages) {
    await talk.press("PageDown");
    expect(await xray.stage()).toBe(stage);
    await expect(xray.figure.getByRole("status").first()).toContainText(stage.replace("-", " "));
  }
  await talk.press("PageDown");
  expect(await xray.stage(), "the whole call at the end").toBe(null);
  await talk.press("PageUp", "PageUp");
  expect(await xray.stage()).toBe(stages.at(-2));
  expect(await talk.position()).toEqual({ slide: "xray-warm", step: stages.length - 1 });
});

test("the stage of the work is the user's function, and its value a bare number", async ({ open }) => {
  const { talk, xray } = await open("xray-warm");
  await talk.goTo("xray-warm", stages.indexOf("work") + 1);
  await expect(xray.panel.locator(".function")).toHaveText("add_one");
  await expect(xray.panel).toContainText("your Rust");
  await expect(xray.panel.locator(".source")).toHaveText("number + 1");
  await expect(xray.figure.locator(".value-form.lit")).toContainText("i64 41 → 42");
  await expect(xray.figure.locator(".opcode.current")).toHaveCount(1);
});

test("with the focus, keys go through functions and instructions, and Esc gives them back", async ({ open }) => {
  const { talk, xray } = await open("xray-warm");
  await xray.focus();
  const seen: number[] = [];
  for (let press = 0; press < 4; press++) {
    await xray.press("ArrowRight");
    seen.push(await xray.at());
  }
  expect(seen).toEqual([0, 82, 96, 116]);
  await xray.press("Shift+ArrowRight", "Shift+ArrowRight");
  expect(await xray.at()).toBe(118);
  await xray.press("Shift+ArrowLeft", "ArrowLeft");
  expect(await xray.at(), "where the function was entered").toBe(116);
  expect((await talk.position()).step, "the deck has stayed").toBe(0);
  await xray.press("PageDown");
  expect((await talk.position()).step, "a clicker still goes on").toBe(1);
  await xray.press("Escape");
  await expect(xray.drawing).not.toBeFocused();
  await talk.press("ArrowRight");
  expect((await talk.position()).step).toBe(2);
});

test("zoom shows the stage alone, and follows the steps", async ({ open }) => {
  const { talk, xray } = await open("xray-warm");
  await talk.press("PageDown");
  await xray.focus();
  await xray.press("z");
  await expect(xray.button("Zoom")).toHaveAttribute("aria-pressed", "true");
  await expect(xray.figure.locator(".ruler .stage")).toHaveCount(1);
  await talk.press("PageDown");
  await expect(xray.figure.locator(".ruler .stage")).toHaveCount(1);
  expect(await xray.stage()).toBe(stages[1]);
  await xray.press("z");
  await expect(xray.figure.locator(".ruler .stage")).toHaveCount(stages.length);
});

test("folding takes the libraries out of the drawing, and puts them back", async ({ open }) => {
  const { xray } = await open("xray-warm");
  const libraries = xray.figure.locator('.picture .runs[data-tone="neutral"]');
  await expect(libraries).not.toHaveCount(0);
  await xray.focus();
  await xray.press("p");
  await expect(libraries).toHaveCount(0);
  await xray.press("p");
  await expect(libraries).not.toHaveCount(0);
});

test("two calls are compared at one scale, with words for what differs", async ({ open }) => {
  const { xray } = await open("xray-warm");
  await xray.button("Compare").click();
  const widths = await xray.figure.locator(".picture .area").evaluateAll((all) => all.map((area) => (area as SVGGElement).getBBox().width));
  expect(widths).toHaveLength(2);
  expect((widths[0] ?? 0) / (widths[1] ?? 1)).toBeCloseTo(420 / 775, 2);
  await expect(xray.panel).toContainText("Entered only below: _PyDict_LoadGlobal");
  await xray.button("Compare").click();
  await expect(xray.figure.locator(".picture")).toHaveCount(1);
});

test("in a comparison both calls have stages and bytecodes, and the traveller goes from one to the other", async ({ open }) => {
  const { talk, xray } = await open("xray-warm");
  await talk.goTo("xray-warm", stages.indexOf("choose") + 1);
  await xray.button("Compare").click();
  const [above, below] = [xray.figure.locator(".picture").first(), xray.figure.locator(".picture").last()];
  for (const picture of [above, below]) {
    await expect(picture.locator('.ruler .stage.lit[data-stage="choose"]')).toHaveCount(1);
    await expect(picture.locator(".opcode")).not.toHaveCount(0);
  }
  await expect(above.locator(".cursor .line")).toHaveCount(1);
  await expect(below.locator(".cursor .line")).toHaveCount(0);
  await xray.focus();
  await xray.press("o");
  await expect(above.locator(".cursor .line")).toHaveCount(0);
  await expect(below.locator(".cursor .line")).toHaveCount(1);
  await expect(xray.figure.locator(".title.here")).toContainText("first call: 775 instructions · choose");
  const { first } = traces;
  const begin = first?.trace.stages.find(({ stage }) => stage === "choose")?.at ?? -1;
  expect(await xray.at()).toBe(begin);
  await xray.press("Shift+ArrowRight");
  expect(await xray.at()).toBe(begin + 1);

  const box = await above.boundingBox();
  if (!box) throw new Error("the picture is not shown");
  await talk.page.mouse.click(box.x + 3, box.y + box.height / 2);
  await expect(xray.figure.locator(".title.here"), "a click goes where it points").toContainText("warm call: 420");
  expect(await xray.at()).toBeLessThan(10);
  await xray.press("o");
  await xray.button("Compare").click();
  await expect(xray.figure.locator(".picture .cursor .line"), "alone, it is in the call that is left").toHaveCount(1);
  expect(await xray.drawing.getAttribute("aria-valuemax")).toBe("419");
});

test("a pointer scrubs, and does not turn the page", async ({ open }) => {
  const { talk, xray } = await open("xray-warm");
  const box = await xray.drawing.boundingBox();
  if (!box) throw new Error("the drawing is not shown");
  const y = box.y + box.height / 2;
  await talk.page.mouse.move(box.x + box.width * 0.25, y);
  await talk.page.mouse.down();
  const first = await xray.at();
  expect(first).toBeCloseTo(105, -1);
  await talk.page.mouse.move(box.x + box.width * 0.75, y, { steps: 5 });
  expect(await xray.at()).toBeCloseTo(315, -1);
  await talk.page.mouse.up();
  await talk.page.mouse.move(box.x, y);
  expect(await xray.at(), "after the button is up").toBeGreaterThan(300);
  expect((await talk.position()).step).toBe(0);
});

test("a pointer means the same place in a large window", async ({ open }) => {
  const { talk, xray } = await open("xray-warm", { viewport: { width: 1920, height: 1080 } });
  const box = await xray.drawing.boundingBox();
  if (!box) throw new Error("the drawing is not shown");
  await talk.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  expect(Math.abs((await xray.at()) - 210)).toBeLessThanOrEqual(1);
});

test("the call tree is a list that a keyboard opens", async ({ open }) => {
  const { talk, xray } = await open("xray-warm");
  await xray.figure.locator(".tree-box > summary").focus();
  await talk.press("Enter");
  const tree = xray.figure.locator(".call-tree");
  await expect(tree.locator("summary").first()).toHaveText("_PyEval_EvalFrameDefault (CPython): 136 own, 420 with calls");
  await expect(tree).toContainText("trampoline (PyO3): 32 own");
  await talk.press("Escape");
  await expect(tree).toBeHidden();
});

test("the small map lights its stage and says which", async ({ open }) => {
  const { talk } = await open("xray-map");
  const map = talk.slide.locator("aside.here");
  await expect(map).toHaveAttribute("aria-label", "You are here: enter");
  await expect(map.locator(".area")).toBeAttached();
  await expect(map.locator("mask .lit")).toHaveCount(1);
  const box = await map.boundingBox();
  expect(box?.width).toBe(200);
});

test("a call without words has one description and no steps", async ({ open }) => {
  const { talk, xray } = await open("xray-silent");
  await expect(xray.drawing).toHaveAttribute("aria-label", /420 machine instructions/);
  await expect(xray.figure.locator("svg text")).toHaveCount(0);
  await talk.press("PageDown");
  expect((await talk.position()).slide).toBe("xray-map");
});

test("a deck from a file has its X-rays, and asks for nothing before they are near", async ({ folder, contextFor }) => {
  const context = await contextFor("file://");
  const page = await context.newPage();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  const address = pathToFileURL(join(folder, "index.html")).href;
  await page.goto(address);
  const talk = await new Talk(page).ready();
  await new Xray(talk).drawn();
  asked.length = 0;
  const far = await page.evaluate(() => {
    const slides = window.deck!.deck.getSlides();
    const has = (slide: Element | undefined) => slide?.querySelector("[data-xray]") != null;
    return slides.find((_, index) => ![index - 1, index, index + 1].some((near) => has(slides[near])))?.id;
  });
  expect(far, "a slide far from all X-rays").toBeDefined();
  await page.goto("about:blank");
  await page.goto(`${address}#/${far}`);
  await new Talk(page).ready();
  expect(asked.filter((url) => url.includes("xray"))).toEqual([]);
});

test("a trace that is missing leaves the text, and says so", async ({ site, contextFor, faults }) => {
  faults.expect(/404/);
  const context = await contextFor(new URL(site.address).origin);
  const page = await context.newPage();
  await page.route("**/xray/warm.js", (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto(`${site.address}#/xray-warm`);
  const talk = await new Talk(page).ready();
  await expect(talk.notice("xray")).toContainText("xray/warm.js could not be loaded");
  await expect(talk.slide.locator("figure.xray table")).toBeVisible();
});

test("a comparison that is missing leaves the drawing", async ({ site, contextFor, faults }) => {
  faults.expect(/404/);
  const context = await contextFor(new URL(site.address).origin);
  const page = await context.newPage();
  await page.route("**/xray/first.js", (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto(`${site.address}#/xray-warm`);
  const xray = await new Xray(await new Talk(page).ready()).drawn();
  await expect(xray.button("Compare")).toHaveCount(0);
});

test("without script the figures are tables", async ({ site, contextFor }) => {
  const context = await contextFor(new URL(site.address).origin, { javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(site.address);
  await expect(page.locator("#xray-warm table")).toBeVisible();
  await expect(page.locator("#xray-warm")).toContainText("135");
});

test("on paper every X-ray is whole, with its stages and values", async ({ folder, contextFor }) => {
  const context = await contextFor("file://");
  const page = await context.newPage();
  await page.goto(`${pathToFileURL(join(folder, "index.html")).href}?print-pdf`);
  await page.waitForSelector(".pdf-page");
  const printed = page.locator("#xray-warm figure.xray");
  await expect(printed.locator(".ruler .name")).toHaveText(stages.map((stage) => stage.replace("-", " ")));
  await expect(printed.locator(".values .form").first()).toHaveText("int object 41");
  await expect(printed.locator(".picture [mask]")).toHaveCount(0);
  await expect(printed.locator(".tools")).toBeHidden();
  await expect(page.locator("#xray-panic .area")).toBeAttached();
  await expect(page.locator("#xray-map aside .area")).toBeAttached();
  const cut = await page.locator(".panel").evaluateAll((panels) => panels.filter((panel) => {
    const shares = panel.querySelector(".shares");
    return !shares || shares.getBoundingClientRect().bottom > panel.getBoundingClientRect().bottom + 1;
  }).map((panel) => panel.closest("section")?.id));
  expect(cut, "slides whose counts are cut off").toEqual([]);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`layout, sizes and accessibility of X-rays, ${colorScheme}`, async ({ open }) => {
    const { talk, xray } = await open("xray-warm", { colorScheme });
    const { page } = talk;
    await page.evaluate(() => window.deck!.deck.configure({ transition: "none" }));
    const faults: string[] = [];
    const check = async (when: string) => {
      const found = [...(await layoutFaults(page)), ...(await textFaults(page)), ...(await accessibilityFaults(page))];
      faults.push(...found.map((fault) => `${when}: ${fault}`));
    };
    await check("at rest");
    for (const stage of stages) {
      await talk.press("PageDown");
      await check(stage);
    }
    await xray.button("Compare").click();
    await check("compared");
    await xray.button("Compare").click();
    await xray.figure.locator(".tree-box > summary").click();
    expect(await accessibilityFaults(page), "call tree").toEqual([]);
    for (const slide of ["xray-panic", "xray-silent", "xray-map"]) {
      await talk.goTo(slide);
      await check(slide);
    }
    expect(faults).toEqual([]);
  });
}

test("the presenter traces again: another way is told before other counts, and errors are text", async ({ open }) => {
  const { talk, xray } = await open("xray-warm");
  const { page } = talk;
  const tracing = xray.figure.locator(".tracing");
  await expect(tracing).toBeHidden();
  await page.evaluate((first) => {
    document.documentElement.dataset["role"] = "presenter";
    const tracer: Tracer = {
      trace: async () => ({ trace: first!.trace, label: "Traced here" }),
      traceExpression: async (text) => ({ error: `${text} could not be traced: ptrace is not allowed` }),
    };
    window.deck!.xrays.offer(tracer);
  }, traces["first"]);
  await xray.button("Trace again, here").click();
  const answer = xray.figure.locator(".answer");
  await expect(answer.locator("li").first()).toContainText("Entered only here: _PyDict_LoadGlobal");
  await expect(answer).toContainText("All instructions: 775 here, 420 in the recording.");
  await expect(xray.figure.locator("figcaption")).toHaveText("Traced here");
  expect([...(await layoutFaults(page)), ...(await textFaults(page)), ...(await accessibilityFaults(page))]).toEqual([]);
  await talk.press("PageDown", "PageUp");
  await expect(answer, "whoever goes on has read it").toBeHidden();
  await expect(xray.panel).toContainText("of 775 machine instructions");
  await xray.button("Recording").click();
  await expect(xray.panel).toContainText("of 420 machine instructions");
  await tracing.getByRole("textbox").fill("abs(-41)");
  await talk.press("Enter");
  await expect(answer.locator(".error")).toHaveText("abs(-41) could not be traced: ptrace is not allowed");
  await page.evaluate(() => window.deck!.xrays.offer(null));
  await expect(tracing).toBeHidden();
});

test("on a phone the drawing and its words stand under one another", async ({ open }) => {
  const { talk, xray } = await open("xray-warm", { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  const [drawing, panel] = [await xray.drawing.boundingBox(), await xray.panel.boundingBox()];
  expect((drawing?.x ?? 0) + (drawing?.width ?? 0)).toBeLessThanOrEqual(390);
  expect(panel?.y).toBeGreaterThanOrEqual((drawing?.y ?? 0) + (drawing?.height ?? 0));
  expect(await talk.page.evaluate(() => document.scrollingElement?.scrollWidth)).toBeLessThanOrEqual(390);
});

import { rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type BrowserContextOptions, devices } from "@playwright/test";
import { accessibilityFaults } from "./accessibility";
import type { Cell } from "./cell";
import { test as base, expect } from "./fixtures";
import { expectText, text } from "./markup";
import { share } from "./shared-site";
import { StaticSite } from "./static-site";
import { Talk } from "./talk";

interface Opened {
  readonly talk: Talk;
  /** Paths of all that was asked for, below the site. */
  readonly asked: string[];
}

const test = base.extend<{ folder: string; open: (options?: BrowserContextOptions) => Promise<Opened> }>({
  folder: async ({ project }, use) => use(await share(project)),
  open: async ({ folder, contextFor }, use) => {
    const site = await StaticSite.serve(folder);
    await use(async (options) => {
      const context = await contextFor(new URL(site.address).origin, options);
      const asked: string[] = [];
      context.on("request", (request) => asked.push(request.url().replace(site.address, "")));
      const page = await context.newPage();
      await page.goto(site.address);
      const talk = await new Talk(page).ready();
      await expect.poll(() => page.evaluate(() => window.deck!.session.first?.name)).toBe("browser");
      return { talk, asked };
    });
    await site.end();
  },
});

// An interpreter takes a second to start, and several where other tests do the same.
test.setTimeout(180_000);
const patient = { timeout: 60_000 };

/** Cells of Python that run here, in the order of the talk. */
async function fit(talk: Talk): Promise<Cell[]> {
  const ids = await talk.page.evaluate(() => Object.entries(window.deck!.data.cells).filter(([, { browser }]) => browser?.refusal === null).map(([id]) => id));
  const inOrder = (await talk.cells()).filter((id) => ids.includes(id));
  return inOrder.map((id) => talk.cell(id));
}

async function twoCells(talk: Talk): Promise<[Cell, Cell]> {
  const [one, other] = await fit(talk);
  if (!one || !other) throw new Error("the deck has no two cells that run in a browser");
  return [one, other];
}

async function run(cell: Cell, status = "ok"): Promise<void> {
  await cell.show();
  await cell.button("run").click();
  await expect(cell.figure).toHaveAttribute("data-run", "done", patient);
  await expect(cell.figure).toHaveAttribute("data-speaker", "browser");
  await expect(cell.figure).toHaveAttribute("data-status", status);
}

async function runText(cell: Cell, source: string, status = "ok"): Promise<void> {
  await cell.edit(source);
  await run(cell, status);
}

function ofPython(asked: readonly string[]): string[] {
  return asked.filter((path) => path.startsWith("python/") || path.includes("python-worker"));
}

test("nothing of Python is fetched before the first Run, which shows how far it is, and then the output", async ({ open }) => {
  const { talk, asked } = await open();
  const [cell] = await twoCells(talk);
  await cell.show();
  await cell.button("edit").hover();
  await talk.press("PageDown");
  await expect(cell.figure).toHaveAttribute("data-speaker", "recorded");
  await expect(cell.label).toContainText("Recorded");
  expect(ofPython(asked)).toEqual([]);

  const said = await talk.page.evaluateHandle((id) => {
    const said = { labels: [] as string[], spoken: [] as string[] };
    const follow = (element: Element | null, texts: string[]) =>
      element && new MutationObserver(() => texts.push(element.textContent ?? "")).observe(element, { childList: true, characterData: true, subtree: true });
    follow(document.querySelector(`#cell-${id} .label`), said.labels);
    follow(document.querySelector(".spoken"), said.spoken);
    return said;
  }, cell.id);
  await run(cell);
  await expect(cell.scroll).toHaveText("42");
  await expect(cell.label).toHaveText(/^Done in .* · In your browser · Python 3\.14\.\d+$/);
  const { labels, spoken } = await said.jsonValue();
  const loading = labels.flatMap((label) => /^Loading Python: ([\d.]+) of ([\d.]+) MB$/.exec(label)?.[1] ?? []).map(Number);
  expect(loading.length).toBeGreaterThan(1);
  expect(loading).toEqual(loading.toSorted((one, other) => one - other));
  expect(labels).toContain("Starting Python");
  expect(spoken.filter((words) => words.startsWith("Loading Python")).length).toBeGreaterThan(0);
  expect(spoken.filter((words) => words.startsWith("Loading Python")).length).toBeLessThan(7);
  expect(spoken.at(-1)).toContain("42");
  expect(new Set(ofPython(asked)).size, "each file is fetched once").toBe(ofPython(asked).length);
});

test("cells are edited, share their variables, and an edit marks what was shown", async ({ open }) => {
  const { talk } = await open();
  const [one, other] = await twoCells(talk);
  await runText(one, "shared = 20");
  await runText(other, "shared + 1");
  await expect(other.scroll).toHaveText("21");
  await one.edit("shared = 30");
  await expect(one.figure).toHaveAttribute("data-stale", "true");
  await expect(other.figure).toHaveAttribute("data-stale", "true");
  await other.show();
  await expect(other.label).toContainText("Stale");
  await other.button("original").click();
  await run(other);
  await expect(other.figure).toHaveAttribute("data-stale", "false");
  await expect(other.figure).toHaveAttribute("data-edited", "false");
});

test("Ctrl+Enter in the editor runs its text", async ({ open }) => {
  const { talk } = await open();
  const [cell] = await twoCells(talk);
  await cell.show();
  await talk.press("e");
  await cell.editor.fill("'typed'");
  await talk.press("Control+Enter");
  await expect(cell.scroll).toHaveText("'typed'", patient);
});

test("a loop without end is stopped, the variables' loss is said, and the next cell answers", async ({ open }) => {
  const { talk } = await open();
  const [one, other] = await twoCells(talk);
  await runText(one, "kept = 1");
  await other.edit("print('begun', flush=True)\nwhile True:\n    pass");
  await other.button("run").click();
  await expect(other.scroll).toHaveText("begun", patient);
  await other.button("stop").click();
  await expect(other.figure).toHaveAttribute("data-status", "stopped");
  await expect(talk.notice("python")).toContainText("variables are gone");
  await expect(one.figure).toHaveAttribute("data-stale", "true");
  await runText(other, "'kept' in globals()");
  await expect(other.scroll).toHaveText("False");
});

test("a cell that takes longer than planned asks whether it shall go on, and asks again", async ({ open }) => {
  const { talk } = await open();
  const [cell] = await twoCells(talk);
  await talk.page.evaluate((id) => {
    const { browser } = window.deck!.data.cells[id]!;
    if (browser) Object.assign(browser, { seconds: 1 });
  }, cell.id);
  await cell.edit("print('begun', flush=True)\nwhile True:\n    pass");
  const question = await cell.watchQuestion();
  await cell.button("run").click();
  await expect(cell.question).toBeVisible(patient);
  await expect(cell.question).toContainText("Shall it go on?");
  await expect(cell.scroll).toHaveText("begun");
  await cell.question.getByRole("button", { name: "Go on" }).click();
  await expect.poll(question, { message: "it goes on, and asks again" }).toEqual(["silent", "asks", "silent", "asks"]);
  await cell.question.getByRole("button", { name: "Stop" }).click();
  await expect(cell.figure).toHaveAttribute("data-status", "stopped");
  await expect(cell.question).toBeHidden();
});

test("a flood of output leaves the page usable and is cut", async ({ open }) => {
  const { talk } = await open();
  const [cell] = await twoCells(talk);
  await cell.edit("while True:\n    print('0123456789' * 5)");
  await cell.button("run").click();
  await expect(cell.scroll).toContainText("0123456789", patient);
  await cell.button("stop").click();
  await expect(cell.figure).toHaveAttribute("data-status", "stopped");
});

test("Restart takes the variables away", async ({ open }) => {
  const { talk } = await open();
  const [one, other] = await twoCells(talk);
  const restart = talk.page.locator(".deck-footer button.restart");
  await expect(restart).toBeHidden();
  await runText(one, "kept = 1");
  // The title slide shows no such buttons.
  await other.show();
  await restart.click();
  await expect(talk.notice("python")).toContainText("without variables");
  await expect(one.figure).toHaveAttribute("data-stale", "true");
  await runText(other, "kept", "error");
  await expect(other.scroll).toContainText("NameError");
});

test("a panic in Rust speaks in both languages, and a crash of the interpreter is explained", async ({ open, faults }) => {
  const { talk } = await open();
  const [one, other] = await twoCells(talk);
  await runText(one, "import rusty\nrusty.panics(0)", "error");
  await expect(one.scroll.locator(".panic")).toContainText("x must not be zero");
  await expect(one.scroll.locator(".traceback")).toContainText("PanicException");
  await runText(one, "class A:\n    def __eq__(self, other):\n        return self == other\nA() == 1", "crashed");
  await expect(one.scroll.locator(".crash")).toContainText("Stack overflow");
  await run(other);
  expect(faults.unexpected).toEqual([]);
});

test("what cannot run in a browser says why and shows its recording", async ({ open, project }) => {
  const reason = "It looks at the packages of the machine that it runs on.";
  await project.replace("slides/src/01-why.md", "python,live,id=your-environment", `python,live,id=your-environment,browser="no: ${reason}"`);
  await share(project);
  const { talk, asked } = await open();
  const rust = (await talk.rustCells()).map((id) => talk.cell(id));
  expect(rust.length).toBeGreaterThan(0);
  for (const [cell, why] of [...rust.map((cell) => [cell, "no Rust compiler"] as const), [talk.cell("your-environment"), reason] as const]) {
    await cell.show();
    await expect(cell.button("edit"), cell.id).toHaveCount(0);
    const isRecorded = await talk.page.evaluate((id) => window.deck!.data.cells[id]?.recording !== null, cell.id);
    if (!isRecorded) {
      await expect(cell.button("run")).toBeHidden();
      await expect(cell.figure.locator(".output")).toHaveAttribute("data-pending", new RegExp(why));
      continue;
    }
    await expect(cell.button("run")).toHaveText("Show output");
    await cell.button("run").click();
    await expect(cell.scroll, cell.id).toHaveText(/\S/);
    await expect(cell.label, cell.id).toContainText(why);
  }
  expect(ofPython(asked)).toEqual([]);
});

test("on a phone a cell runs by touch", async ({ open }) => {
  const { defaultBrowserType: _, ...phone } = devices["Pixel 7"];
  const { talk } = await open(phone);
  const [cell] = await twoCells(talk);
  await cell.button("run").tap();
  await expect(cell.label).toContainText("In your browser", patient);
  await expect(cell.scroll).toHaveText("42");
  const width = await talk.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(width, "nothing is wider than the screen").toBeLessThanOrEqual(0);
});

test("output is text, and its HTML stands in a frame that runs no script", async ({ open, faults }) => {
  faults.expect(/sandboxed|Content Security Policy|csp$/);
  const { talk } = await open();
  const [one, other] = await twoCells(talk);
  await runText(one, `print(${JSON.stringify(text)})`);
  await expect(one.scroll).toContainText(text);
  await expectText(talk.page);
  await runText(other, `class Html:\n    def _repr_html_(self):\n        return "<script>parent.reached = 1</script><img src=x onerror='parent.reached = 1'>"\nHtml()`);
  await expect(other.scroll.locator("iframe")).toHaveAttribute("sandbox", "");
  expect(await talk.page.evaluate(() => (window as { reached?: unknown }).reached)).toBe(undefined);
});

test("once it is loaded, Python needs no network", async ({ open, faults }) => {
  // The browser looks for the favicon again whenever the title changes.
  faults.expect(/favicon\.svg|ERR_INTERNET_DISCONNECTED$/);
  const { talk, asked } = await open();
  const [one, other] = await twoCells(talk);
  await runText(one, "1");
  await talk.page.context().setOffline(true);
  asked.length = 0;
  await one.edit("while True:\n    pass");
  await one.button("run").click();
  await expect(one.figure).toHaveAttribute("data-run", "running", patient);
  await one.button("stop").click();
  await expect(one.figure).toHaveAttribute("data-status", "stopped");
  await runText(other, "import rusty\nrusty.add_one(1)");
  await expect(other.scroll).toHaveText("2");
  expect(asked.filter((path) => path !== "assets/favicon.svg" && !path.startsWith("blob:"))).toEqual([]);
});

test("where Python cannot be fetched, the recording is shown and it is said why", async ({ open, folder, faults }) => {
  faults.expect(/404/);
  await rm(join(folder, "python/python_stdlib.zip"));
  const { talk } = await open();
  const [cell] = await twoCells(talk);
  await cell.show();
  await cell.button("run").click();
  await expect(cell.label).toContainText("Recorded", patient);
  await expect(cell.scroll).toHaveText("42");
  await expect(talk.page.locator(".notice")).toContainText("python_stdlib.zip could not be fetched: the server answered 404");
  await expect(cell.button("run")).toBeVisible();
});

test("opened from a file, Run says what it needs and shows the recording", async ({ folder, contextFor }) => {
  const context = await contextFor("file://");
  const page = await context.newPage();
  await page.goto(pathToFileURL(join(folder, "index.html")).href);
  const talk = await new Talk(page).ready();
  const [one, other] = await twoCells(talk);
  await one.show();
  await expect(one.button("run")).toHaveText("Run");
  await one.button("run").click();
  await expect(talk.page.locator(".notice")).toContainText("web server");
  await expect(one.label).toContainText("Recorded");
  await other.show();
  await other.figure.locator("button.show").click();
  await expect(other.label).toContainText("Recorded");
  await expect(other.scroll).toHaveText(/\S/);
});

test("a slide with cells that ran here is accessible", async ({ open }) => {
  const { talk } = await open({ reducedMotion: "reduce" });
  const [cell] = await twoCells(talk);
  await run(cell);
  await cell.button("edit").click();
  await expect(cell.editor).toBeFocused();
  expect(await accessibilityFaults(talk.page)).toEqual([]);
});

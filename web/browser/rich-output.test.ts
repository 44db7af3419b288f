import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { FrameLocator, Locator, Page } from "@playwright/test";
import { accessibilityFaults } from "./accessibility";
import { Canary } from "./canary";
import type { Cell } from "./cell";
import { test as base, expect } from "./fixtures";
import { layoutFaults } from "./layout";
import { build, StaticSite } from "./static-site";
import { Talk } from "./talk";

const test = base.extend<{ canary: Canary }>({
  canary: async ({}, use) => {
    const canary = await Canary.start();
    await use(canary);
    await canary.end();
  },
});

/** Python whose result shows this. */
function showing(form: "html" | "svg", markup: string): string {
  return `class Rich:\n    def _repr_${form}_(self): return ${JSON.stringify(markup)}\nRich()`;
}

async function firstCell(talk: Talk): Promise<Cell> {
  const cell = talk.cell((await talk.cells())[0] ?? "");
  await cell.show();
  return cell;
}

/** The frame under a cell, from within. */
function inside(cell: Cell): FrameLocator {
  return cell.figure.frameLocator(".output iframe.html");
}

/** Everything that HTML does by itself to reach the page around it, the server, or somebody else. */
function attack(canary: string): string {
  return `
    <p style="color: rgb(1, 2, 3)">The table</p>
    <script>parent.reached = "script"; top.location = "${canary}/script"; fetch("/").then(() => fetch("${canary}/fetch"));</script>
    <script src="/assets/deck.js"></script>
    <img src="x" onerror="parent.reached = 'onerror'"><svg onload="parent.reached = 'onload'"></svg>
    <img src="/assets/favicon.svg"><img src="${canary}/img"><video src="${canary}/video" autoplay></video>
    <meta http-equiv="refresh" content="0; url=${canary}/refresh">
    <base href="${canary}/"><link rel="stylesheet" href="/assets/deck.css"><link rel="prefetch" href="${canary}/prefetch">
    <style>body { background: url(${canary}/style) }</style><div style="background: url(${canary}/attribute)">x</div>
    <iframe src="/"></iframe><iframe srcdoc="<script>top.reached = 'nested'</script>"></iframe>
    <object data="/"></object><embed src="/">`;
}

const escapes: Record<string, string> = {
  "a link for the whole page": '<a href="CANARY/top" target="_top">Go</a>',
  "a link for the page around": '<a href="/#/attacked" target="_parent">Go</a>',
  "a link for a new window": '<a href="CANARY/popup" target="_blank">Go</a>',
  "a link for the frame itself": '<a href="CANARY/self">Go</a>',
  "a link with script": '<a href="javascript:parent.reached = 1" target="_top">Go</a>',
  "a form to the deck's server": '<form action="/launch" method="post"><button>Go</button></form>',
  "a form to another server": '<form action="CANARY/form" target="_top"><button>Go</button></form>',
  "a click": '<button onclick="parent.reached = 1">Go</button>',
};

async function reached(page: Page): Promise<unknown> {
  return page.evaluate(() => (window as { reached?: unknown }).reached);
}

test("HTML of a cell stands in a frame that reaches nothing by itself", async ({ talk, canary, faults, server }) => {
  // The browser says on the console what it did not let the frame do, and counts as a request what it refused: now these
  // addresses, now those. Whether anything was asked for, the canary says.
  faults.expect(/^console (error|warning): (?!policy violated)/, /^request failed: .* csp$/, new RegExp(`^foreign request: ${canary.origin}/`));
  const cell = await firstCell(talk);
  await talk.unlock();
  // So that the editor has been fetched.
  await cell.runText("1");
  const asked: string[] = [];
  talk.page.on("response", (response) => asked.push(`${response.status()} ${response.url()}`));
  await cell.runText(showing("html", attack(canary.origin)));
  await expect(inside(cell).getByText("The table")).toHaveCSS("color", "rgb(1, 2, 3)");
  // Nothing happens: that takes a while to see.
  await talk.page.waitForTimeout(1500);
  expect(await reached(talk.page)).toBe(undefined);
  expect(canary.asked).toEqual([]);
  expect(asked.filter((url) => url.includes(server.origin))).toEqual([]);
  expect(talk.page.url()).toContain(server.origin);
  await cell.runText("print('goes on')");
  await expect(cell.scroll).toHaveText("goes on");
});

test("even a script in the frame would have neither page, cookie, storage nor network", async ({ talk, faults }) => {
  faults.expect(/^console error: (?!policy violated)/, /^request failed: .* csp$/);
  const cell = await firstCell(talk);
  await talk.unlock();
  await cell.runText(showing("html", "<p>Here</p>"));
  await expect(inside(cell).getByText("Here")).toBeVisible();
  // The browser's debugger runs what the sandbox would not.
  const frame = talk.page.frames().find((frame) => frame.parentFrame() === talk.page.mainFrame());
  const tried = await frame!.evaluate(() => {
    const attempt = (what: () => unknown) => {
      try {
        return String(what());
      } catch (error) {
        return (error as Error).name;
      }
    };
    const read = (address: string) => {
      const request = new XMLHttpRequest();
      request.open("GET", address, false);
      request.send();
      return request.responseText;
    };
    return {
      origin: self.origin,
      page: attempt(() => parent.document.title),
      deck: attempt(() => (parent as Window).deck),
      cookie: attempt(() => document.cookie),
      storage: attempt(() => localStorage.length),
      server: attempt(() => read(document.baseURI.replace(/#.*/, ""))),
      popup: attempt(() => window.open("about:blank")),
      top: attempt(() => (top!.location.href = "about:blank")),
    };
  });
  const denied = "SecurityError";
  expect(tried).toEqual({
    origin: "null", page: denied, deck: denied, cookie: denied, storage: denied, server: "NetworkError", popup: "null", top: denied,
  });
});

test("nor does a click in the frame lead out of it", async ({ talk, canary, faults, server }) => {
  faults.expect(/^console (error|warning): (?!policy violated)/, /^request failed: .* csp$/, /^foreign request: .*\/self$/, /policy violated: frame-src/);
  const cell = await firstCell(talk);
  await talk.unlock();
  for (const [way, markup] of Object.entries(escapes)) {
    await cell.runText(showing("html", markup.replaceAll("CANARY", canary.origin)));
    await inside(cell).getByText("Go").click();
    await talk.page.waitForTimeout(300);
    expect(await reached(talk.page), way).toBe(undefined);
    expect(talk.page.context().pages(), way).toHaveLength(1);
    expect(talk.page.url(), way).toContain(server.origin);
    expect(talk.page.url(), way).not.toContain("attacked");
    expect(canary.asked, way).toEqual([]);
  }
});

test("an SVG of a cell is a picture: no script of it runs and it loads nothing", async ({ talk, canary }) => {
  const cell = await firstCell(talk);
  await talk.unlock();
  const markup = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" onload="parent.reached = 1">
    <script>parent.reached = 1</script><image href="${canary.origin}/image" width="9" height="9"/>
    <foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="${canary.origin}/frame"/></foreignObject><rect width="40" height="20"/></svg>`;
  await cell.runText(showing("svg", markup));
  const image = cell.scroll.locator("img");
  await expect.poll(() => image.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight])).toEqual([40, 20]);
  await talk.page.waitForTimeout(500);
  expect(await reached(talk.page)).toBe(undefined);
  expect(canary.asked).toEqual([]);
  await expect(cell.scroll.locator("svg")).toHaveCount(0);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`a frame has its height at once, a name, and can be read, ${colorScheme}`, async ({ server, contextFor }) => {
    const page = await (await contextFor(server.origin, { colorScheme })).newPage();
    await page.goto(server.link);
    const talk = await new Talk(page).live();
    const cell = await firstCell(talk);
    await talk.unlock();
    await cell.edit('class Rows:\n    _repr_html_ = lambda self: "<p>row" * 40\nRows()');
    const heights: number[] = [];
    await page.exposeFunction("measured", (height: number) => heights.push(height));
    await cell.figure.evaluate((figure) => {
      const measured = (window as unknown as { measured: (height: number) => void }).measured;
      new MutationObserver((_, observer) => {
        const frame = figure.querySelector<HTMLElement>("iframe.html");
        if (!frame) return;
        observer.disconnect();
        measured(frame.offsetHeight);
        frame.addEventListener("load", () => measured(frame.offsetHeight));
      }).observe(figure, { childList: true, subtree: true });
    });
    await cell.run();
    await expect(inside(cell).getByText("row")).toHaveCount(40);
    await expect.poll(() => heights).toEqual([200, 200]);
    const top = (locator: Locator) => locator.evaluate((element) => element.getBoundingClientRect().top);
    await expect.poll(async () => (await top(cell.figure.locator("iframe.html"))) - (await top(cell.scroll)), { message: "its beginning is shown" }).toBeGreaterThanOrEqual(0);
    expect(await layoutFaults(page)).toEqual([]);
    expect(await accessibilityFaults(page)).toEqual([]);
    await expect(cell.figure.getByTitle("HTML made by the cell")).toBeVisible();
    const paper = await inside(cell).locator("html").evaluate((html) => [getComputedStyle(html).backgroundColor, getComputedStyle(html).color]);
    expect(paper).toEqual(["rgb(255, 255, 255)", "rgb(18, 36, 48)"]);
    await cell.button("enlarge").click();
    await expect.poll(() => cell.figure.locator("iframe.html").evaluate((frame: HTMLElement) => frame.offsetHeight)).toBe(480);
  });
}

test("a click into a frame leaves the keys to the deck, and Tab gets in and out", async ({ talk }) => {
  const cell = await firstCell(talk);
  await talk.unlock();
  await cell.runText(showing("html", `<p>Text</p><p><a href="#">A link</a></p>`));
  const focused = () => talk.page.evaluate(() => document.activeElement?.localName);
  await inside(cell).getByText("Text").click();
  await expect.poll(focused).toBe("body");
  const before = await talk.position();
  await talk.press("PageDown");
  expect(await talk.position()).not.toEqual(before);

  await cell.show();
  await cell.scroll.focus();
  await talk.page.mouse.move(0, 0);
  await talk.press("Tab");
  await expect.poll(focused).toBe("iframe");
  await talk.press("Tab", "Tab");
  await expect.poll(focused).not.toBe("iframe");
});

test.describe("recorded", () => {
  /** The recorded HTML's picture: the frame's policy refuses it, and whether Chromium counts that, and as what, differs. */
  const refused = /^request failed: (file|http):.*\/deck\/x (csp|other|net::ERR_FILE_NOT_FOUND)$/;
  const recorded = base.extend<{ folder: string }>({
    folder: async ({ project }, use) => {
      const file = project.path("slides/recordings/first-call.toml");
      const recording = await readFile(file, "utf8");
      const display = (mime: string, data: string) => `[[event]]\nevent = "display"\nmime = "${mime}"\ndata = ${JSON.stringify(data)}\n\n`;
      const events =
        display("text/html", '<p>Recorded table</p><script>parent.reached = 1</script><img src=x onerror="parent.reached = 1">') +
        display("image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><script>parent.reached = 1</script></svg>');
      await writeFile(file, recording.replace('[[event]]\nevent = "finished"', () => `${events}[[event]]\nevent = "finished"`));
      await use(await build(project));
    },
  });

  for (const script of ["with", "without"] as const) {
    recorded(`HTML stands in the same frame, ${script} script, from a file`, async ({ folder, contextFor, faults }) => {
      faults.expect(/^console error: (?!policy violated)/, refused);
      const page = await (await contextFor("file://", { javaScriptEnabled: script === "with" })).newPage();
      await page.goto(pathToFileURL(join(folder, "index.html")).href);
      const figure = page.locator("#cell-first-call");
      if (script === "with") {
        const talk = await new Talk(page).ready();
        await talk.cell("first-call").run();
        expect(await reached(page)).toBe(undefined);
      }
      const frame = figure.locator(".output iframe.html");
      await expect(frame).toHaveAttribute("sandbox", "");
      await expect(figure.frameLocator("iframe.html").getByText("Recorded table")).toBeVisible();
      await expect(figure.locator(".output img")).toHaveCount(1);
    });
  }

  recorded("the print view shows what the frame holds", async ({ folder, contextFor, faults }) => {
    faults.expect(/^console error: (?!policy violated)/, refused);
    const site = await StaticSite.serve(folder);
    const page = await (await contextFor(new URL(site.address).origin)).newPage();
    await page.goto(`${site.address}?print-pdf`);
    const frame = page.locator(".pdf-page #cell-first-call .output > iframe.html");
    await expect(frame).toHaveCount(1);
    await page.emulateMedia({ media: "print" });
    const box = await frame.boundingBox();
    expect(box?.height).toBe(200);
    await expect(page.frameLocator("#cell-first-call iframe.html").getByText("Recorded table")).toBeVisible();
    await site.end();
  });
});

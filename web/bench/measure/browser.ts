// Python in a reader's browser, from the site that `make share` made, and the size of what such a reader fetches.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import type { Page } from "playwright-core";
import { StaticServer } from "../../host/static-server";
import { extensionIn } from "../../host/wheel";
import { type Bench, freshPage, type Group, pause } from "../bench";
import type { RowId, Samples } from "../goals";
import { type Printing, untilOutput } from "./output";

const rows = ["browser-first", "pyodide-start", "browser-first-more", "browser-warm", "browser-early", "extension-size", "site-size"] as const satisfies RowId[];

/** The title slide's cell, which imports the extension and calls it. */
const call: Printing = { cell: "#cell-first-call", printed: "42\n" };

export const browser: Group = {
  name: "browser",
  rows,
  async measure(bench) {
    const site = join(bench.options.root, "dist/site");
    const wheel = existsSync(join(site, "python")) && readdirSync(join(site, "python")).find((name) => name.endsWith(".whl"));
    if (!wheel) return Object.fromEntries(rows.map((row) => [row, "dist/site has no Python for browsers; make share makes it"]));
    const server = await StaticServer.start(site);
    try {
      return {
        ...(await starts(bench, server)),
        "extension-size": [brotliCompressSync(extensionIn(join(site, "python", wheel), bench.options.python)).length / 1000],
        "site-size": [sizeOf(site) / 1e6],
      };
    } finally {
      server.end();
    }
  },
};

/** Both starts in turn, and warm runs after the last of ours. */
async function starts(bench: Bench, server: StaticServer): Promise<Samples> {
  const first: number[] = [];
  const empty: number[] = [];
  const early: number[] = [];
  let warm: number[] = [];
  const rounds = bench.times(7);
  for (let round = 1; round <= rounds; round++) {
    const page = await freshPage(bench);
    const already = server.sent.length;
    await page.goto(server.address, { waitUntil: "networkidle" });
    early.push(server.sent.slice(already).filter(({ path }) => path.startsWith("/python/")).length);
    first.push(await untilOutput(page, call));
    await spokenByPython(page);
    if (round === rounds) warm = await warmRuns(bench, page);
    await page.context().close();
    empty.push(await emptyWorker(bench, server.address));
  }
  return {
    "browser-first": first,
    "pyodide-start": empty,
    "browser-first-more": first.map((time, index) => time - (empty[index] ?? Number.NaN)),
    "browser-warm": warm,
    "browser-early": early,
  };
}

async function warmRuns(bench: Bench, page: Page): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < bench.times(50); run++) {
    await pause(30);
    times.push(await untilOutput(page, call));
  }
  return times;
}

/** A recording prints the same, in no time. */
async function spokenByPython(page: Page): Promise<void> {
  const speaker = await page.locator(call.cell).getAttribute("data-speaker");
  if (speaker !== "browser") throw new Error(`The first cell was answered by “${speaker}”, not by Python in the browser.`);
}

/** Milliseconds until a worker that does nothing else has started Pyodide, in a page with an empty cache. */
async function emptyWorker(bench: Bench, address: string): Promise<number> {
  const page = await freshPage(bench);
  await page.goto(`${address}/blank`);
  const time = await page.evaluate(({ base, lock }) => {
    const script = `import { loadPyodide } from "${base}pyodide.mjs"; await loadPyodide({ indexURL: "${base}", lockFileContents: ${lock} }); postMessage("ready");`;
    const source = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    const began = performance.now();
    const worker = new Worker(source, { type: "module" });
    return new Promise<number>((resolve, reject) => {
      worker.addEventListener("message", () => resolve(performance.now() - began));
      worker.addEventListener("error", ({ message }) => reject(new Error(`The empty worker failed: ${message}`)));
    });
  }, { base: `${address}/python/`, lock: JSON.stringify(noPackages(bench)) });
  await page.context().close();
  return time;
}

/** The list of packages that Pyodide asks for, without any: the deck needs none, and the site has none. */
function noPackages({ options }: Bench): string {
  const { info } = JSON.parse(readFileSync(join(options.root, "web/node_modules/pyodide/pyodide-lock.json"), "utf8")) as { info: object };
  return JSON.stringify({ info, packages: {} });
}

function sizeOf(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

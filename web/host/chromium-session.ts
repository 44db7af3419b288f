// One interpreter for `deck verify --pyodide=chromium`: the worker of the shared site, in a page of a real browser. Lines come
// and go as in src/python/node-session.ts: first what it is made of, then one cell after the other.
import { createInterface } from "node:readline";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import type { PythonSources } from "../src/protocol";
import type { PythonRun } from "../src/python/interpreter";
import type { FromWorker, ToWorker } from "../src/python/messages";
import { chromiumPath, launchChromium } from "./chromium";

/** The first line; paths are of this machine. */
interface Start {
  readonly pyodide: string;
  readonly wheel: string;
  readonly sources: PythonSources;
}

/** No name that leads anywhere: what the page asks for is answered from the disk. */
const origin = "https://session.invalid";
const built = join(fileURLToPath(import.meta.url), "../../../dist");

const browser = await launchChromium(chromiumPath());
const page = await browser.newPage();
const lines = createInterface({ input: process.stdin });
lines.on("line", (line) => void take(JSON.parse(line) as Start | PythonRun));
lines.on("close", () => void browser.close().then(() => process.exit()));

async function take(message: Start | PythonRun): Promise<void> {
  if ("pyodide" in message) await begin(message);
  else await page.evaluate((run) => say({ run }), message);
}

async function begin({ pyodide, wheel, sources }: Start): Promise<void> {
  const files = {
    loader: join(pyodide, "pyodide.mjs"),
    glue: join(pyodide, "pyodide.asm.mjs"),
    interpreter: join(pyodide, "pyodide.asm.wasm"),
    library: join(pyodide, "python_stdlib.zip"),
    wheel,
  };
  await page.route(`${origin}/`, (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Python</title>" }));
  await page.route(`${origin}/python-worker.js`, (route) => route.fulfill({ path: join(built, "python-worker.js") }));
  for (const [role, path] of Object.entries(files)) await page.route(`${origin}/${role}`, (route) => route.fulfill({ path }));
  await page.exposeFunction("tell", hear);
  await page.goto(origin);
  await startWorker(page, Object.keys(files), sources);
}

/** Does what the page of the site does once its downloads are complete. */
function startWorker(page: Page, roles: string[], sources: PythonSources): Promise<void> {
  return page.evaluate(
    async ({ roles, sources }) => {
      const bytes = roles.map(async (role) => [role, await (await fetch(role)).arrayBuffer()] as const);
      const worker = new Worker("python-worker.js", { type: "module" });
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => tell(data);
      worker.onerror = ({ message }) => tell({ failed: message ?? "its script could not be loaded" });
      globalThis.say = (message) => worker.postMessage(message);
      say({ start: { ...Object.fromEntries(await Promise.all(bytes)), sources } } as ToWorker);
    },
    { roles, sources },
  );
}

declare global {
  /** In the page: to the worker. */
  var say: (message: ToWorker) => void;
  /** In the page: to this program. */
  var tell: (message: FromWorker) => void;
}

async function hear(message: FromWorker): Promise<void> {
  if ("ready" in message) {
    write("ready");
  } else if ("failed" in message) {
    console.error(message.failed);
    await browser.close();
    process.exit(1);
  } else {
    message.events.forEach(write);
    // It said how it ended; there is nothing more to come.
    if (!message.alive) await browser.close().then(() => process.exit());
  }
}

function write(what: unknown): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}

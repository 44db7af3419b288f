import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Parts } from "../src/python/interpreter";

export const pyodide = resolve("node_modules/pyodide");
const kernel = "../crates/deck/src/kernel/python";
const wheels = "../target/demo/pyodide/wheel";

/** The wheel that `make pyodide-wheel` has built. */
export function wheel(): Uint8Array<ArrayBuffer> {
  let found: string[] = [];
  try {
    found = readdirSync(wheels).filter((name) => name.endsWith(".whl"));
  } catch {
    // Said below.
  }
  assert.equal(found.length, 1, `expected one wheel in ${wheels}, found ${found.length}: run make pyodide-wheel`);
  return new Uint8Array(readFileSync(`${wheels}/${found[0]}`));
}

/** What an interpreter is made of, from the project's own files. `deck` writes the same into a site. */
export async function parts(): Promise<Parts> {
  const { loadPyodide } = await import(pathToFileURL(`${pyodide}/pyodide.mjs`).href);
  const files = ["browser.py", "cell_runner.py", "deck.py", "streams.py"];
  const { info } = JSON.parse(readFileSync(`${pyodide}/pyodide-lock.json`, "utf8"));
  return {
    loadPyodide,
    settings: { indexURL: pyodide },
    wheel: wheel(),
    sources: {
      info,
      environment: { PYTHONHASHSEED: "0", RUST_BACKTRACE: "0", COLUMNS: "80" },
      kernel: Object.fromEntries(files.map((name) => [name, readFileSync(`${kernel}/${name}`, "utf8")])),
      imports: { "demo_crate/examples/greeting.py": "def greet(name):\n    return f'Hello {name}'\n" },
    },
  };
}

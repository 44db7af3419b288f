import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { pyodide, wheel } from "./pyodide-parts";
import { fromZip } from "./zip";

const extension = fromZip(wheel(), /^rusty\/rusty\.cpython-\d+-wasm32-emscripten\.so$/);

/** What Pyodide's loader supplies for each module by itself: where its data and its functions are put. */
const placed = new Set(["__memory_base", "__table_base"]);

test("all that the demo crate's WebAssembly imports is among what Pyodide's exports", async () => {
  const [crate, main] = await Promise.all([WebAssembly.compile(extension), WebAssembly.compile(readFileSync(`${pyodide}/pyodide.asm.wasm`))]);
  const exported = new Map(WebAssembly.Module.exports(main).map(({ name, kind }) => [name, kind]));
  const imports = WebAssembly.Module.imports(crate);
  assert.ok(imports.some(({ name }) => name.startsWith("Py")), "it calls Python");
  const missing = imports.filter(({ module, name, kind }) => {
    // A GOT entry holds the address of what is exported, whatever kind that is.
    const isThere = module === "env" ? exported.get(name) === kind : module.startsWith("GOT.") && exported.has(name);
    return !isThere && !placed.has(name);
  });
  assert.deepEqual(missing, []);
});

test("the demo crate's WebAssembly is at most 120 KB, as it is sent", () => {
  const bytes = brotliCompressSync(extension).length;
  assert.ok(bytes <= 120_000, `${bytes} bytes, compressed by brotli`);
});

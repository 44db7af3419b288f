// Bundles the deck's browser side into dist/. esbuild alone; see ARCHITECTURE.md for what each file is for.
import { build } from "esbuild";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { notices } from "./build/notices.mjs";
import { revealParts } from "./build/reveal-parts.mjs";
import { revealStyle } from "./build/reveal-style.mjs";

const shared = { bundle: true, minify: true, target: "es2022", metafile: true, logLevel: "warning", outdir: "dist" };

/** Each bundle: what goes in, and what differs from `shared`. */
const bundles = [
  // Classic scripts, so that index.html also opens from a file. The second is fetched when a slide with an X-ray is near, the
  // third when somebody asks for the table of contents.
  { entryPoints: { deck: "src/main.ts", xray: "src/xray/figure/main.ts", contents: "src/contents/main.ts" }, format: "iife", plugins: [revealParts] },
  // Modules that only a served deck asks for, or one whose cells run in the browser, when it needs them.
  {
    entryPoints: { live: "src/live/live.ts", python: "src/python/python.ts", editor: "src/editor/editor.ts" },
    format: "esm",
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    loader: { ".css": "text" },
  },
  // A module worker that starts from its bytes, so all of it is in one file.
  { entryPoints: { "python-worker": "src/python/python-worker.ts" }, format: "esm" },
  {
    // The deck's style, and that of the pages beside it.
    entryPoints: { deck: "theme/deck.css", paper: "theme/paper.css" },
    loader: { ".woff2": "dataurl" },
    plugins: [revealStyle],
  },
];

/** Runs cells in node for `deck verify --pyodide`; no reader's browser asks for it, so it lies beside the tool. */
const nodeSession = {
  entryPoints: { "node-session": "src/python/node-session.ts" },
  format: "esm",
  platform: "node",
  outdir: "../target/web",
  outExtension: { ".js": ".mjs" },
};

/** Does the same in Chromium. It needs packages of this folder, so it lies where node finds them. */
const chromiumSession = {
  entryPoints: { "chromium-session": "host/chromium-session.ts" },
  format: "esm",
  platform: "node",
  packages: "external",
  outdir: "node_modules/.cache",
  outExtension: { ".js": ".mjs" },
};

await rm("dist", { recursive: true, force: true });
await mkdir("dist");
const results = await Promise.all(bundles.map((bundle) => build({ ...shared, ...bundle })));
await Promise.all([nodeSession, chromiumSession].map((session) => build({ ...shared, ...session })));
const inputs = results.flatMap((result) => Object.keys(result.metafile.inputs));
await writeFile("dist/third-party-notices.txt", await notices(inputs, readFile));
await copyFile("theme/favicon.svg", "dist/favicon.svg");

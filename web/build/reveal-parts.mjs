import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Where reveal.js keeps its source, in the same package as the bundle of it. */
const source = join(dirname(createRequire(import.meta.url).resolve("reveal.js")), "../js");

/** Parts of reveal.js that this deck does without, and what it has in their place. They weigh much, and the backgrounds ask the
 *  browser for the computed style of every slide before the first one is there. */
const unused = {
  "controllers/autoanimate": "highlighted lines and traces move by themselves",
  "controllers/backgrounds": "the sea (src/page/page.ts)",
  "controllers/controls": "the footer (src/page/footer.ts)",
  "controllers/keyboard": "the keymap (src/keys/keymap.ts)",
  "controllers/notes": "nothing: the audience does not see them",
  "controllers/overlay": "the help (src/keys/help.ts)",
  "controllers/progress": "the footer",
  "controllers/scrollview": "a page to read (src/page/reading.ts)",
  "controllers/slidenumber": "the footer",
  "components/playback": "nothing: no slide goes on by itself",
  fitty: "text sizes by role (theme/sizes.css)",
};

/** Stands in for such a part: whatever reveal.js asks of it, nothing happens, and it holds an element that is nowhere. */
const standIn = `export default function () {
  return new Proxy({ element: document.createElement("div") }, { get: (own, name) => own[name] ?? (() => {}) });
}`;

/** An esbuild plugin that bundles reveal.js from its source, without those parts. */
export const revealParts = {
  name: "reveal-parts",
  setup(build) {
    build.onStart(async () => ({ errors: (await missing()).map((part) => ({ text: `reveal.js has no js/${part}, which build/reveal-parts.mjs names` })) }));
    build.onResolve({ filter: /^reveal\.js$/ }, () => ({ path: join(source, "reveal.js") }));
    build.onResolve({ filter: /./ }, ({ path, importer }) => {
      const part = path.replace(/^\.\//, "");
      return importer.startsWith(source) && part in unused ? { path: part, namespace: "reveal-stand-in" } : undefined;
    });
    build.onLoad({ filter: /.*/, namespace: "reveal-stand-in" }, () => ({ contents: standIn }));
  },
};

async function missing() {
  const files = (await readdir(source, { recursive: true })).map((file) => file.replace(/\.(js|ts)$/, ""));
  return Object.keys(unused).filter((part) => part.includes("/") && !files.includes(part));
}

// Makes the theme of the handout: a folder as mdBook wants it, beside the other things that are built for it.
import { build } from "esbuild";
import { copyFile, mkdir, rm } from "node:fs/promises";
import { basename } from "node:path";
import { fonts } from "./build/fonts.mjs";

const theme = "../target/handout/theme";
const beside = ({ path }) => ({ path: `./${basename(path)}`, external: true });

await rm(theme, { recursive: true, force: true });
await mkdir(`${theme}/fonts`, { recursive: true });
// mdBook takes all of fonts/ along, and links this file. The typefaces lie beside it.
await build({
  entryPoints: { fonts: "theme/handout.css" },
  bundle: true,
  minify: true,
  target: "es2022",
  logLevel: "warning",
  outdir: `${theme}/fonts`,
  plugins: [{ name: "typefaces-beside", setup: ({ onResolve }) => onResolve({ filter: /\.woff2$/ }, beside) }],
});
await Promise.all(Object.entries(fonts).map(([role, file]) => copyFile(file, `${theme}/fonts/${role}.woff2`)));
await copyFile("theme/favicon.svg", `${theme}/favicon.svg`);

// Makes the theme of the handout: a folder as mdBook wants it, beside the other things that are built for it.
import { build } from "esbuild";
import { copyFile, mkdir, rm } from "node:fs/promises";

const theme = "../target/handout/theme";

await rm(theme, { recursive: true, force: true });
await mkdir(`${theme}/fonts`, { recursive: true });
// mdBook links this file.
await build({
  entryPoints: { fonts: "theme/handout.css" },
  bundle: true,
  minify: true,
  target: "es2022",
  logLevel: "warning",
  outdir: `${theme}/fonts`,
  loader: { ".woff2": "dataurl" },
});
await copyFile("theme/favicon.svg", `${theme}/favicon.svg`);

// Bundles a tool of this folder and runs it: `node tool.mjs bench --quick` runs bench/main.ts. The bundle lies where node finds
// the packages that stay outside of it.
import { build } from "esbuild";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [name] = process.argv.splice(2, 1);
const outfile = `node_modules/.cache/${name}.mjs`;
await build({
  entryPoints: [`${name}/main.ts`],
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
  target: "es2022",
  sourcemap: "inline",
  outfile,
  logLevel: "warning",
});
process.setSourceMapsEnabled(true);
const { main } = await import(pathToFileURL(resolve(outfile)).href);
try {
  process.exitCode = await main(resolve(".."));
} catch (error) {
  console.error(`error: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

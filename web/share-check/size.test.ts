import { stat } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { prerequisites } from "../browser/prerequisites";
import { extensionIn } from "../host/wheel";
import { expect, test } from "./fixtures";
import { files, folder } from "./site";

const most = { site: 25e6, extension: 120e3 };

test("The whole site has at most 25 MB.", async () => {
  const sizes = await Promise.all((await files()).map(async (file) => (await stat(join(folder, file))).size));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  console.log(`  the site has ${(total / 1e6).toFixed(1)} MB in ${sizes.length} files`);
  expect(total).toBeLessThanOrEqual(most.site);
});

test("The extension for the browser has at most 120 kB, compressed by brotli.", async () => {
  const wheels = (await files()).filter((file) => /^python\/.*_wasm32\.whl$/.test(file));
  test.skip(wheels.length === 0, "the site has no Python for the browser");
  for (const wheel of wheels) {
    const size = brotliCompressSync(extensionIn(join(folder, wheel), prerequisites().python)).length;
    console.log(`  the extension has ${(size / 1e3).toFixed(1)} kB compressed`);
    expect(size, wheel).toBeLessThanOrEqual(most.extension);
  }
});

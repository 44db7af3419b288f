import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { prerequisites } from "../browser/prerequisites";
import { expect, test } from "./fixtures";
import { files } from "./site";

const root = join(import.meta.dirname, "../..");

/** What `deck verify` says. It throws, with all of that, where a cell does not do what is shown. */
async function verify(...options: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(prerequisites().deck, ["verify", "--root", root, ...options], { maxBuffer: 1e8 });
  expect(stdout, "how it ends").toMatch(/\n[1-9]\d* passed, 0 failed.*\n$/);
  return stdout;
}

// Nothing but the processor bounds it, and other checks want that, too.
test.setTimeout(600_000);

test("Every cell was run anew and every X-ray traced anew: but for what differs between machines, they are as the slides show them.", async () => {
  const said = await verify("--python", prerequisites().python);
  test.skip(said.includes("NOT TRACED"), "nothing can be traced here");
});

test("Every cell that readers may run was run in their Python, too, and is as the slides show it.", async () => {
  test.skip(!(await files()).includes("python/manifest.json"), "the site has no Python for the browser");
  await verify("--pyodide");
});

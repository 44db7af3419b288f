import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { prerequisites } from "../browser/prerequisites";
import { expect, test } from "./fixtures";
import { files } from "./site";

/** Stands for the site's address in the README. */
const placeholder = "https://example.org/talk/";

test("pip installs the extension from the site into a fresh environment by the README's command, and its demo runs there.", async ({ site }) => {
  test.skip(!(await files()).includes("wheels/index.html"), "the site has no wheels");
  test.setTimeout(120_000);
  const readme = await readFile(join(import.meta.dirname, "../../README.md"), "utf8");
  const block = [...readme.matchAll(/```sh\n(.*?)```/gs)].map(([, text = ""]) => text).find((text) => text.includes("pip install"));
  expect(block, "the README has commands for pip").toContain(placeholder);
  const home = await mkdtemp(join(tmpdir(), "deck-pip-"));
  try {
    const environment = { PATH: process.env["PATH"], HOME: home, PIP_CONFIG_FILE: "/dev/null", PIP_DISABLE_PIP_VERSION_CHECK: "1" };
    const commands = `python() { "${prerequisites().python}" "$@"; }\nset -eu\n${block?.replaceAll(placeholder, site.address)}`;
    const { stdout } = await promisify(execFile)("sh", ["-c", commands], { cwd: home, env: environment });
    expect(stdout.trim().split("\n").at(-1)).toBe("42");
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});

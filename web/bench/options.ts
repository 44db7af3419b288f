// What the caller can choose.
import { existsSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { parseArgs } from "node:util";

export interface Options {
  /** The project's folder. */
  readonly root: string;
  /** The binary `deck`. */
  readonly deck: string;
  /** The interpreter of the cells, with the extension installed. */
  readonly python: string;
  readonly chromium: string;
  /** Few samples, to see that everything can be measured. */
  readonly quick: boolean;
  /** Names of groups to measure; none means all. */
  readonly only: readonly string[];
}

const browsers = ["chromium", "chromium-browser", "google-chrome"];

/** From the command line, and from DECK and PYTHON in the environment. */
export function options(root: string): Options {
  const { values } = parseArgs({
    options: { quick: { type: "boolean", default: false }, only: { type: "string", multiple: true, default: [] } },
  });
  return {
    root,
    deck: resolve(process.env["DECK"] ?? join(root, "target/release/deck")),
    python: process.env["PYTHON"] ?? "python3",
    chromium: browser(),
    quick: values.quick,
    only: values.only,
  };
}

/** The first of these programs that is installed. */
export function onPath(names: readonly string[]): string | null {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path)) ?? null;
}

function browser(): string {
  const found = onPath(browsers);
  if (!found) throw new Error(`None of ${browsers.join(", ")} is on PATH. Debian: apt install chromium.`);
  return found;
}

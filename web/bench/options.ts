// What the caller can choose.
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { chromiumPath } from "../host/chromium";

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

/** From the command line, and from DECK and PYTHON in the environment. */
export function options(root: string): Options {
  const { values } = parseArgs({
    options: { quick: { type: "boolean", default: false }, only: { type: "string", multiple: true, default: [] } },
  });
  return {
    root,
    deck: resolve(process.env["DECK"] ?? join(root, "target/release/deck")),
    python: process.env["PYTHON"] ?? "python3",
    chromium: chromiumPath(),
    quick: values.quick,
    only: values.only,
  };
}

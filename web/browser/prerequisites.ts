import { existsSync } from "node:fs";
import { join } from "node:path";
import { chromiumPath } from "../host/chromium";
import { isExecutable } from "../host/on-path";

/** What the suite runs: found before the first test, so that a missing part is one message and not sixty failures. */
export interface Prerequisites {
  /** Path of the browser. */
  readonly chromium: string;
  /** Path of the `deck` binary. */
  readonly deck: string;
  /** Path of the interpreter that has the extension installed. */
  readonly python: string;
}

/** Finds everything, or throws an error that names all that is missing and how to get it. */
export function prerequisites(): Prerequisites {
  const missing: string[] = [];
  const found = (path: string | undefined, otherwise: string): string => {
    if (path === undefined || !isExecutable(path)) missing.push(path ? `${otherwise} (not executable: ${path})` : otherwise);
    return path ?? "";
  };
  const all = {
    chromium: chromium(missing),
    deck: found(process.env["DECK"], "DECK: the path of the deck binary; `make test-browser` builds it and sets this"),
    python: found(process.env["PYTHON"], "PYTHON: the path of a Python that has the extension; `make test-browser` sets this"),
  };
  const front = join(import.meta.dirname, "../dist/deck.js");
  if (!existsSync(front)) missing.push("web/dist: run `make web`");
  if (missing.length) throw new Error(`The browser suite cannot start. Missing:\n  ${missing.join("\n  ")}`);
  return all;
}

function chromium(missing: string[]): string {
  try {
    return chromiumPath();
  } catch (error) {
    missing.push(`Chromium: ${error instanceof Error ? error.message : error}`);
    return "";
  }
}

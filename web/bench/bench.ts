// What every measurement works with.
import { rmSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "../host/chromium";
import { run } from "./deck-process";
import type { RowId, Samples } from "./goals";
import type { Options } from "./options";
import { writeProject } from "./project";

/** Rows that are measured together. */
export interface Group {
  readonly name: string;
  readonly rows: readonly RowId[];
  measure(bench: Bench): Promise<Samples>;
}

/** The projects to measure, and the browser to measure them in. */
export interface Bench {
  readonly options: Options;
  /** 45 slides without a cell. */
  readonly plain: string;
  /** The same with a chapter of cells, recorded. */
  readonly live: string;
  readonly browser: Browser;
  /** How often to measure what is worth measuring `full` times. */
  times(full: number): number;
  end(): Promise<void>;
}

export async function prepare(options: Options): Promise<Bench> {
  const plain = writeProject(options.root, { live: false });
  const live = writeProject(options.root, { live: true });
  const remove = () => [plain, live].forEach((folder) => rmSync(folder, { recursive: true, force: true }));
  try {
    await run(options, "build", "--root", plain);
    await run(options, "record", "--root", live, "--python", options.python);
    const browser = await launchChromium(options.chromium);
    const end = () => browser.close().finally(remove);
    return { options, plain, live, browser, times: (full) => (options.quick ? Math.min(full, 3) : full), end };
  } catch (error) {
    remove();
    throw error;
  }
}

/** A page in a context of its own: no cache, no cookies. */
export async function freshPage({ browser }: Bench): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, serviceWorkers: "block" });
  const page = await context.newPage();
  page.on("pageerror", (error) => console.error(`error in the page: ${error.message}`));
  return page;
}

/** Waits so many milliseconds. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

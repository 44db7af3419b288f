// gdb on the same calls, through the same driver and its markers.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { onPath } from "../host/on-path";
import type { Options } from "./options";

/** How far gdb goes into the call: by one command, and then by one command each. */
export interface Steps {
  readonly stepi: number;
  readonly python: number;
}

/** What it took. Times are in milliseconds. */
export interface Stepped {
  /** The whole process. */
  readonly whole: number;
  /** The steps alone, by gdb's own clock. */
  readonly taken: Steps;
}

/** The execution that `deck trace` follows, unless it is told another. */
const execution = 16;

/** gdb's program; null where there is none. */
export function gdb(): string | null {
  return onPath(["gdb"]);
}

/** Lets gdb go to the marker before a warm call of the module `rusty`, and step from there. */
export async function stepped(gdb: string, { root, python }: Options, statement: string, steps: Steps): Promise<Stepped> {
  const folder = mkdtempSync(join(tmpdir(), "deck-bench-gdb-"));
  const request = join(folder, "request.json");
  const driver = join(root, "crates/native_trace/src/stepper/driver.py");
  const script = join(root, "web/bench/gdb_steps.py");
  // The shell starts the interpreter; nothing may be downloaded.
  const env = {
    ...process.env, PYTHONHASHSEED: "0", RUST_BACKTRACE: "0", SHELL: "/bin/sh", DEBUGINFOD_URLS: "",
    STEPS: JSON.stringify({ driver, request, execution, ...steps }),
  };
  try {
    writeFileSync(request, JSON.stringify({ statement, setup: "import rusty", execution, imports: [] }));
    const began = performance.now();
    const { stdout, stderr } = await promisify(execFile)(gdb, ["-nx", "-batch", "-iex", "set auto-load off", "-x", script, python], { env });
    return { whole: performance.now() - began, taken: takenIn(stdout, stderr) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The script's answer, the last line. gdb ends well even if a script has failed. */
function takenIn(stdout: string, stderr: string): Steps {
  const last = stdout.trimEnd().split("\n").at(-1) ?? "";
  if (!last.startsWith("{")) throw new Error(`gdb did not step: ${stderr.trim().split("\n").at(-1) ?? last}`);
  const { stepi, python } = JSON.parse(last) as Steps;
  return { stepi: stepi * 1e3, python: python * 1e3 };
}

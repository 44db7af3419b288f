// What the figures were measured on, and how busy it was.
import { execFileSync } from "node:child_process";
import { cpus, loadavg, release, totalmem, type as system } from "node:os";
import { gdb } from "./gdb";

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  /** GiB. */
  readonly memory: number;
  readonly kernel: string;
  /** By program, as it calls itself. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Load averages over one minute. */
export interface Load {
  readonly before: number;
  readonly after: number;
}

export function machine(python: string, chromium: string): Machine {
  const gdbHere = gdb();
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown processor",
    cores: cpus().length,
    memory: Math.round(totalmem() / 2 ** 30),
    kernel: `${system()} ${release()}`,
    versions: {
      rustc: version("rustc"),
      Python: version(python),
      Chromium: version(chromium),
      node: process.versions.node,
      ...(gdbHere === null ? {} : { gdb: version(gdbHere) }),
    },
  };
}

export function load(): number {
  return loadavg()[0] ?? Number.NaN;
}

export function machineLine({ cpu, cores, memory, kernel, versions }: Machine, { before, after }: Load): string {
  const programs = Object.entries(versions).map(([name, number]) => `${name} ${number}`);
  const loads = `load ${before.toFixed(2)} before, ${after.toFixed(2)} after`;
  return [`${cpu}, ${cores} cores, ${memory} GiB`, kernel, ...programs, loads].join(" · ");
}

/** What to tell the reader if others were at work; nothing if the machine was quiet. The bench itself keeps about as many
 *  programs busy as two cores can run, so the load after it may be that high. */
export function doubt({ before, after }: Load, cores: number): string | null {
  const isBusy = before > cores / 4 || after > Math.max(cores, 2) * 1.75;
  if (!isBusy) return null;
  return (
    `DOUBTFUL: the machine was busy (load ${before.toFixed(2)} before and ${after.toFixed(2)} after, on ${cores} cores). ` +
    "Times are too long and spreads too wide. Measure again when nothing else runs; after a build, wait two minutes."
  );
}

function version(program: string): string {
  const said = execFileSync(program, ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return /\d+(\.\d+)+/.exec(said)?.[0] ?? said.trim();
}

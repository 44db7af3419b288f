// X-rays from the command line, and gdb beside them.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Group } from "../bench";
import { gdb, type Stepped, stepped, type Steps } from "../gdb";
import type { Samples } from "../goals";
import type { Options } from "../options";
import { type Traced, traced } from "../traced";

const call = "rusty.add_one(41)";
const longCall = "rusty.edit_distance('kitten' * 4, 'sitting' * 8)";
/** So many instructions the long call must have. */
const enough = 100_000;

/** How far gdb goes into the long call: a second by either way. */
const gdbSteps = { stepi: 4000, python: 1000 };

/** What one round has measured. */
interface Round {
  /** Milliseconds of the whole command. */
  readonly command: number;
  readonly short: Traced;
  readonly long: Traced;
  /** None where there is no gdb. */
  readonly gdb: { readonly short: Stepped; readonly long: Stepped } | null;
}

export const trace: Group = {
  name: "trace",
  rows: [
    "xray-call", "gdb-call", "xray-steps", "gdb-steps", "gdb-python-steps", "xray-long", "xray-symbols", "xray-symbols-short",
  ],
  async measure({ options, times }) {
    const program = gdb();
    const rounds: Round[] = [];
    // The first round reads the binaries from disk, and does not count.
    for (let number = 0; number <= times(7); number++) {
      const taken = await round(options, program);
      if (number > 0) rounds.push(taken);
    }
    return { ...ours(rounds), ...theirs(rounds) };
  },
};

/** Everything once, so that what else the machine does falls upon both. */
async function round(options: Options, program: string | null): Promise<Round> {
  const byGdb = async (statement: string, steps: Steps) => program === null ? null : stepped(program, options, statement, steps);
  const command = await wall(options);
  const short = await traced(options, call);
  const gdbShort = await byGdb(call, { stepi: short.instructions, python: 0 });
  const long = await traced(options, longCall);
  if (long.instructions < enough) throw new Error(`The long call has ${long.instructions} instructions here; it needs ${enough}.`);
  const gdbLong = await byGdb(longCall, gdbSteps);
  return { command, short, long, gdb: gdbShort && gdbLong && { short: gdbShort, long: gdbLong } };
}

async function wall({ deck, python }: Options): Promise<number> {
  const began = performance.now();
  await promisify(execFile)(deck, ["trace", call, "--format", "tree", "--python", python]);
  return performance.now() - began;
}

function ours(rounds: readonly Round[]): Samples {
  return {
    "xray-call": rounds.map(({ command }) => command),
    "xray-steps": rounds.map(({ short, long }) => (1e3 * (long.instructions - short.instructions)) / (long.stepping - short.stepping)),
    "xray-long": rounds.map(({ long }) => long.whole / 1e3),
    "xray-symbols": rounds.map(({ long }) => long.folding),
    "xray-symbols-short": rounds.map(({ short }) => short.folding),
  };
}

function theirs(rounds: readonly Round[]): Samples {
  const taken = rounds.flatMap(({ gdb }) => gdb ?? []);
  const missing = "no gdb here";
  if (!taken.length) return { "gdb-call": missing, "gdb-steps": missing, "gdb-python-steps": missing };
  const perSecond = (way: "stepi" | "python") => taken.map(({ long }) => (1e3 * gdbSteps[way]) / long.taken[way]);
  return {
    "gdb-call": taken.map(({ short }) => short.whole),
    "gdb-steps": perSecond("stepi"),
    "gdb-python-steps": perSecond("python"),
  };
}

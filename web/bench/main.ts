// `make bench`: measures every goal of speed that can be measured here, prints one table, and keeps it in target/bench/. It
// fails only where something could not be measured: how fast is for the reader to judge.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Bench, type Group, prepare } from "./bench";
import type { RowId, Samples } from "./goals";
import { doubt, load as loadAverage, machine, machineLine } from "./machine";
import { browser } from "./measure/browser";
import { build } from "./measure/build";
import { demo } from "./measure/demo";
import { load } from "./measure/load";
import { rebuild } from "./measure/rebuild";
import { restart } from "./measure/restart";
import { run } from "./measure/run";
import { save } from "./measure/save";
import { start } from "./measure/start";
import { trace } from "./measure/trace";
import { xray } from "./measure/xray";
import { type Options, options } from "./options";
import { results } from "./results";
import { how, markdownTable, terminalTable } from "./table";

const groups: readonly Group[] = [build, save, start, load, run, restart, rebuild, trace, xray, browser, demo];

/** How long one group may take, in milliseconds. */
const patience = 3 * 60_000;

/** Measures, prints and writes; returns the exit code. `root` is the project's folder. */
export async function main(root: string): Promise<number> {
  const chosen = options(root);
  const wanted = groups.filter(({ name }) => chosen.only.length === 0 || chosen.only.includes(name));
  if (wanted.length === 0) throw new Error(`--only takes ${groups.map(({ name }) => name).join(", ")}.`);
  const before = loadAverage();
  const { samples, failures } = await measure(chosen, wanted);
  report(chosen, samples, failures, { before, after: loadAverage() });
  return Object.keys(failures).length ? 1 : 0;
}

interface Measured {
  readonly samples: Samples;
  /** Why rows could not be measured. */
  readonly failures: Partial<Record<RowId, string>>;
}

async function measure(chosen: Options, wanted: readonly Group[]): Promise<Measured> {
  const samples: Samples = {};
  const failures: Partial<Record<RowId, string>> = {};
  const bench: Bench = await prepare(chosen);
  try {
    for (const group of wanted) {
      process.stderr.write(`measuring: ${group.name} …\n`);
      try {
        Object.assign(samples, await inTime(group.measure(bench)));
      } catch (error) {
        // The browser's driver adds its whole log to some messages.
        const [reason = ""] = String(error instanceof Error ? error.message : error).split("\nBrowser logs:");
        for (const row of group.rows) failures[row] = reason.trim();
      }
    }
  } finally {
    await bench.end();
  }
  return { samples, failures };
}

/** Fails what waits for something that never comes. */
async function inTime<Value>(measured: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It did not end within ${patience / 60_000} minutes.`)), patience);
  });
  return Promise.race([measured, late]).finally(() => clearTimeout(timer));
}

function report(chosen: Options, samples: Samples, failures: Measured["failures"], loads: { before: number; after: number }): void {
  const here = machine(chosen.python, chosen.chromium);
  const line = machineLine(here, loads);
  const warning = [doubt(loads, here.cores), chosen.quick ? "QUICK: too few samples to be quoted." : null].filter(Boolean).join("\n");
  const table = results(samples, failures);
  const notes = table.filter((result) => how(result)).map((result) => `  ${result.what}: ${how(result)}`);
  console.log(`\n${line}\n\n${terminalTable(table)}\n\n${notes.join("\n")}${warning && `\n\n${warning}`}`);

  const folder = join(chosen.root, "target/bench");
  mkdirSync(folder, { recursive: true });
  const markdown = [line, warning, markdownTable(table)].filter(Boolean).join("\n\n");
  writeFileSync(join(folder, "table.md"), `${markdown}\n`);
  const data = { date: new Date().toISOString(), machine: here, load: loads, warning: warning || null, results: table, samples };
  writeFileSync(join(folder, "table.json"), `${JSON.stringify(data, null, 2)}\n`);
  console.log(`\nWritten to ${join(folder, "table.md")} and table.json, there with every sample.`);
}

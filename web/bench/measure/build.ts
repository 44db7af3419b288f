// `deck build` as a process that starts from nothing.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Group } from "../bench";

interface Costs {
  readonly floor: number;
  readonly runs: readonly { readonly seconds: number; readonly peak: number }[];
}

export const build: Group = {
  name: "build",
  rows: ["build-time", "build-memory"],
  async measure({ options, plain, times }) {
    const script = join(options.root, "web/bench/child.py");
    const command = [options.deck, "build", "--root", plain];
    const { stdout } = await promisify(execFile)(options.python, [script, String(times(30)), ...command]);
    const { floor, runs } = JSON.parse(stdout) as Costs;
    const peaks = runs.map(({ peak }) => peak);
    if (Math.min(...peaks) <= floor) throw new Error(`A peak below ${floor} KiB cannot be told from that of what started it.`);
    return { "build-time": runs.map(({ seconds }) => seconds * 1e3), "build-memory": peaks.map((peak) => (peak * 1024) / 1e6) };
  },
};

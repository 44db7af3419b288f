// `deck build` as a process that starts from nothing.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Group } from "../bench";

interface Cost {
  readonly seconds: number;
  /** KiB. */
  readonly peak: number;
}

export const build: Group = {
  name: "build",
  rows: ["build-time", "build-memory"],
  async measure({ options, plain, times }) {
    const script = join(options.root, "web/bench/child.py");
    const command = [options.deck, "build", "--root", plain];
    const { stdout } = await promisify(execFile)(options.python, ["-I", "-S", script, String(times(30)), ...command]);
    const costs = JSON.parse(stdout) as Cost[];
    return {
      "build-time": costs.map(({ seconds }) => seconds * 1e3),
      "build-memory": costs.map(({ peak }) => (peak * 1024) / 1e6),
    };
  },
};

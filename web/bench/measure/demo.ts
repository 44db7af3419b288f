// `make demo` when everything is made.
import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Group } from "../bench";

/** The environment without what the make that called this added to it for its own children. */
const { MAKEFLAGS: _flags, MFLAGS: _old, MAKELEVEL: _level, ARGS: _args, ...callersOwn } = process.env;

/** What the first cell of the talk writes, on a line of its own. */
const firstOutput = /^ {2}42$/m;

export const demo: Group = {
  name: "demo",
  rows: ["second-demo"],
  async measure({ options, times }) {
    // The first one may make things, and does not count.
    const samples: number[] = [];
    for (let round = 0; round <= times(7); round++) {
      const seconds = await untilOutput(options.root);
      if (round > 0) samples.push(seconds);
    }
    return { "second-demo": samples };
  },
};

/** Seconds from the start of make to the output; the cells after it are not waited for. */
async function untilOutput(root: string): Promise<number> {
  const began = performance.now();
  const child = spawn("make", ["demo"], { cwd: root, env: callersOwn, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "exit");
  let said = "";
  const seconds = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.stderr.on("data", (text: Buffer) => (said += text.toString()));
    child.stdout.on("data", (text: Buffer) => {
      said += text.toString();
      if (firstOutput.test(said)) resolve((performance.now() - began) / 1e3);
    });
    child.once("exit", (code) => reject(new Error(`make demo ended with ${code} before its first output:\n${said}`)));
  });
  // make and what it started are a process group of their own.
  if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGTERM");
  await ended;
  return seconds;
}

// `deck` as a child process.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import type { Options } from "./options";

/** Runs a verb to its end. */
export async function run({ deck }: Options, ...args: string[]): Promise<void> {
  await promisify(execFile)(deck, args);
}

/** A served deck. */
export interface Served {
  /** The link that lets one browser in. */
  readonly link: string;
  end(): Promise<void>;
}

/** Starts `deck serve` on a free port; settles as soon as it has printed its link. */
export async function serve({ deck, python }: Options, folder: string): Promise<Served> {
  const args = ["serve", "--no-open", "--port", "0", "--root", folder, "--python", python];
  const child = spawn(deck, args, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stderr.on("data", (text: Buffer) => (said += text.toString()));
  const link = await new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`deck serve ended with ${code}: ${said.trim()}`)));
    child.stdout.on("data", (text: Buffer) => {
      said += text.toString();
      const found = /http:\S+token=\w+(?=\s)/.exec(said);
      if (found) resolve(found[0]);
    });
  });
  return { link, end: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}

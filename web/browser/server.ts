import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { expect } from "@playwright/test";
import { prerequisites } from "./prerequisites";
import { family, running } from "./processes";
import type { Project } from "./project";

/** A `deck serve` of a test. */
export class Server {
  private constructor(
    private readonly child: ChildProcess,
    /** The link that lets one browser in, once. */
    readonly link: string,
    private readonly said: () => string,
  ) {}

  /** Starts it and waits for its link. */
  static async start(project: Project, port = 0): Promise<Server> {
    const { deck, python } = prerequisites();
    const options = ["--no-open", "--port", String(port), "--profile", "dev", "--root", project.folder, "--python", python];
    const child = spawn(deck, ["serve", ...options], { stdio: ["ignore", "pipe", "pipe"], cwd: project.folder });
    let said = "";
    const link = await new Promise<string>((resolve, reject) => {
      const hear = (text: Buffer) => {
        said += String(text);
        const link = /http:\/\/\S+/.exec(said)?.[0];
        if (link && said.includes("\n")) resolve(link);
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.on("error", reject);
      child.on("exit", (code) => reject(new Error(`deck serve ended with ${code} before it printed a link:\n${said}`)));
    });
    return new Server(child, link, () => said);
  }

  get origin(): string {
    return new URL(this.link).origin;
  }

  get port(): number {
    return Number(new URL(this.link).port);
  }

  /** Asks it to end, as Ctrl-C does, and checks that it leaves no process behind. */
  async end(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const { pid = 0 } = this.child;
    const members = family(pid);
    const exit = once(this.child, "exit");
    this.child.kill(signal);
    await exit;
    await expect.poll(() => running(members), { message: `processes of deck serve that outlive it; it said: ${this.said()}` }).toEqual([]);
  }
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { expect } from "@playwright/test";
import { prerequisites } from "./prerequisites";
import { family, running } from "./processes";
import type { Project } from "./project";

/** A `deck serve` of a test. */
export class Server {
  /** The processes that were its own when it ended. */
  private members: number[] = [];

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

  /** Asks it to end, as Ctrl-C does, and checks that it left no process behind; also after a `kill`. */
  async end(): Promise<void> {
    if (this.isRunning) await this.signal("SIGTERM");
    const message = `processes of deck serve that outlive it; it said: ${this.said()}`;
    // A compiler that was at work when its server was killed is ended by its guard.
    await expect.poll(() => running(this.members), { message, timeout: 5000 }).toEqual([]);
  }

  /** Kills it, as a crash would. */
  async kill(): Promise<void> {
    await this.signal("SIGKILL");
  }

  /** Stops it and all that came from it for so long, as a closed laptop does. */
  async sleep(milliseconds: number): Promise<void> {
    const members = family(this.child.pid ?? 0);
    for (const pid of members) process.kill(pid, "SIGSTOP");
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    for (const pid of members) process.kill(pid, "SIGCONT");
  }

  private get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  private async signal(signal: NodeJS.Signals): Promise<void> {
    this.members = family(this.child.pid ?? 0);
    const exit = once(this.child, "exit");
    this.child.kill(signal);
    await exit;
  }
}

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** The static server in a process of its own, so that it and who asks it do not share a processor's time. It starts from web/. */
export class HostProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly address: string,
  ) {}

  static async start(folder: string): Promise<HostProcess> {
    if (!existsSync(join(folder, "index.html"))) throw new Error(`There is no site in ${folder}: it has no index.html.`);
    const child = spawn(process.execPath, ["tool.mjs", "host", folder], { stdio: ["ignore", "pipe", "inherit"] });
    const address = await new Promise<string>((resolve, reject) => {
      child.once("exit", (code) => reject(new Error(`The server of ${folder} ended at once, with ${code}.`)));
      createInterface(child.stdout).once("line", resolve);
    });
    return new HostProcess(child, address);
  }

  end(): void {
    this.child.kill();
  }
}

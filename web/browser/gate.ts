import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Project } from "./project";

/** A place in a cell's code that it does not pass until the test says so: what a test sees before is seen while the cell runs,
 *  however slow the machine is. */
export class Gate {
  private readonly file: string;

  constructor(project: Project) {
    this.file = join(project.folder, `gate-${randomUUID()}`);
  }

  /** Python that waits at the gate. */
  get wait(): string {
    return `import os, time\nwhile not os.path.exists(${JSON.stringify(this.file)}):\n    time.sleep(0.01)\n`;
  }

  async open(): Promise<void> {
    await writeFile(this.file, "");
  }
}

import { createHash } from "node:crypto";
import { cp, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** What the slides are made from and what the server builds and serves. */
const parts = ["slides", "demo_crate", "web/dist", "pyproject.toml", "rust-toolchain.toml", "LICENSE-APACHE", "LICENSE-MIT"];
const made = new Set(["target", "__pycache__", ".pytest_cache", ".ruff_cache"]);

/** A copy of the project that a test may change. */
export class Project {
  private constructor(readonly folder: string) {}

  /** Copies the project for the worker with this number. The place and the files' times are the same in every run, and
   *  cargo's folder stays: cargo then sees that nothing has changed, and builds nothing that it has built before. */
  static async copy(worker: number): Promise<Project> {
    const name = `deck-browser-${createHash("sha256").update(root).digest("hex").slice(0, 12)}`;
    const folder = join(tmpdir(), name, String(worker));
    const cargo = join(root, "target/browser", String(worker));
    await rm(folder, { recursive: true, force: true });
    await mkdir(cargo, { recursive: true });
    const filter = (path: string) => !made.has(basename(path));
    for (const part of parts) {
      await cp(join(root, part), join(folder, part), { recursive: true, preserveTimestamps: true, filter });
    }
    await symlink(cargo, join(folder, "target"));
    return new Project(folder);
  }

  path(file: string): string {
    return join(this.folder, file);
  }

  /** Saves a file with `from` replaced by `to`; `from` must be there. */
  async replace(file: string, from: string, to: string): Promise<void> {
    const text = await readFile(this.path(file), "utf8");
    if (!text.includes(from)) throw new Error(`${file} does not hold: ${from}`);
    await writeFile(this.path(file), text.replace(from, () => to));
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

// What people do without `deck` when they have changed a line of Rust.
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Options } from "./options";

const exec = promisify(execFile);
const parts = ["demo_crate", "pyproject.toml", "rust-toolchain.toml", "README.md", "LICENSE-APACHE", "LICENSE-MIT"];
const made = new Set(["target", "__pycache__"]);
const file = "demo_crate/src/add_one.rs";

/** A copy of the crate with an environment of its own, and `maturin develop` in it. */
export class Maturin {
  private readonly original: string;

  private constructor(
    private readonly options: Options,
    private readonly folder: string,
  ) {
    this.original = readFileSync(join(folder, file), "utf8");
  }

  /** With everything compiled that the crate depends on. */
  static async prepare(options: Options): Promise<Maturin> {
    const folder = mkdtempSync(join(tmpdir(), "deck-bench-maturin-"));
    for (const part of parts) {
      cpSync(join(options.root, part), join(folder, part), { recursive: true, filter: (path) => !made.has(basename(path)) });
    }
    await exec(options.python, ["-m", "venv", join(folder, "environment")]);
    const maturin = new Maturin(options, folder);
    await maturin.develop("", "");
    return maturin;
  }

  /** Changes the source and installs it; milliseconds until the command has ended. */
  async develop(from: string, to: string): Promise<number> {
    const { options, folder, original } = this;
    writeFileSync(join(folder, file), original.replace(from, to));
    // Its dependencies are compiled once for all benches.
    const target = join(options.root, "target/bench/maturin");
    const env = { ...process.env, VIRTUAL_ENV: join(folder, "environment"), CARGO_TARGET_DIR: target, PIP_DISABLE_PIP_VERSION_CHECK: "1" };
    const began = performance.now();
    await exec(join(dirname(options.python), "maturin"), ["develop", "--release", "--quiet"], { cwd: folder, env });
    return performance.now() - began;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

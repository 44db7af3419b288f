import { execFile } from "node:child_process";
import { mkdir, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { prerequisites } from "./prerequisites";
import type { Project } from "./project";

const root = join(import.meta.dirname, "../..");

/** What the site has for Python in the browser, and the project's copy has not. */
const parts = ["web/node_modules/pyodide", "target/demo/pyodide/wheel"];

/** Makes the site of a project that is shared, Python for the browser included, and returns its folder. */
export async function share(project: Project): Promise<string> {
  for (const part of parts) {
    const place = project.path(part);
    await mkdir(dirname(place), { recursive: true });
    await rm(place, { recursive: true, force: true });
    await symlink(join(root, part), place);
  }
  const folder = project.path("dist/site");
  await promisify(execFile)(prerequisites().deck, ["share", "--root", project.folder, "--out", folder]);
  return folder;
}

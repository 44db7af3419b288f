import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/** The finished site. */
export const folder = process.env["SITE"] ?? join(import.meta.dirname, "../../dist/site");

if (!existsSync(join(folder, "index.html"))) throw new Error(`${folder} holds no site; run \`make share\` first`);

/** Paths of all files, from the site's root. */
export async function files(root = folder): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => relative(root, join(entry.parentPath, entry.name)));
  return paths.map((path) => path.split(sep).join("/"));
}

/** The site's digest, as crates/deck/src/verbs/site_checks.rs makes it. The page that reports the checks is not checked. */
export async function digest(root: string): Promise<string> {
  const paths = (await files(root)).filter((path) => path !== "about.html").map((path) => Buffer.from(path));
  const list = createHash("sha256");
  for (const path of paths.toSorted(Buffer.compare)) {
    list.update(`${hash(await readFile(join(root, path.toString())))}  ${path}\n`);
  }
  return list.digest("hex");
}

function hash(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

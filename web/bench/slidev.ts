// Slidev with the same slides, to be loaded beside the deck.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Options } from "./options";
import { body, notes, snippetsOf, textIn } from "./project";
import type { Snippet } from "./snippets";

const exec = promisify(execFile);

/** What pins its version: Slidev and all that comes with it are half a gigabyte, so they are installed for `make bench` alone. */
const pins = ["package.json", "package-lock.json"] as const;

/** The folder of the site that Slidev builds. It is built once for each version and text. */
export async function slidevSite({ root }: Options): Promise<string> {
  const folder = join(root, "target/bench/slidev");
  const source = slides(root);
  const key = createHash("sha256").update(source);
  for (const file of pins) key.update(readFileSync(join(root, "web/bench/slidev", file)));
  const site = join(folder, `site-${key.digest("hex").slice(0, 12)}`);
  if (existsSync(join(site, "index.html"))) return site;

  mkdirSync(folder, { recursive: true });
  for (const file of pins) cpSync(join(root, "web/bench/slidev", file), join(folder, file));
  process.stderr.write("installing Slidev into target/bench/slidev …\n");
  await exec("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], { cwd: folder });
  writeFileSync(join(folder, "slides.md"), source);
  rmSync(site, { recursive: true, force: true });
  await exec(join(folder, "node_modules/.bin/slidev"), ["build", "slides.md", "--out", site, "--base", "/"], { cwd: folder });
  return site;
}

/** The slides of the measured deck in Slidev's form. A font from elsewhere would be a request to elsewhere. */
function slides(root: string): string {
  const text = textIn(root);
  const lines = ({ file, first, last }: Snippet) => text(file).split("\n").slice(first - 1, last).join("\n");
  const all = snippetsOf(root).map((snippet, index) => {
    return `## Slide ${index + 1}\n\n${body(index + 1, snippet.fence, lines(snippet))}\n<!--\n${notes}\n-->\n`;
  });
  return `---\ntheme: default\nfonts:\n  provider: none\n---\n\n${all.join("\n---\n\n")}`;
}

import { readdir } from "node:fs/promises";

const heading = "This deck contains the following third-party work, each under the licence printed below its name.\n";

/** The licence texts of every package that has a file among `inputs` (esbuild's list of bundled files). */
export async function notices(inputs, readFile) {
  const folders = new Set(inputs.map(packageFolder).filter(Boolean));
  const entries = await Promise.all([...folders].sort().map((folder) => notice(folder, readFile)));
  return [heading, ...entries].join(`\n${"-".repeat(78)}\n`);
}

function packageFolder(path) {
  return /node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
}

async function notice(folder, readFile) {
  const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) {
    throw new Error(`${folder} has no licence file, found none of LICENSE*: name its licence in build/notices.mjs`);
  }
  return `${name} ${version} (${license})\n\n${(await readFile(`${folder}/${file}`, "utf8")).trim()}\n`;
}

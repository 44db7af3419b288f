import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { homedir, hostname, tmpdir, userInfo } from "node:os";
import { join, resolve } from "node:path";
import { prerequisites } from "../browser/prerequisites";
import { readPdf } from "../pdf/read";
import { expect, test } from "./fixtures";
import { files, folder } from "./site";

const root = resolve(import.meta.dirname, "../..");
const archives = /\.(whl|zip|tar\.gz)$/;

test("The speaker's notes are in no page, no script, no data and no PDF of the site.", async () => {
  test.skip(process.env["WITH_NOTES"] !== undefined, "the notes were asked for");
  const sentences = await notes();
  expect(sentences.length, "sentences that are looked for").toBeGreaterThan(100);
  const faults: string[] = [];
  for (const [file, text] of await texts()) {
    faults.push(...sentences.filter((sentence) => text.includes(sentence)).map((sentence) => `${file}: ${sentence}`));
  }
  expect(faults).toEqual([]);
});

test("No file, also none inside of an archive, names a home directory, a user, this machine, or a folder of the build.", async () => {
  test.setTimeout(180_000);
  const third = await thirdParties();
  const unpacked = await mkdtemp(join(tmpdir(), "deck-share-"));
  try {
    const faults: string[] = [];
    for (const file of await files()) {
      const bytes = await readFile(join(folder, file));
      if (third.some((other) => other.equals(bytes))) continue;
      // The text of a PDF is compressed in it.
      const content = file.endsWith(".pdf") ? Buffer.concat([bytes, Buffer.from(await text(join(folder, file)))]) : bytes;
      faults.push(...named(content).map((name) => `${file}: ${name}`));
      if (!archives.test(file)) continue;
      const place = join(unpacked, file.replaceAll("/", "_"));
      execFileSync(prerequisites().python, ["-c", "import shutil, sys; shutil.unpack_archive(sys.argv[1], sys.argv[2], sys.argv[3])", join(folder, file), place, file.endsWith(".gz") ? "gztar" : "zip"]);
      for (const inner of await files(place)) faults.push(...named(await readFile(join(place, inner))).map((name) => `${file}, ${inner}: ${name}`));
    }
    expect(faults).toEqual([]);
  } finally {
    await rm(unpacked, { recursive: true, force: true });
  }
});

/** What of this machine some bytes name, with what surrounds it. */
function named(bytes: Buffer): string[] {
  const text = bytes.toString("latin1");
  const user = userInfo().username;
  const patterns = [
    `${homedir()}/`, `${root}/`, "/home/", "/Users/", "C:\\Users", `/${user}/`, "/.cargo/", "/.rustup/", `${tmpdir()}/`,
    ...(hostname().length > 4 ? [hostname()] : []),
  ];
  return [...new Set(patterns)].flatMap((pattern) => {
    const at = text.indexOf(pattern);
    return at < 0 ? [] : [text.slice(Math.max(0, at - 40), at + 60).replace(/[^ -~]+/g, "·")];
  });
}

/** Files of others that are handed on as they are: what they name was never on this machine. */
async function thirdParties(): Promise<Buffer[]> {
  const folder = join(root, "web/node_modules/pyodide");
  const names = await readdir(folder).catch(() => []);
  return Promise.all(names.filter((name) => /\.(m?js|wasm|zip|json)$/.test(name)).map((name) => readFile(join(folder, name))));
}

/** The notes of a chapter. */
const spoken = /^\$notes\$$(.*?)^\$notes-end\$$/gms;

/** What only the speaker says: sentences that are long enough to be nobody else's, and that no text for readers has as well. */
async function notes(): Promise<string[]> {
  const source = join(root, "slides/src");
  const chapters = (await readdir(source)).filter((name) => name.endsWith(".md") && name !== "SUMMARY.md");
  const all = await Promise.all(chapters.map((name) => readFile(join(source, name), "utf8")));
  const notes = all.flatMap((text) => [...text.matchAll(spoken)].map(([, notes = ""]) => notes));
  const forReaders = words(all.map((text) => text.replace(spoken, "")).join("\n"));
  const sentences = notes.flatMap((text) => text.split(/(?<=[.?!])\s+|\n\n/)).filter((sentence) => !sentence.includes("{{")).map(words);
  return sentences.filter((sentence) => sentence.length > 40 && !forReaders.includes(sentence));
}

/** Every file of the site that is text, or can be turned into it, as words. */
async function texts(): Promise<[string, string][]> {
  const all = (await files()).filter((file) => /\.(html|js|mjs|json|txt|xml|md|svg|pdf)$/.test(file));
  return Promise.all(all.map(async (file): Promise<[string, string]> => [file, words(await text(join(folder, file)))]));
}

async function text(path: string): Promise<string> {
  if (path.endsWith(".pdf")) return (await readPdf(await readFile(path))).pages.map((page) => page.text).join("\n");
  const content = await readFile(path, "utf8");
  return path.endsWith(".html") ? content.replace(/<[^>]*>/g, "") : content;
}

/** Letters and digits alone: markup, quotation marks and line ends differ from form to form. */
function words(text: string): string {
  return text.replace(/&[a-z#0-9]+;/g, " ").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

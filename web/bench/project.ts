// The deck that is measured: a project of 45 slides, each with a snippet, in a temporary folder.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cut, mixed, type Snippet, sources } from "./snippets";

const slidesPerChapter = 6;

/** What the speaker says on every slide. */
export const notes = "What the speaker says here is a sentence or two. It stands in the page, too, and counts as a part of it.";

/** Cells of the live project, by id. */
export const cells = { sum: "print(1+1)", trivial: "1" } as const;

/** What the cell `sum` prints. */
export const printed = "2\n";

/** Writes the project; returns its folder. Included files lie in code/: with a demo_crate/ of its own, the server would
 *  build it in the background while it is being measured. */
export function writeProject(root: string, { live }: { live: boolean }): string {
  const folder = mkdtempSync(join(tmpdir(), "deck-bench-"));
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const text = textIn(root);
  for (const file of sources.flatMap(({ files }) => files)) put(`code/${file}`, text(file));
  const snippets = snippetsOf(root);
  const chapters = chunks(snippets, slidesPerChapter).map((part, index) => chapter(part, index + 1));
  if (live) chapters.push(cellChapter());
  const names = chapters.map((_, index) => `${String(index + 1).padStart(2, "0")}-part.md`);
  chapters.forEach((chapter, index) => put(`slides/src/${names[index]}`, chapter));
  put("slides/src/SUMMARY.md", `# Summary\n\n${names.map((name, index) => `- [Part ${index + 1}](${name})`).join("\n")}\n`);
  put("slides/book.toml", '[book]\ntitle = "A deck to measure"\nlanguage = "en"\nsrc = "src"\n');
  cpSync(join(root, "web/dist"), join(folder, "web/dist"), { recursive: true });
  return folder;
}

/** The snippets of the deck, one for each slide. */
export function snippetsOf(root: string): Snippet[] {
  return mixed(sources.map((source) => cut(source, textIn(root))));
}

/** Reads a file by its path from the project's folder. */
export function textIn(root: string): (file: string) => string {
  return (file) => readFileSync(join(root, file), "utf8");
}

/** Id of a slide of the project, from its number in the deck. */
export function slideId(number: number): string {
  return `slide-${number}`;
}

/** The chapter file of that slide, from the project's folder. */
export function chapterFile(slide: number): string {
  return `slides/src/${String(Math.ceil(slide / slidesPerChapter)).padStart(2, "0")}-part.md`;
}

function chapter(snippets: readonly Snippet[], number: number): string {
  return snippets.map((snippet, index) => slide(snippet, (number - 1) * slidesPerChapter + index + 1)).join("\n---\n\n");
}

function slide({ fence, file, first, last }: Snippet, number: number): string {
  return `## Slide ${number} {#${slideId(number)} minutes=1}

${body(number, fence, `{{#include ../../code/${file}:${first}:${last}}}`)}
$notes$
${notes}
$notes-end$
`;
}

/** What a slide shows under its heading. */
export function body(number: number, fence: string, code: string): string {
  return `A sentence that says what slide${number} is about, with \`code\`, **weight** and *stress* in it.

\`\`\`${fence}
${code}
\`\`\`

- One thing to see in this code
- Another one, with a [link](https://example.org/) in it
`;
}

function cellChapter(): string {
  const slides = Object.entries(cells).map(([id, source]) => `## Cell ${id} {#cell-slide-${id} minutes=1}\n\n\`\`\`python,live,id=${id}\n${source}\n\`\`\`\n`);
  return slides.join("\n---\n\n");
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}

import { cp, mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CellData, CellEvent, DeckData, Finding } from "../src/protocol";

const dist = join(import.meta.dirname, "../dist");

const addOne = `use pyo3::prelude::*;

/// Add one to x.
#[pyfunction]
pub fn add_one(x: i64) -> i64 {
    x + 1
}
`;
const evens = `#[pyfunction]
pub fn evens(mut numbers: Vec<i64>) -> Vec<i64> {
    for number in &numbers {
        numbers.retain(|other| other % 2 == 0);
    }
    numbers
}
`;
const panics = `/// Add one to x, or panic.
#[pyfunction]
pub fn panics(x: i64) -> i64 {
    assert!(x != 0, "x must not be zero");
    x + 1
}
`;

/** What a call of `panics(0)` writes and raises. */
export const panicked: CellEvent[] = [
  {
    event: "stream",
    fd: "stderr",
    data: "\nthread '<unnamed>' (29159) panicked at src/errors.rs:31:5:\nx must not be zero\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n",
  },
  {
    event: "error",
    error: {
      kind: "traceback",
      exception: "PanicException",
      message: "x must not be zero",
      text: 'Traceback (most recent call last):\n  File "<cell missed>", line 4, in <module>\n    rusty.panics(0)\npyo3_runtime.PanicException: x must not be zero\n',
    },
  },
];

/** What the compiler says of `evens`. */
export const borrowed: Finding = {
  level: "error",
  code: "E0502",
  message: "cannot borrow `numbers` as mutable because it is also borrowed as immutable",
  spots: [
    spot("borrow", [4, 9], [4, 47], "mutable borrow occurs here", true),
    spot("borrow", [3, 19], [3, 27], "immutable borrow occurs here", false),
  ],
  rendered: `error[E0502]: cannot borrow \`numbers\` as mutable because it is also borrowed as immutable
  --> demo_crate/src/lists.rs:10:9
   |
 9 |     for number in &numbers {
   |                   --------
   |                   |
   |                   immutable borrow occurs here
   |                   immutable borrow later used here
10 |         numbers.retain(|other| other % 2 == 0);
   |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ mutable borrow occurs here

`,
  fixes: [],
};

/** What the compiler says of `let y = x; y += 1;` on lines 6 and 7 of `add_one`. */
export const immutable: Finding = {
  level: "error",
  code: "E0384",
  message: "cannot assign twice to immutable variable `y`",
  spots: [spot("edit", [7, 5], [7, 11], "cannot assign twice to immutable variable", true), spot("edit", [6, 9], [6, 10], "first assignment to `y`", false)],
  rendered: `error[E0384]: cannot assign twice to immutable variable \`y\`
 --> demo_crate/src/add_one.rs:9:5
  |
8 |     let y = x;
  |         - first assignment to \`y\`
9 |     y += 1;
  |     ^^^^^^ cannot assign twice to immutable variable
  |
help: consider making this binding mutable
  |
8 |     let mut y = x;
  |         +++

`,
  fixes: [
    {
      message: "consider making this binding mutable",
      edits: [{ cell: "edit", from: { line: 6, column: 9 }, to: { line: 6, column: 9 }, text: "mut " }],
    },
  ],
};

/** A warning about the same text. */
export const unused: Finding = {
  level: "warning",
  code: "unused_variables",
  message: "unused variable: `spare`",
  spots: [spot("edit", [8, 9], [8, 14], "help: if this is intentional, prefix it with an underscore", true)],
  rendered: "warning: unused variable: `spare`\n",
  fixes: [
    {
      message: "if this is intentional, prefix it with an underscore",
      edits: [{ cell: "edit", from: { line: 8, column: 9 }, to: { line: 8, column: 14 }, text: "_spare" }],
    },
  ],
};

/** `add_one` as it is when the compiler says all that. */
export const faulty = addOne.replace("    x + 1\n", "    let y = x;\n    y += 1;\n    let spare = 3;\n    y\n");

const cells: Record<string, CellData> = {
  edit: cell("rust", addOne),
  call: cell("python", "import rusty\n\nrusty.add_one(41)\n"),
  borrow: {
    ...cell("rust", evens),
    recording: {
      label: "Recorded: rustc 1.95.0, 2026-11-23",
      events: [
        { event: "started" },
        { event: "error", error: { kind: "compile", findings: [borrowed] } },
        { event: "finished", status: "error", seconds: 0.19, limits: [] },
      ],
    },
  },
  panics: cell("rust", panics),
  missed: cell("python", 'import rusty\n\ntry:\n    rusty.panics(0)\nexcept Exception:\n    print("caught")\n'),
};

const slides: [id: string, title: string, left: string, leftOrigin: string, right: string][] = [
  ["change-it", "Change it, here", "edit", "demo_crate/src/add_one.rs:3", "call"],
  ["borrow-slide", "The list that changed under the loop", "borrow", "", ""],
  ["panic-slide", "A panic is not an Exception", "panics", "demo_crate/src/errors.rs:28", "missed"],
];

/** Writes a deck of slides with Rust that is changed, as `deck` writes them for its own, into a new folder. With `live` it asks
 *  for a server. */
export async function rustSlides(live: boolean): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "deck-rust-slides-"));
  await cp(dist, join(folder, "assets"), { recursive: true });
  await mkdir(join(folder, "source/demo_crate/src"), { recursive: true });
  await writeFile(join(folder, "index.html"), page(live));
  return folder;
}

function page(live: boolean): string {
  const data: DeckData = { title: "Rust on stage", digest: "rust-slides", cells, offers: [] };
  return (
    `<!doctype html><html lang="en"${live ? " data-live" : ""}><head><meta charset="utf-8"><title>Rust on stage</title>` +
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">' +
    '<link rel="stylesheet" href="assets/deck.css"><link rel="icon" href="assets/favicon.svg"><script defer src="assets/deck.js"></script></head>' +
    `<body><div class="reveal"><div class="slides">${slides.map((each) => slide(...each)).join("")}</div></div>` +
    `<script type="application/json" id="deck-data">${JSON.stringify(data).replaceAll("<", "\\u003c")}</script></body></html>`
  );
}

function slide(id: string, title: string, left: string, origin: string, right: string): string {
  const about = `data-number="2.4" data-chapter="2" data-chapter-title="A first function" data-title="${title}" data-minutes="1" data-digest="${id}"`;
  const columns = [figure(left, origin), right ? figure(right, "") : "<p>Rust: the loop borrows the list.</p>"];
  return `<section id="${id}" ${about}><h2>${title}</h2><div class="columns">${columns.map((column) => `<div>${column}</div>`).join("")}</div></section>`;
}

function figure(id: string, origin: string): string {
  const { language, source, recording } = cells[id]!;
  const lines = source.replace(/\n$/, "").split("\n").map((line, index) => `<span class="line" data-line="${index + 1}">${escaped(line)}\n</span>`);
  const [file = "", number = ""] = origin.split(":");
  const caption = origin && `<figcaption><a href="source/${file}.html#L${number}">${origin}</a></figcaption>`;
  const isRust = language === "rust";
  const step = isRust ? "" : `<i class="fragment run" data-cell="${id}" aria-hidden="true"></i>`;
  const output = recording ? `<div class="output"><pre class="compile">${escaped(borrowed.rendered)}</pre><p class="label">${recording.label}</p></div>` : "";
  return (
    `<figure class="code cell${isRust ? " rust" : ""}" id="cell-${id}" data-cell="${id}" data-language="${language}">` +
    `<pre tabindex="0" role="region" aria-label="${isRust ? "Rust" : "Python"} code"><code>${lines.join("")}</code></pre>${step}${caption}${output}</figure>`
  );
}

function cell(language: string, source: string): CellData {
  return { chapter: 2, language, source, setup: false, needs: [], manual: language === "rust", recording: null, browser: null };
}

function spot(cell: string, from: [number, number], to: [number, number], label: string, primary: boolean): Finding["spots"][number] {
  const point = ([line, column]: [number, number]) => ({ line, column });
  return { at: { in: "cell", cell, from: point(from), to: point(to) }, label, primary };
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

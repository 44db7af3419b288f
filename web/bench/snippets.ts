// Which code the measured deck shows: files of this project, cut into pieces as long as a slide's code.

/** A language of the measured deck, with the number of its snippets and the files they are cut from. */
export interface Source {
  readonly fence: string;
  readonly count: number;
  readonly files: readonly string[];
}

/** A piece of a file, lines from 1, both included. */
export interface Snippet {
  readonly fence: string;
  readonly file: string;
  readonly first: number;
  readonly last: number;
}

/** Lines of a snippet. */
const length = 12;

/** Half Python, a third Rust, the rest what else is on the slides of this talk. */
export const sources: readonly Source[] = [
  {
    fence: "python",
    count: 23,
    files: [
      "demo_crate/examples/method_row.py",
      "demo_crate/examples/object_header.py",
      "demo_crate/examples/which_packages_are_rust.py",
      "crates/deck/src/kernel/python/cell_runner.py",
      "crates/deck/src/kernel/python/worker.py",
    ],
  },
  {
    fence: "rust",
    count: 15,
    files: [
      "demo_crate/src/counter.rs",
      "demo_crate/src/edit_distance.rs",
      "demo_crate/src/errors.rs",
      "demo_crate/src/lib.rs",
      "demo_crate/src/threads.rs",
    ],
  },
  { fence: "toml", count: 5, files: ["pyproject.toml", "Cargo.toml"] },
  { fence: "c", count: 1, files: ["demo_crate/examples/call_signature.c"] },
  { fence: "sh", count: 1, files: [".ci/run"] },
];

/** Cuts the first snippets out of the files, one file after the other. `text` gives a file's text. */
export function cut({ fence, count, files }: Source, text: (file: string) => string): Snippet[] {
  const all = files.flatMap((file) => {
    const lines = text(file).trimEnd().split("\n").length;
    const starts = Array.from({ length: Math.max(1, Math.floor(lines / length)) }, (_, index) => 1 + index * length);
    return starts.map((first) => ({ fence, file, first, last: Math.min(first + length - 1, lines) }));
  });
  if (all.length < count) throw new Error(`The files for ${fence} give ${all.length} snippets; ${count} are wanted.`);
  return all.slice(0, count);
}

/** Deals the snippets of all languages out like cards, so that every chapter has some of each. */
export function mixed(all: readonly (readonly Snippet[])[]): Snippet[] {
  const placed = all.flatMap((snippets) => snippets.map((snippet, index) => ({ snippet, place: (index + 0.5) / snippets.length })));
  return placed.sort((one, other) => one.place - other.place).map(({ snippet }) => snippet);
}

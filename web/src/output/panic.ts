import type { Piece } from "./pieces";

/** A part of what a process wrote to its error output: a panic of Rust, or anything else. */
export type Written = { kind: "text"; text: string } | { kind: "panic"; pieces: Piece[] };

const head = /^(thread '.*?'(?: \(\d+\))? panicked at )(\S.*:\d+:\d+)(:\n?)$/s;
/** The message ends where the advice begins, with an empty line or with the next panic. */
const advice = /^note: run with `RUST_BACKTRACE=/;
const isEnd = (line: string) => ["\n", "stack backtrace:\n"].includes(line) || advice.test(line) || head.test(line);

/** Finds the panics in error output. No character is lost. `crates/deck/src/render/panic.rs` does the same for pages without
 *  script; panics.json tests both. */
export function panicsIn(text: string): Written[] {
  const found: Written[] = [];
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  for (let at = 0; at < lines.length; ) {
    // Rust writes an empty line before a panic, to set it apart.
    const gap = lines[at] === "\n" ? 1 : 0;
    const first = head.exec(lines[at + gap] ?? "");
    if (!first) {
      addText(found, lines[at++] ?? "");
      continue;
    }
    const pieces: Piece[] = [["gap", "\n".repeat(gap)], ["head", first[1] ?? ""], ["place", first[2] ?? ""], ["head", first[3] ?? ""]];
    at += gap + 1;
    let message = "";
    while (at < lines.length && !isEnd(lines[at] ?? "")) message += lines[at++];
    pieces.push(["message", message]);
    if (advice.test(lines[at] ?? "")) pieces.push(["note", lines[at++] ?? ""]);
    found.push({ kind: "panic", pieces: pieces.filter(([, text]) => text) });
  }
  return found;
}

/** The file and the line of a place such as `src/errors.rs:31:5`. */
export function fileAndLine(place: string): { file: string; line: number } | null {
  const [, file = "", line = ""] = /^(.+):(\d+):\d+$/.exec(place) ?? [];
  return file ? { file, line: Number(line) } : null;
}

function addText(found: Written[], line: string): void {
  const last = found.at(-1);
  if (last?.kind === "text") last.text += line;
  else found.push({ kind: "text", text: line });
}

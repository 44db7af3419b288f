// What is measured, and how fast it has to be: the table of speed as data. The files in measure/ supply the samples.

/** How a value is written. */
export type Unit = "ms" | "s" | "MB" | "KB" | "requests" | "ratio" | "steps/s";

/** One row of the table. */
export interface Row {
  readonly what: string;
  readonly unit: Unit;
  /** The median must not be above it; where more is better, not below it. Without one, the row explains another row. */
  readonly goal?: number;
  /** More is better. */
  readonly atLeast?: true;
  /** How it was measured, where the name does not say it, or why it was not. */
  readonly note?: string;
  /** Nothing here can measure it. */
  readonly elsewhere?: true;
}

/** By id, in the order of the table. */
export const rows = {
  "build-time": { what: "build of a 45-slide highlighted deck, cold", unit: "ms", goal: 60, note: "whole process, 45 snippets" },
  "build-memory": { what: "its peak memory", unit: "MB", goal: 45, note: "largest resident set of the process, an upper bound" },
  "save-to-page": {
    what: "save → slide changed in the browser",
    unit: "ms",
    goal: 80,
    note: "from before the write until reveal has taken the new slide in",
  },
  "save-to-server": { what: "of which until the server says so", unit: "ms", note: "until the page has the message" },
  "server-start": {
    what: "server start → first slide served",
    unit: "ms",
    goal: 400,
    note: "process start until the last byte of the page",
  },
  "first-slide": {
    what: "first slide ready",
    unit: "ms",
    note: "static deck, empty cache, navigation until the frame after ready",
  },
  "slidev-first-slide": {
    what: "Slidev's, in turn with it",
    unit: "ms",
    note: "the same 45 slides and snippets, built by Slidev with its default theme and no fonts of its own, from the same server",
  },
  "slidev-ratio": { what: "first slide : Slidev's", unit: "ratio", goal: 0.5, note: "pair by pair" },
  "blank-page": { what: "a blank page, in turn with it", unit: "ms" },
  "first-slide-ratio": { what: "first slide : blank page", unit: "ratio", note: "pair by pair" },
  "load-bytes": { what: "first load, gzip", unit: "KB", goal: 115, note: "static deck of 45 slides; 1 KB = 1000 bytes of body" },
  "load-requests": { what: "first load, requests", unit: "requests", goal: 12, note: "with the icon" },
  "slidev-load-bytes": { what: "Slidev's first load, gzip", unit: "KB" },
  "slidev-load-requests": { what: "Slidev's first load, requests", unit: "requests" },
  "run-to-output": {
    what: "Run → output in the DOM, `print(1+1)`",
    unit: "ms",
    goal: 6,
    note: "Run is pressed by a script, from the time stamp of the click",
  },
  "run-by-click": {
    what: "the same by a real click, in turn with it",
    unit: "ms",
    note: "after real input, Chromium holds a page's messages back until the next frame",
  },
  "echo-by-click": {
    what: "a real click on an empty page → any answer",
    unit: "ms",
    note: "the least that a page with a socket to this server can reach: no deck, no cell, no interpreter",
  },
  "run-round-trip": { what: "its round trip alone", unit: "ms", note: "socket message until `finished`, no deck in the page" },
  "restart": {
    what: "session restart, with the first answer",
    unit: "ms",
    goal: 50,
    note: "until a cell `1` has finished in the fresh session",
  },
  "restart-said": { what: "of which until `restarted`", unit: "ms" },
  "rust-to-result": {
    what: "Rust edit → next Python result",
    unit: "ms",
    goal: 400,
    note: "the talk's own crate, release; from the socket command until the output of the cell below it, in the new build",
  },
  "rust-build": { what: "of which the compiler", unit: "ms" },
  "rust-first": {
    what: "the first Rust edit after the start",
    unit: "ms",
    goal: 400,
    note: "once, after fifteen seconds in which nobody asked for anything: the server has warmed the compiler up",
  },
  "maturin-develop": {
    what: "`maturin develop --release` after the same edit, in turn with it",
    unit: "ms",
    note: "whole process, in a copy of the crate with an environment of its own; no Python started",
  },
  "rust-ratio": { what: "Rust edit : maturin", unit: "ratio", goal: 0.12, note: "pair by pair" },
  "rust-findings": {
    what: "first diagnostics after a typing pause",
    unit: "ms",
    goal: 300,
    note: "from the socket message with the text, in turn with the rebuild",
  },
  "xray-call": {
    what: "X-ray of a warm call, command to tree",
    unit: "ms",
    goal: 500,
    note: "whole process, `deck trace 'rusty.add_one(41)' --format tree`",
  },
  "gdb-call": {
    what: "gdb through the same call, in turn with it",
    unit: "ms",
    note: "whole process: the same markers, `stepi N` with N its instructions; no names, no tree",
  },
  "xray-steps": {
    what: "instructions followed per second",
    unit: "steps/s",
    goal: 60_000,
    atLeast: true,
    note: "of the long call below, from the end of the set-up to the last step, less the same of the call above; it stops once per straight run",
  },
  "gdb-steps": {
    what: "the same by gdb's `stepi N`",
    unit: "steps/s",
    note: "by gdb's clock around the command, from the same marker of the long call, in turn with it",
  },
  "gdb-python-steps": {
    what: "the same by gdb's Python, one `stepi` at a time",
    unit: "steps/s",
    note: "with the address asked for at each step",
  },
  "xray-long": {
    what: "X-ray of a call of 100,000 instructions",
    unit: "s",
    goal: 3,
    note: "whole process, `--format json`; an edit distance",
  },
  "xray-symbols": {
    what: "of which names, tree and writing",
    unit: "ms",
    goal: 500,
    note: "from the end of the traced interpreter to the end of `deck`: more than symbolisation alone",
  },
  "xray-symbols-short": { what: "the same of the warm call", unit: "ms", goal: 500 },
  "xray-stage-key": {
    what: "a recorded panic in the browser, one stage on or back",
    unit: "ms",
    goal: 16,
    note: "real presses of PageDown and PageUp; from before the deck's first handler until style and layout are done",
  },
  "xray-stage-frame": { what: "with the frame that paints it", unit: "ms", note: "the page's own part of it, without the wait for it" },
  "xray-function-key": {
    what: "the same, one function on or back",
    unit: "ms",
    goal: 16,
    note: "real presses of the arrows, with the focus in the drawing",
  },
  "xray-function-frame": { what: "with its frame", unit: "ms" },
  "browser-first": { what: "in the browser: first result", unit: "ms", note: "the shared site, empty cache; from the press on Run until its output" },
  "pyodide-start": {
    what: "an empty Pyodide worker, in turn with it",
    unit: "ms",
    note: "from a blank page of the same server, from `new Worker` until Pyodide has loaded",
  },
  "browser-first-more": { what: "in the browser: first result, beyond that", unit: "ms", goal: 1000, note: "pair by pair" },
  "browser-warm": {
    what: "in the browser: warm Run",
    unit: "ms",
    goal: 15,
    note: "a cell that calls the extension, pressed by a script, from the time stamp of the click until its output is in the DOM",
  },
  "browser-early": { what: "files of Python fetched before the first Run", unit: "requests", goal: 0 },
  "extension-size": { what: "the extension for the browser, brotli", unit: "KB", goal: 120 },
  "site-size": { what: "the whole site", unit: "MB", goal: 25 },
  "second-demo": {
    what: "second `make demo` → first line of output",
    unit: "s",
    goal: 2,
    note: "everything made; make, cargo's check and the interpreter's start included",
  },
  "fresh-demo": {
    what: "fresh `make demo`",
    unit: "s",
    goal: 300,
    elsewhere: true,
    note: "measured by hand in a fresh clone",
  },
} as const satisfies Record<string, Row>;

export type RowId = keyof typeof rows;

/** What was measured, by row; or, in words, what is missing here to measure it. */
export type Samples = Partial<Record<RowId, readonly number[] | string>>;

// What is measured, and how fast it has to be: the table of speed as data. The files in measure/ supply the samples.

/** How a value is written. */
export type Unit = "ms" | "s" | "MB" | "KB" | "requests" | "ratio";

/** One row of the table. */
export interface Row {
  readonly what: string;
  readonly unit: Unit;
  /** The median must not be above it. Without one, the row explains another row. */
  readonly goal?: number;
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
    note: "static deck, empty cache, navigation until the frame after ready; the goal is half of Slidev's, which is not here yet",
  },
  "blank-page": { what: "a blank page, in turn with it", unit: "ms" },
  "first-slide-ratio": { what: "first slide : blank page", unit: "ratio", note: "pair by pair" },
  "load-bytes": { what: "first load, gzip", unit: "KB", goal: 115, note: "static deck of 45 slides; 1 KB = 1000 bytes of body" },
  "load-requests": { what: "first load, requests", unit: "requests", goal: 12, note: "with the icon" },
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

/** What was measured, by row. */
export type Samples = Partial<Record<RowId, readonly number[]>>;

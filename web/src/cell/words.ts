import { keyFor } from "../keys/keymap";
import { growingText } from "../output/phases";
import type { Transcript } from "../output/transcript";

/** How a cell speaks of being run. */
export interface Words {
  readonly run: string;
  readonly again: string;
  /** In the place of an output that is not there yet. */
  readonly pending: string;
  /** Milliseconds between two looks at the clock while it runs. */
  readonly tick: number;
  /** The line under the output, `seconds` after the run began; nothing while there is nothing to say yet. */
  progress(transcript: Transcript, seconds: number): string;
}

const python: Words = {
  run: "Run",
  again: "Run again",
  pending: "Not run yet",
  tick: 1000,
  progress: (_, seconds) => (seconds < 1 ? "" : `Running for ${Math.floor(seconds)} s · ${keyFor("stop")} stops it`),
};

/** To run Rust is to rebuild the demo crate with it. */
const rust: Words = {
  run: "Rebuild",
  again: "Rebuild",
  pending: "Not rebuilt yet",
  tick: 100,
  progress: ({ phases }, seconds) => growingText(phases, seconds),
};

/** The words for a cell in this language. */
export function wordsFor(language: string | undefined): Words {
  return language === "rust" ? rust : python;
}

import type { CellEvent } from "../protocol";

/** Who can run a cell, in the order in which they are asked. */
export const order = ["live", "browser", "recorded"] as const;
export type RunnerName = (typeof order)[number];

/** What a runner can do besides running. */
export interface Capabilities {
  /** It runs any text, not only the deck's own. */
  readonly edit: boolean;
  /** Its interpreter can be replaced by a fresh one. */
  readonly restart: boolean;
  /** Its events also reach every browser as changes of the stage, so that they must not be taken in a second time. */
  readonly mirrored: boolean;
  /** It costs the reader something, so it runs when asked to; a step of the slide shows what was recorded. */
  readonly onRequest: boolean;
}

/** Runs cells. One suite of tests (test/runner-contract.ts) holds for every runner. */
export interface Runner {
  readonly name: RunnerName;
  readonly capabilities: Capabilities;
  /** Whether it would run the cell as things stand; `run` says why not. */
  may(cell: string): boolean;
  /** Who speaks, for the line under the output. */
  label(cell: string): string;
  /** What is done before a cell that waits can run, in a few words. */
  preparation?(cell: string): string;
  /** How the text of a cell stands to the build that answers, in a few words where there is something to say. */
  standing?(cell: string): string;
  /** The text of a cell of Rust in the build that answers, where that is not the deck's own. */
  built?(cell: string): string | undefined;
  /** The events of one run, `started` first and `finished` last. Throws `Unavailable` where this runner cannot run it,
   *  or can no longer; a run that was refused with a reason has no events. */
  run(cell: string, source: string): AsyncIterable<CellEvent>;
  /** Ends what runs; its stream finishes as `stopped`. */
  stop(): void;
  /** Says that what runs for longer than planned shall go on. */
  goOn(): void;
  restart(): void;
}

/** This runner cannot do it; the next one is asked. The message is for the speaker. */
export class Unavailable extends Error {
  override readonly name = "Unavailable";
}

/** Known by its name: deck.js and live.js each have their own copy of the class. */
export function isUnavailable(error: unknown): error is Unavailable {
  return error instanceof Error && error.name === "Unavailable";
}

/** `runners` in the order in which they are asked. */
export function inOrder(runners: readonly Runner[]): Runner[] {
  return runners.toSorted((one, other) => order.indexOf(one.name) - order.indexOf(other.name));
}

import { parseArgs } from "node:util";

/** What the caller can choose. */
export interface Options {
  /** A page for each step of a slide. */
  readonly steps: boolean;
  /** Where the deck is published. */
  readonly address: string | null;
}

/** From the command line. */
export function options(args: readonly string[]): Options {
  const { values } = parseArgs({ args: [...args], options: { steps: { type: "boolean", default: false }, address: { type: "string" } } });
  return { steps: values.steps, address: values.address === undefined ? null : folderAt(values.address) };
}

/** A whole address with a slash at its end, as `deck share` takes it. */
function folderAt(address: string): string {
  if (!/^https?:\/\/[^?#" ]+$/.test(address)) throw new Error(`--address takes a whole address, e.g. https://example.org/talk/, not “${address}”.`);
  return `${address.replace(/\/+$/, "")}/`;
}

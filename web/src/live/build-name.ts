import type { Build } from "../protocol";

/** A build in a few words: `build 3, release`. The one that `make` installed has no number. */
export function buildName({ number, profile }: Build): string {
  return number ? `build ${number}, ${profile}` : [profile, "as installed"].filter(Boolean).join(", ");
}

import type { RevealApi } from "reveal.js";
import type { Session } from "../run/session";
import type { Following } from "../stage/following";
import type { StageStore } from "../stage/store";

/** Makes an un-run cell a step of its slide: Next runs it. A cell that has run already is no step any more: its Next goes
 *  on at once. A jump onto the slide, or following another browser, runs nothing where running is live. */
export function runOnNext(deck: RevealApi, store: StageStore, session: Session, following: Following): void {
  const isLive = document.documentElement.dataset["live"] !== undefined;
  let isReady = false;
  // An address that was typed, or followed by a link on a slide, is a jump: reveal goes there while the browser tells it and us.
  let isNewAddress = false;
  addEventListener("hashchange", () => (isNewAddress = true), { capture: true });
  deck.on("ready", () => {
    isReady = true;
    // Told after reveal, which listens since its start.
    addEventListener("hashchange", () => (isNewAddress = false));
  });
  deck.on("fragmentshown", (event) => {
    const { fragments } = event as unknown as { fragments: HTMLElement[] };
    const ids = fragments.filter((fragment) => fragment.matches(".run")).map((fragment) => fragment.dataset["cell"] ?? "");
    const isJump = following.isFollowing || isNewAddress || fragments.length > 1 || !isReady;
    for (const id of ids) {
      const isNew = store.cell(id).run === "idle";
      if (isNew && !(isJump && isLive)) void session.play(id);
      else if (!isNew && !isJump) deck.next();
    }
  });
}

import type { RevealApi } from "reveal.js";
import type { Position } from "../protocol";
import type { Following } from "../stage/following";
import type { StageStore } from "../stage/store";
import type { Connection } from "./connection";

/** What of the page is kept at the stage's position. */
export interface SyncedPage {
  readonly deck: RevealApi;
  readonly store: Pick<StageStore, "stage">;
  readonly following: Following;
  /** It was opened at a slide of its own, by a link, and stays there. */
  readonly cameByLink: boolean;
}

/** Keeps this browser and the stage at the same slide and step. Moves made here are sent; moves made elsewhere are followed,
 *  but not while the answer to a move of our own is still under way: ours is the later one. */
export class PositionSync {
  private sent: Position[] = [];
  private isFirst = true;

  constructor(
    private readonly page: SyncedPage,
    private readonly connection: Connection,
  ) {
    const { deck, following } = page;
    let scheduled = false;
    const moved = () => {
      if (following.isFollowing || scheduled) return;
      scheduled = true;
      queueMicrotask(() => {
        scheduled = false;
        this.send();
      });
    };
    for (const event of ["slidechanged", "fragmentshown", "fragmenthidden"] as const) deck.on(event, moved);
  }

  /** The stage says where it is. */
  moved(position: Position): void {
    if (this.sent.length) {
      if (same(position, this.sent[0])) this.sent.shift();
      return;
    }
    this.follow(position);
  }

  /** After a snapshot: a fresh page without a place of its own goes to the stage's; a server without a place learns ours. */
  restored(position: Position): void {
    const staysHere = this.isFirst && this.page.cameByLink;
    this.isFirst = false;
    this.sent = [];
    if (!position.slide) this.send();
    else if (!staysHere) this.follow(position);
  }

  /** A refused command may have been a move, whose answer never comes. */
  forget(): void {
    this.sent = [];
  }

  private send(): void {
    const position = this.here();
    if (!position.slide || same(position, this.sent.at(-1) ?? this.page.store.stage.position)) return;
    if (this.connection.send({ command: "move", position })) this.sent.push(position);
  }

  private here(): Position {
    const { deck } = this.page;
    return { slide: deck.getCurrentSlide().id, step: (deck.getIndices().f ?? -1) + 1 };
  }

  private follow(position: Position): void {
    const { deck, following } = this.page;
    const slide = document.getElementById(position.slide);
    if (!slide || same(position, this.here())) return;
    const { h, v } = deck.getIndices(slide);
    following.during(() => deck.slide(h, v, position.step - 1));
  }
}

function same(one: Position, other: Position | undefined): boolean {
  return one.slide === other?.slide && one.step === other.step;
}

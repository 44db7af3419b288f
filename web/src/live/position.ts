import type { Host } from "../plugin";
import type { Position } from "../protocol";
import type { Connection } from "./connection";

/** Keeps this browser and the stage at the same slide and step. Moves made here are sent; moves made elsewhere are followed,
 *  but not while the answer to a move of our own is still under way: ours is the later one. */
export class PositionSync {
  private sent: Position[] = [];
  private isFirst = true;

  constructor(
    private readonly host: Host,
    private readonly connection: Connection,
  ) {
    let scheduled = false;
    const moved = () => {
      if (host.isFollowing || scheduled) return;
      scheduled = true;
      queueMicrotask(() => {
        scheduled = false;
        this.send();
      });
    };
    for (const event of ["slidechanged", "fragmentshown", "fragmenthidden"] as const) host.deck.on(event, moved);
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
    const staysHere = this.isFirst && this.host.cameByLink;
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
    if (!position.slide || same(position, this.sent.at(-1) ?? this.host.store.stage.position)) return;
    if (this.connection.send({ command: "move", position })) this.sent.push(position);
  }

  private here(): Position {
    const { deck } = this.host;
    return { slide: deck.getCurrentSlide().id, step: (deck.getIndices().f ?? -1) + 1 };
  }

  private follow(position: Position): void {
    const { deck } = this.host;
    const slide = document.getElementById(position.slide);
    if (!slide || same(position, this.here())) return;
    this.host.isFollowing = true;
    const { h, v } = deck.getIndices(slide);
    deck.slide(h, v, position.step - 1);
    this.host.isFollowing = false;
  }
}

function same(one: Position, other: Position | undefined): boolean {
  return one.slide === other?.slide && one.step === other.step;
}

/** Moves of the deck that nobody here has asked for: it goes where another browser went, or its slides are replaced. They run no
 *  cell, and no other browser hears of them. */
export class Following {
  private isUnderWay = false;

  get isFollowing(): boolean {
    return this.isUnderWay;
  }

  during(move: () => void): void {
    this.isUnderWay = true;
    try {
      move();
    } finally {
      this.isUnderWay = false;
    }
  }
}

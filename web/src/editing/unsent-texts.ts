/** Pause in typing, in milliseconds, after which the text is sent. A run sends it at once. */
const pause = 300;

/** The cells whose text was typed and is still to be sent. */
export class UnsentTexts {
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  /** `send` says whether the text must not be sent again. */
  constructor(private readonly send: (cell: string) => boolean) {}

  has(cell: string): boolean {
    return this.timers.has(cell);
  }

  /** Sends the text of the cell after a pause. */
  add(cell: string): void {
    clearTimeout(this.timers.get(cell));
    this.timers.set(cell, setTimeout(() => this.sendNow(cell), pause));
  }

  drop(cell: string): void {
    clearTimeout(this.timers.get(cell));
    this.timers.delete(cell);
  }

  sendAll(): void {
    for (const cell of [...this.timers.keys()]) this.sendNow(cell);
  }

  private sendNow(cell: string): void {
    clearTimeout(this.timers.get(cell));
    if (this.send(cell)) this.timers.delete(cell);
  }
}

/** A queue between one who pushes and one who iterates. */
export class Channel<T> implements AsyncIterable<T> {
  private readonly waiting: T[] = [];
  private end: { error?: Error } | null = null;
  private wake: () => void = () => {};

  push(item: T): void {
    this.waiting.push(item);
    this.wake();
  }

  /** Ends the iteration after what was pushed, with an error if there is one. */
  close(error?: Error): void {
    this.end ??= error ? { error } : {};
    this.wake();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<T> {
    for (;;) {
      while (this.waiting.length) yield this.waiting.shift() as T;
      if (this.end?.error) throw this.end.error;
      if (this.end) return;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}

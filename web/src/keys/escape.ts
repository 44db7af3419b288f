/** Closes something, and says whether there was something to close. */
type Closer = () => boolean;

/** What Escape closes, one thing at each press. */
export class Escape {
  private closers: readonly Closer[] = [];

  /** Adds closers in the order in which they are asked, before those that are there already. */
  add(...closers: Closer[]): void {
    this.closers = [...closers, ...this.closers];
  }

  press(): void {
    this.closers.some((close) => close());
  }
}

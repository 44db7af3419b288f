/** When the cells of an interpreter ran, and with which text. */
export class History {
  private clock = 0;
  private readonly runs = new Map<string, { first: number; last: number; source: string | null }>();

  /** A cell is run now. */
  begin(cell: string): void {
    const now = ++this.clock;
    this.runs.set(cell, { first: this.runs.get(cell)?.first ?? now, last: now, source: null });
  }

  /** The cell has ended as it should: what it leaves behind is there. */
  succeed(cell: string, source: string): void {
    const run = this.runs.get(cell);
    if (run) run.source = source;
  }

  /** Whether what this text leaves behind is there. */
  has(cell: string, source: string): boolean {
    return this.runs.get(cell)?.source === source;
  }

  /** All cells that ran. */
  get cells(): string[] {
    return [...this.runs.keys()];
  }

  /** The cells that ran after `changed` had first run, and itself: they share one namespace, so any of them may have used what it
   *  left there. */
  since(changed: string): string[] {
    const run = this.runs.get(changed);
    return run ? [...this.runs].filter(([id, { last }]) => id === changed || last > run.first).map(([id]) => id) : [];
  }
}

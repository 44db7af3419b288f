/** A region of a file for which a build has another text. */
export interface EditedRegion {
  readonly cell: string;
  /** Its first line on disk. */
  readonly first: number;
  /** How many lines it has on disk. */
  readonly onDisk: number;
  /** How many it has in the build. */
  readonly built: number;
}

/** Where a line of a compiled file comes from. */
export interface CompiledLocation {
  /** The line on disk; for one that was written on stage, the first of its region. */
  readonly onDisk: number;
  /** The line of a cell's text, if it was written on stage. */
  readonly written: { readonly cell: string; readonly line: number } | null;
}

/** The location of a line, counted from 1, of a file in which these regions were edited. `SourceMap` of crates/deck/src/extension finds
 *  it for what the compiler says; of a panic only the running build knows. */
export function compiledLocation(line: number, regions: readonly EditedRegion[]): CompiledLocation {
  let shift = 0;
  for (const { cell, first, onDisk, built } of regions.toSorted((one, other) => one.first - other.first)) {
    const within = line - (first + shift);
    if (within < 0) break;
    if (within < built) return { onDisk: first, written: { cell, line: within + 1 } };
    shift += built - onDisk;
  }
  return { onDisk: line - shift, written: null };
}

/** How many lines a text has; its last one need not end. */
export function lineCount(text: string): number {
  return text.replace(/\n$/, "").split("\n").length;
}

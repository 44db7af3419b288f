import type { Trace } from "../trace";

/** What a recording's script hands to `deckTraces(id, entry)`. */
export interface TraceEntry {
  readonly trace: Trace;
  /** Versions, build and processor of the recording. */
  readonly label: string;
  /** What `deck verify` asserts about it, in words. */
  readonly claims?: readonly string[];
  /** Id of the trace to compare with. */
  readonly compare?: string;
  /** Source lines of the user's code by file and number. */
  readonly sources?: Readonly<Record<string, Readonly<Record<number, string>>>>;
}

/** What the presenter's interpreter answered. */
export type Traced =
  | (Pick<TraceEntry, "trace" | "label" | "sources"> & {
      /** How the call met a limit, if it did. */
      readonly note?: string | null;
    })
  /** What failed, what was found and what to do next. */
  | { readonly error: string };

/** Gets news while one waits for a trace. */
export type Hear = (news: string) => void;

/** Traces on the presenter's interpreter, in a fresh process. */
export interface Tracer {
  /** The recorded call with this id. */
  trace(id: string, hear?: Hear): Promise<Traced>;
  /** Any expression; the module that it begins with is imported. */
  traceExpression(text: string, hear?: Hear): Promise<Traced>;
}

/** Everything that a figure or a map needs to know. */
export interface Surroundings {
  readonly entries: ReadonlyMap<string, TraceEntry>;
  /** Who can trace here; null in a deck without a server. */
  tracer(): Tracer | null;
}

/** A drawn figure, as the deck's steps move it. */
export interface Drawn {
  /** The deck has reached another step of the slide. */
  follow(): void;
  /** The tracer has come or gone. */
  offer(): void;
}

/** What the lazy bundle xray.js adds to the page. */
export interface XrayModule {
  drawFigure(figure: HTMLElement, entry: TraceEntry, surroundings: Surroundings): Drawn;
  drawMap(aside: HTMLElement, surroundings: Surroundings): void;
}

declare global {
  interface Window {
    /** Called by the script of each recorded trace. */
    deckTraces?: (id: string, entry: TraceEntry) => void;
    /** The drawing part, once its script has come. */
    deckXray?: XrayModule;
  }
}

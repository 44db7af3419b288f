import type { Bytes, CellError, CellEvent, Limit, Status } from "../protocol";
import type { Done } from "./phases";

/** A piece of output that one element shows. */
export type Segment =
  | { kind: "stdout" | "stderr" | CellError["kind"]; text: string }
  | { kind: "display"; mime: string; text: string };

/** Characters of text that a box keeps; of longer output it keeps the end. */
export const most = 40_000;
/** Pictures and frames that a box holds: each is a document of its own, and a cell could make thousands. */
export const mostDisplays = 20;
/** How far a box may be over that before it is cut, so that a flood of short writes is not cut at each. */
const slack = 10_000;

/** The output of one run as pieces to show, folded from its events. */
export class Transcript {
  readonly segments: Segment[] = [];
  /** Characters that were dropped from the beginning. */
  dropped = 0;
  private length = 0;
  private displays = 0;
  /** The parts of a rebuild that are done. */
  readonly phases: Done[] = [];
  /** How it failed, if it did. */
  failure: CellError["kind"] | null = null;
  finished: { status: Status; seconds: number; limits: Limit[] } | null = null;

  take(event: CellEvent): void {
    switch (event.event) {
      case "started":
      case "overdue":
        break;
      case "phase":
        this.phases.push(event);
        break;
      case "stream":
        this.append(event.fd, decoded(event.data));
        break;
      case "display":
        // Values and relations are messages to the deck, not output.
        if (!event.mime.startsWith("application/vnd.deck.")) this.display(event.mime, event.data);
        break;
      case "error":
        this.failure = event.error.kind;
        this.append(event.error.kind, errorText(event.error));
        break;
      case "finished":
        this.finished = event;
        break;
    }
  }

  private display(mime: string, text: string): void {
    if (this.displays++ < mostDisplays) this.segments.push({ kind: "display", mime, text });
  }

  /** Results that are not shown because there are too many. */
  get unshown(): number {
    return Math.max(this.displays - mostDisplays, 0);
  }

  private append(kind: "stdout" | "stderr" | CellError["kind"], text: string): void {
    const last = this.segments.at(-1);
    if (last?.kind === kind) last.text = joined(last.text, text);
    else this.segments.push({ kind, text: plain(text) });
    this.length += text.length;
    if (this.length > most + slack) this.trim();
  }

  private trim(): void {
    let over = this.segments.reduce((sum, { kind, text }) => sum + (kind === "display" ? 0 : text.length), 0) - most;
    for (const segment of this.segments) {
      if (over <= 0) break;
      if (segment.kind === "display") continue;
      const cut = lineStartAfter(segment.text, Math.min(over, segment.text.length));
      segment.text = segment.text.slice(cut);
      this.dropped += cut;
      over -= cut;
    }
    this.length = most + Math.min(over, 0);
  }
}

/** The text of raw output; what is not UTF-8 becomes U+FFFD. */
export function decoded(data: Bytes): string {
  if (typeof data === "string") return data;
  return new TextDecoder().decode(Uint8Array.from(atob(data.base64), (char) => char.charCodeAt(0)));
}

/** The text as a terminal leaves it: colour codes gone, and what follows a carriage return in place of the line before. */
export function plain(text: string): string {
  if (!/[\r\x1b]/.test(text)) return text;
  return text
    .replace(/\x1b\[[0-?]*[ -/]*[@-~]/g, "")
    .replace(/\r+\n/g, "\n")
    .replace(/[^\n\r]*\r(?=[^\n\r])/g, "");
}

/** `plain` of both, without reading all of `before` again when nothing in it can change. */
function joined(before: string, after: string): string {
  const open = /[\r\x1b]/.test(after) || /[\r\x1b]/.test(before.slice(-40));
  return open ? plain(before + after) : before + after;
}

function errorText(error: CellError): string {
  switch (error.kind) {
    case "traceback":
      return error.text;
    case "crash":
      return error.explanation;
    case "compile":
      return error.findings.map(({ rendered }) => rendered.trimEnd()).join("\n\n");
  }
}

/** The start of the first line at or after `at`, or `at` where the text has no further line. */
function lineStartAfter(text: string, at: number): number {
  const lineEnd = text.indexOf("\n", at);
  return lineEnd < 0 || lineEnd - at > 2000 ? at : lineEnd + 1;
}

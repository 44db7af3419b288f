import type { Piece } from "./pieces";

/** A line of what rustc says: prose may be broken to fit, code keeps its columns. */
export interface RustcLine {
  readonly kind: "prose" | "code";
  readonly pieces: Piece[];
}

/** Parts of what is said under a line of code, by the column that their marks begin at. */
type Marks = Map<number, string>;

/** rustc's rendering of its findings, without colours, as lines with their parts. `crates/deck/src/render/rustc.rs` does the
 *  same for pages without script; rustc-lines.json tests both. */
export function rustcLines(text: string): RustcLine[] {
  let marks: Marks = new Map();
  return text
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => {
      const under = /^ *\|(?: (.*))?$/s.exec(line);
      if (!under) marks = new Map();
      return under ? annotation(line, under[1] ?? "", marks) : whole(line);
    });
}

/** Shapes of lines that need no other line to be understood. The first that fits counts. */
const shapes: readonly [RustcLine["kind"], RegExp, readonly string[]][] = [
  ["prose", /^(error)(\[\w+\])?(: .*)$/s, ["error", "error", "message"]],
  ["prose", /^(warning)(\[\w+\])?(: .*)$/s, ["warning", "warning", "message"]],
  ["prose", /^(note|help)(: .*)$/s, ["help", "message"]],
  ["code", /^( *(?:-->|:::) )(.*)$/s, ["gutter", "place"]],
  ["prose", /^( *= )(note|help|warning)(: .*)$/s, ["gutter", "help", ""]],
  ["code", /^( *\d+ *\|)(.*)$/s, ["gutter", ""]],
  ["code", /^( *\d+ )([+~].*)$/s, ["gutter", "added"]],
  ["code", /^( *\d+ )(-.*)$/s, ["gutter", "removed"]],
  ["code", /^(\.\.\.)$/s, ["gutter"]],
  ["prose", /^((?:For more information|Some errors have) .*)$/s, ["quiet"]],
  ["code", /^(.*)$/s, [""]],
];

function whole(line: string): RustcLine {
  for (const [kind, shape, parts] of shapes) {
    const found = shape.exec(line)?.slice(1);
    if (found) return { kind, pieces: pieces(parts.map((part, index) => [part, found[index] ?? ""])) };
  }
  return { kind: "code", pieces: [] };
}

/** A line with marks under the line of code above it, and what is said of them: a label takes the part of its marks, on this
 *  line or, over a column of `|`, on one before. */
function annotation(line: string, under: string, marks: Marks): RustcLine {
  const found: Piece[] = [["gutter", line.slice(0, line.length - under.length)]];
  const token = / +|_+(?=\^)|_+|\^+|-+|[+~]+|\|(?= |$)|.+/sy;
  let last = "";
  for (let match = token.exec(under); match; match = token.exec(under)) {
    const [text] = match;
    const part = partOf(text, under[match.index + text.length]);
    if (part && !text.startsWith("|")) {
      marks.set(match.index, part);
      last = part;
    }
    found.push([text.trim() ? part || (text === "|" ? "" : last) || marks.get(match.index) || "secondary" : "", text]);
  }
  return { kind: "code", pieces: pieces(found) };
}

/** What a run of marks is; nothing if it is no mark but a connection, a label or room. */
function partOf(text: string, next: string | undefined): string {
  switch (text[0]) {
    case "^":
      return "primary";
    case "-":
      return "secondary";
    case "+":
    case "~":
      return "added";
    case "_":
      return next === "^" ? "primary" : "secondary";
    default:
      return "";
  }
}

/** Without empty pieces, and neighbours of one part joined. */
function pieces(found: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const [part, text] of found) {
    const last = joined.at(-1);
    if (last?.[0] === part) joined[joined.length - 1] = [part, last[1] + text];
    else if (text) joined.push([part, text]);
  }
  return joined;
}

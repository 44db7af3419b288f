/** What a line of a Python traceback is. */
export type Part = "head" | "file" | "source" | "marks" | "exception";

/** A traceback as lines with their parts. Everything after the last frame's lines belongs to the exception. */
export function tracebackLines(text: string): { part: Part; text: string }[] {
  return text
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => ({ part: partOf(line), text: line }));
}

const patterns: readonly [Part, RegExp][] = [
  ["head", /^(Traceback \(most recent call last\):|During handling of|The above exception was|\s*$)/],
  ["file", /^ {2}File ".*", line \d+/],
  ["marks", /^ {4,}[~^ ]*[~^][~^ ]*$/],
  ["source", /^ {4,}|^ {2}\[Previous line repeated/],
];

function partOf(line: string): Part {
  return patterns.find(([, pattern]) => pattern.test(line))?.[0] ?? "exception";
}

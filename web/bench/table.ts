// The results as text: a table for the terminal and one in Markdown. Pure.
import type { Unit } from "./goals";
import type { Result } from "./results";

const heads = ["what", "goal", "median", "spread", "n", "verdict"] as const;
/** Words stand left, numbers right. */
const isLeft = [true, false, false, false, false, true];

/** The table for the terminal, with the notes below it. */
export function terminalTable(results: readonly Result[]): string {
  const lines = [[...heads], ...results.map(cells)];
  const widths = heads.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const pad = (cell: string, column: number) => (isLeft[column] ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0));
  const shown = lines.map((line) => line.map(pad).join("  ").trimEnd());
  shown.splice(1, 0, widths.map((width) => "─".repeat(width)).join("  "));
  return shown.join("\n");
}

/** The same in Markdown, with the notes in a column. */
export function markdownTable(results: readonly Result[]): string {
  const line = (all: readonly string[]) => `| ${all.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const rule = [...isLeft, true].map((left) => (left ? "---" : "--:"));
  return [line([...heads, "how"]), line(rule), ...results.map((result) => line([...cells(result), how(result)]))].join("\n");
}

/** How a row was measured, or why it was not. */
export function how({ note, failure }: Result): string {
  return failure ?? note ?? "";
}

/** A value with its unit, to three digits. */
export function amount(value: number, unit: Unit): string {
  if (unit === "requests") return String(value);
  if (unit === "steps/s") return `${Math.round(value).toLocaleString("en")} ${unit}`;
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${unit === "ratio" ? "×" : unit}`;
}

function cells({ what, goal, atLeast, unit, summary, verdict }: Result): string[] {
  const least = atLeast ? "≥ " : "";
  const limit = goal === undefined ? "–" : `${least}${goal.toLocaleString("en")}${unit === "requests" ? "" : ` ${unit}`}`;
  if (!summary) return [what, limit, "–", "–", "–", verdict];
  const { median, low, high, spread, n } = summary;
  return [what, limit, amount(median, unit), `${amount(low, unit)} – ${amount(high, unit)} (${spread})`, String(n), verdict];
}

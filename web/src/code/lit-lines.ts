import type { RevealApi } from "reveal.js";

/** Stepped highlights: the stage that the deck has reached lights its lines, the others step back. */
export function followSteps(deck: RevealApi): void {
  const update = () => deck.getCurrentSlide()?.querySelectorAll<HTMLElement>("figure[data-steps]").forEach(light);
  for (const event of ["ready", "slidechanged", "fragmentshown", "fragmenthidden", "sync"] as const) deck.on(event, update);
}

/** Lights the lines of the stage that the figure has reached. */
export function light(figure: HTMLElement): void {
  const stages = (figure.dataset["steps"] ?? "").split("|");
  const reached = figure.querySelectorAll(".fragment.step.visible").length;
  const lines = [...figure.querySelectorAll<HTMLElement>(".line")];
  const lit = litLines(stages[Math.min(reached, stages.length - 1)] ?? "", lines.length);
  // A page to read has no steps: all lines count.
  const isStepping = lit.size < lines.length && !document.documentElement.classList.contains("reading");
  figure.classList.toggle("stepping", isStepping);
  for (const line of lines) line.classList.toggle("lit", lit.has(Number(line.dataset["line"])));
  if (isStepping) lines.find((line) => line.classList.contains("lit"))?.scrollIntoView({ block: "nearest" });
}

/** The numbers of a stage like `3,4,5`; an empty stage is every line. */
export function litLines(stage: string, count: number): Set<number> {
  const numbers = stage.split(",").filter(Boolean).map(Number);
  return new Set(numbers.length ? numbers : Array.from({ length: count }, (_, index) => index + 1));
}

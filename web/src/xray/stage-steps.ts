import { element } from "../dom/element";

/** Gives a figure its steps: each stage of its call, and the whole call at the end. */
export function addStageSteps(figure: HTMLElement): void {
  figure.append(...stagesIn(figure).map(stageStep), stageStep(""));
}

/** The stages that the figure's table counts instructions for: they are known before the trace has come. */
function stagesIn(figure: HTMLElement): string[] {
  const counts = [...figure.querySelectorAll("table.stages td")].map(({ textContent }) => textContent?.trim() ?? "0");
  const names = [...figure.querySelectorAll("table.stages th")].map(({ textContent }) => textContent?.trim().replace(" ", "-") ?? "");
  return names.filter((_, index) => counts[index] !== "0");
}

function stageStep(stage: string): HTMLElement {
  const step = element("i", "fragment stage");
  if (stage) step.dataset["stage"] = stage;
  return step;
}

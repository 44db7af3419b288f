import { button, element } from "../dom/element";
import { keyFor } from "../keys/keymap";
import type { Finding, Fix } from "../protocol";
import type { Placed } from "./placed";

/** What the strip asks for. */
export interface StripEvents {
  apply(fix: Fix): void;
  step(by: 1 | -1): void;
}

/** The line under an editor that says one finding of the compiler, with a button for each of its suggestions. */
export class FindingStrip {
  readonly element = element("div", "findings");

  constructor(private readonly events: StripEvents) {
    this.element.hidden = true;
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", "What the compiler says");
  }

  /** Shows the finding with this number. Whoever may not edit sees no suggestions. */
  show(all: readonly Placed[], current: number, editable: boolean): void {
    const shown = all[current];
    this.element.hidden = !shown;
    if (!shown) return;
    const { finding, fixes } = shown;
    this.element.dataset["level"] = finding.level;
    const kind = element("b", "kind", finding.code ? `${finding.level} ${finding.code}` : finding.level);
    const message = element("p", "", kind, " ", ...[finding.message, ...more(finding)].flatMap(withCode));
    const offered = editable ? fixes.map(({ fix }) => this.fixButton(fix)) : [];
    const actions = element("span", "actions", ...offered, ...this.steps(all.length, current));
    this.element.replaceChildren(message, actions);
  }

  private fixButton(fix: Fix): HTMLButtonElement {
    const made = button("fix", "", () => this.events.apply(fix));
    made.append("Apply: ", ...withCode(changeOf(fix)));
    made.title = `${fix.message} (${keyFor("apply-fix")} in the editor)`;
    return made;
  }

  private steps(count: number, current: number): HTMLElement[] {
    if (count < 2) return [];
    const step = (label: string, sign: string, by: 1 | -1) => {
      const made = button("step", sign, () => this.events.step(by));
      made.setAttribute("aria-label", label);
      return made;
    };
    const back = step("Finding before", "‹", -1);
    const on = step("Next finding", "›", 1);
    return [element("span", "steps", back, `${current + 1} of ${count}`, on)];
  }
}

/** What the primary place adds to the message, and where it is if no slide shows it. Help is on a button. */
function more({ spots, message }: Finding): string[] {
  const primary = spots.find((spot) => spot.primary);
  const place = primary?.at.in === "file" ? ` (elsewhere: ${primary.at.file}:${primary.at.line})` : "";
  const isNew = primary?.label && !message.includes(primary.label) && !primary.label.startsWith("help: ");
  return [isNew ? `: ${primary.label}` : "", place].filter(Boolean);
}

/** A suggestion in a few words, by what it changes where that is short, else as the compiler puts it. */
function changeOf({ message, edits }: Fix): string {
  const [edit, ...others] = edits;
  const text = edit?.text.trim() ?? "";
  if (!edit || others.length || !text || text.length > 24 || text.includes("\n")) return message;
  const isAdded = edit.from.line === edit.to.line && edit.from.column === edit.to.column;
  return `${isAdded ? "add" : "write"} \`${text}\``;
}

/** The compiler puts code between backticks. */
function withCode(text: string): (Node | string)[] {
  return text.split(/`([^`]+)`/).map((part, index) => (index % 2 ? element("code", "", part) : part));
}

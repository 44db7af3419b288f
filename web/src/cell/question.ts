import { button, element } from "../dom/element";
import { type Action, keyFor } from "../keys/keymap";
import { duration } from "../output/duration";
import type { Session } from "../run/session";

/** Under a cell that runs for longer than planned: shall it go on? Without an answer it does, up to its last limit. */
export class Question {
  readonly row: HTMLElement;

  constructor(cell: string, session: Session) {
    this.row = element(
      "div",
      "question",
      element("p", "", "This takes longer than planned. Shall it go on?"),
      answer("go-on", "Go on", "go-on", () => session.goOn()),
      answer("end", "Stop", "stop", () => session.stop()),
    );
    this.row.setAttribute("role", "group");
    this.row.setAttribute("aria-label", `${cell} takes longer than planned`);
    this.row.hidden = true;
  }

  /** Asks, or takes the question back. */
  ask(isOverdue: boolean): void {
    this.row.hidden = !isOverdue;
  }
}

/** The question for those who do not see it. */
export function spokenQuestion(cell: string, seconds: number): string {
  return `${cell} still runs after ${duration(seconds)}, longer than planned. ${keyFor("go-on")} lets it go on, ${keyFor("stop")} stops it.`;
}

/** A button that shows its key. */
function answer(className: string, label: string, action: Action, give: () => void): HTMLButtonElement {
  const made = button(className, `${label} `, give);
  made.append(element("kbd", "", keyFor(action)));
  made.setAttribute("aria-keyshortcuts", keyFor(action));
  return made;
}

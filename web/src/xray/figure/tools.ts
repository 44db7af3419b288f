import { button, element } from "../../dom/element";
import { type Action, keyFor, keyHelp } from "../../keys/keymap";
import type { State } from "./state";

/** The buttons of a figure; each shows whether what it does is on. */
export class Tools {
  readonly element = element("span", "tools");
  private readonly buttons: { made: HTMLButtonElement; isOn: (state: State) => boolean }[] = [];

  /** Adds a button that turns something on and off. */
  toggle(action: Action, label: string, isOn: (state: State) => boolean, act: () => void): void {
    const made = button("toggle", label, act);
    made.title = `${keyHelp(action)} (${keyFor(action)})`;
    this.buttons.push({ made, isOn });
    this.element.append(made);
  }

  show(state: State): void {
    for (const { made, isOn } of this.buttons) made.setAttribute("aria-pressed", String(isOn(state)));
  }
}

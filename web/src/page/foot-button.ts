import { button } from "../dom/element";
import { type Action, keyFor, keyHelp } from "../keys/keymap";

/** A button of the footer, for what a key does, too. */
export function footButton(label: string, action: Action, handler: () => void): HTMLButtonElement {
  const made = button(action, label, handler);
  made.title = `${keyHelp(action)} (${keyFor(action)})`;
  return made;
}

import type { KeyBinding } from "@codemirror/view";
import { keymap } from "../keys/keymap";
import type { Handlers } from "../keys/listen";

/** The deck's keys within an editor, as the editor spells them. */
export function editorKeys(handlers: Handlers): KeyBinding[] {
  return keymap
    .filter(({ within }) => within === "editor")
    .flatMap(({ action, keys }) =>
      keys.map((key) => ({ key: key.replace("Ctrl+", "Mod-").replace("Shift+", "Shift-"), run: () => handled(handlers[action]) })),
    );
}

function handled(handler: (() => void) | undefined): boolean {
  handler?.();
  return handler !== undefined;
}

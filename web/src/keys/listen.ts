import { type Action, type FocusArea, keymap } from "./keymap";

/** Who does what: each part of the deck listens to the keys for what it can do. */
export type Handlers = Partial<Record<Action, () => void>>;

type KeyPress = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** Listens to the keys of keymap.ts. reveal's own key handling is off (config.ts), so that each key has one meaning. */
export function listen(handlers: Handlers): void {
  document.addEventListener("keydown", (event) => {
    const binding = bindingFor(event);
    const handler = binding && handlers[binding.action];
    if (!handler || event.defaultPrevented || belongsToFocus(event)) return;
    event.preventDefault();
    handler();
  });
}

/** Listens to the keys that have a meaning of their own while the focus is within `element`. The deck's listener, which hears
 *  of a key later, leaves alone what was handled here. Who types, types. */
export function listenWithin(element: HTMLElement, place: FocusArea, handlers: Handlers): void {
  element.addEventListener("keydown", (event) => {
    const binding = bindingFor(event, place);
    const handler = binding && handlers[binding.action];
    const isTyping = event.target instanceof HTMLInputElement && event.key !== "Escape";
    if (!handler || isTyping) return;
    event.preventDefault();
    handler();
  });
}

function bindingFor(event: KeyPress, place?: FocusArea) {
  const pressed = chord(event);
  return keymap.find(({ keys, within }) => within === place && keys.includes(pressed));
}

/** The name of a key press in the keymap: `n`, `Shift+R`, `Ctrl+Enter`, `?`. */
export function chord({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): string {
  const isLetter = /^\p{L}$/u.test(key);
  // Shift is part of how a sign like `?` is typed, but a second meaning of a letter or of a named key.
  const shift = shiftKey && (isLetter || key.length > 1 || key === " ");
  const name = key === " " ? "Space" : isLetter ? (shift ? key.toUpperCase() : key.toLowerCase()) : key;
  return [(ctrlKey || metaKey) && "Ctrl+", altKey && "Alt+", shift && "Shift+", name].filter(Boolean).join("");
}

/** Whether the focused element has its own use for this key. */
function belongsToFocus(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName)) return true;
  if (target.closest("button, a[href], summary")) return event.key === "Enter" || event.key === " ";
  return event.key.startsWith("Arrow") && target.matches(":focus-visible") && canScroll(target, event.key);
}

function canScroll(element: HTMLElement, key: string): boolean {
  return key === "ArrowUp" || key === "ArrowDown"
    ? element.scrollHeight > element.clientHeight + 1
    : element.scrollWidth > element.clientWidth + 1;
}

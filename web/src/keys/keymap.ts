/** What a key can ask for. Each name has one handler, of the part that can do it. */
export type Action =
  | "next" | "previous" | "first" | "last" | "overview" | "contents" | "search" | "close" | "jump" | "black" | "fullscreen" | "theme" | "help"
  | "code-larger" | "code-smaller" | "output-larger" | "output-smaller" | "sizes-reset" | "copy" | "enlarge"
  | "run" | "stop" | "go-on" | "restart" | "edit" | "original" | "unlock" | "use-build" | "return-build"
  | "editor-run" | "editor-leave" | "finding-on" | "finding-back" | "apply-fix"
  | "xray-on" | "xray-back" | "xray-instruction-on" | "xray-instruction-back" | "xray-zoom" | "xray-fold" | "xray-compare" | "xray-other" | "xray-leave";

/** A part of the deck that has keys of its own while the focus is in it. */
export type FocusArea = "xray" | "editor";

/** What keys of a section of the help do. */
export interface Binding {
  readonly action: Action;
  /** Chords as `chord()` in listen.ts writes them; the first is the one that labels and messages name. */
  readonly keys: readonly string[];
  readonly help: string;
}

/** A section of the help. */
export interface Section {
  readonly name: string;
  /** Where its keys have this meaning; everywhere else if nothing is said. */
  readonly within?: FocusArea;
  readonly bindings: readonly Binding[];
}

/** Every key of the deck. Presenters' clickers send PageUp and PageDown, and for black `.`. */
export const sections: readonly Section[] = [
  { name: "Move", bindings: [
    { action: "next", help: "Next step; runs a cell that has not run",
      keys: ["ArrowRight", "ArrowDown", "PageDown", "Space", "n", "l", "j"] },
    { action: "previous", help: "Step back; never takes a result away",
      keys: ["ArrowLeft", "ArrowUp", "PageUp", "Shift+Space", "p", "h", "k"] },
    { action: "first", help: "First slide", keys: ["Home", "Shift+ArrowLeft"] },
    { action: "last", help: "Last slide", keys: ["End", "Shift+ArrowRight"] },
    { action: "jump", help: "Go to a slide by its number or id", keys: ["g"] },
    { action: "overview", help: "All slides at a glance", keys: ["o"] },
    { action: "contents", help: "Table of contents", keys: ["m"] },
    { action: "search", help: "Search text, code and output", keys: ["/"] },
    { action: "close", help: "Close what is open; leave the editor", keys: ["Escape"] },
  ] },
  { name: "Code", bindings: [
    { action: "copy", help: "Copy the code", keys: ["c"] },
    { action: "enlarge", help: "Enlarge the output, and back", keys: ["x"] },
    { action: "code-larger", help: "Larger code", keys: ["+", "="] },
    { action: "code-smaller", help: "Smaller code", keys: ["-"] },
    { action: "output-larger", help: "Larger output", keys: ["]"] },
    { action: "output-smaller", help: "Smaller output", keys: ["["] },
    { action: "sizes-reset", help: "Planned sizes again", keys: ["0"] },
  ] },
  { name: "Live", bindings: [
    { action: "run", help: "Run the cell", keys: ["Ctrl+Enter", "r"] },
    { action: "stop", help: "Stop what runs", keys: ["s"] },
    { action: "go-on", help: "Let a cell that takes longer than planned go on", keys: ["y"] },
    { action: "restart", help: "Restart the interpreter", keys: ["Shift+R"] },
    { action: "unlock", help: "Unlock editing, and lock it again", keys: ["u"] },
    { action: "edit", help: "Edit the cell", keys: ["e"] },
    { action: "original", help: "Back to the cell's original", keys: ["Shift+E"] },
    { action: "use-build", help: "Go over to the new build that is offered", keys: ["b"] },
    { action: "return-build", help: "Back to the build before; again: on to the newer one", keys: ["Shift+B"] },
  ] },
  { name: "View", bindings: [
    { action: "theme", help: "Light or dark", keys: ["t"] },
    { action: "fullscreen", help: "Full screen", keys: ["f"] },
    { action: "black", help: "Black, and back", keys: [".", "v"] },
    { action: "help", help: "This help", keys: ["?", "F1"] },
  ] },
  { name: "In the editor", within: "editor", bindings: [
    { action: "editor-run", help: "Run the cell; rebuild, if it is Rust", keys: ["Ctrl+Enter"] },
    { action: "editor-leave", help: "Give the keys back to the deck", keys: ["Escape"] },
    { action: "finding-on", help: "To the next finding of the compiler", keys: ["F8"] },
    { action: "finding-back", help: "To the one before", keys: ["Shift+F8"] },
    { action: "apply-fix", help: "Apply the compiler's suggestion", keys: ["Ctrl+."] },
  ] },
  { name: "In an X-ray", within: "xray", bindings: [
    { action: "xray-on", help: "To the next function that is entered or left", keys: ["ArrowRight"] },
    { action: "xray-back", help: "To the one before", keys: ["ArrowLeft"] },
    { action: "xray-instruction-on", help: "One machine instruction on", keys: ["Shift+ArrowRight"] },
    { action: "xray-instruction-back", help: "One machine instruction back", keys: ["Shift+ArrowLeft"] },
    { action: "xray-zoom", help: "Zoom into the stage, and out", keys: ["z"] },
    { action: "xray-fold", help: "Fold libraries into their callers, and unfold", keys: ["p"] },
    { action: "xray-compare", help: "Compare with the other call, and stop", keys: ["c"] },
    { action: "xray-other", help: "To the other call, while two are compared", keys: ["o"] },
    { action: "xray-leave", help: "Give the keys back to the deck", keys: ["Escape"] },
  ] },
];

/** All of them, with where they have their meaning. */
export const keymap = sections.flatMap(({ within, bindings }) => bindings.map((binding) => ({ ...binding, within })));

/** The key that messages and labels name for an action. */
export function keyFor(action: Action): string {
  const binding = keymap.find((candidate) => candidate.action === action);
  return binding ? formatChord(binding.keys[0] ?? "") : "";
}

/** What an action does, in the words of the help. */
export function keyHelp(action: Action): string {
  return keymap.find((candidate) => candidate.action === action)?.help ?? "";
}

/** A chord as a person writes it. */
export function formatChord(chord: string): string {
  const names: Record<string, string> = {
    ArrowRight: "→", ArrowLeft: "←", ArrowUp: "↑", ArrowDown: "↓", PageDown: "Page down", PageUp: "Page up", Escape: "Esc",
  };
  return chord
    .split(/\+(?=.)/)
    .map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(" + ");
}

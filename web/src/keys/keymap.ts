/** What a key can ask for. Each name has one handler, of the part that can do it. */
export type Action =
  | "next" | "previous" | "first" | "last" | "overview" | "contents" | "search" | "close" | "jump" | "black" | "fullscreen" | "theme" | "help"
  | "code-larger" | "code-smaller" | "output-larger" | "output-smaller" | "sizes-reset" | "copy" | "enlarge"
  | "run" | "stop" | "go-on" | "restart" | "edit" | "original" | "unlock" | "use-build" | "return-build"
  | "editor-run" | "editor-leave" | "finding-on" | "finding-back" | "apply-fix"
  | "xray-on" | "xray-back" | "xray-instruction-on" | "xray-instruction-back" | "xray-zoom" | "xray-fold" | "xray-compare" | "xray-other" | "xray-leave";

/** A part of the deck that has keys of its own while the focus is in it. */
export type FocusArea = "xray" | "editor";

/** One line of the help overlay. */
export interface Binding {
  readonly action: Action;
  /** Chords as `chord()` in listen.ts writes them; the first is the one that labels and messages name. */
  readonly keys: readonly string[];
  readonly group: "Move" | "Code" | "Live" | "View" | "In the editor" | "In an X-ray";
  readonly help: string;
  /** Where the keys have this meaning; everywhere else if nothing is said. */
  readonly within?: FocusArea;
}

/** Every key of the deck. Presenters' clickers send PageUp and PageDown, and for black `.`. */
export const keymap: readonly Binding[] = [
  { action: "next", group: "Move", help: "Next step; runs a cell that has not run",
    keys: ["ArrowRight", "ArrowDown", "PageDown", "Space", "n", "l", "j"] },
  { action: "previous", group: "Move", help: "Step back; never takes a result away",
    keys: ["ArrowLeft", "ArrowUp", "PageUp", "Shift+Space", "p", "h", "k"] },
  { action: "first", group: "Move", help: "First slide", keys: ["Home", "Shift+ArrowLeft"] },
  { action: "last", group: "Move", help: "Last slide", keys: ["End", "Shift+ArrowRight"] },
  { action: "jump", group: "Move", help: "Go to a slide by its number or id", keys: ["g"] },
  { action: "overview", group: "Move", help: "All slides at a glance", keys: ["o"] },
  { action: "contents", group: "Move", help: "Table of contents", keys: ["m"] },
  { action: "search", group: "Move", help: "Search text, code and output", keys: ["/"] },
  { action: "close", group: "Move", help: "Close what is open; leave the editor", keys: ["Escape"] },

  { action: "copy", group: "Code", help: "Copy the code", keys: ["c"] },
  { action: "enlarge", group: "Code", help: "Enlarge the output, and back", keys: ["x"] },
  { action: "code-larger", group: "Code", help: "Larger code", keys: ["+", "="] },
  { action: "code-smaller", group: "Code", help: "Smaller code", keys: ["-"] },
  { action: "output-larger", group: "Code", help: "Larger output", keys: ["]"] },
  { action: "output-smaller", group: "Code", help: "Smaller output", keys: ["["] },
  { action: "sizes-reset", group: "Code", help: "Planned sizes again", keys: ["0"] },

  { action: "run", group: "Live", help: "Run the cell", keys: ["Ctrl+Enter", "r"] },
  { action: "stop", group: "Live", help: "Stop what runs", keys: ["s"] },
  { action: "go-on", group: "Live", help: "Let a cell that takes longer than planned go on", keys: ["y"] },
  { action: "restart", group: "Live", help: "Restart the interpreter", keys: ["Shift+R"] },
  { action: "unlock", group: "Live", help: "Unlock editing, and lock it again", keys: ["u"] },
  { action: "edit", group: "Live", help: "Edit the cell", keys: ["e"] },
  { action: "original", group: "Live", help: "Back to the cell's original", keys: ["Shift+E"] },
  { action: "use-build", group: "Live", help: "Go over to the new build that is offered", keys: ["b"] },
  { action: "return-build", group: "Live", help: "Back to the build before; again: on to the newer one", keys: ["Shift+B"] },

  { action: "theme", group: "View", help: "Light or dark", keys: ["t"] },
  { action: "fullscreen", group: "View", help: "Full screen", keys: ["f"] },
  { action: "black", group: "View", help: "Black, and back", keys: [".", "v"] },
  { action: "help", group: "View", help: "This help", keys: ["?", "F1"] },

  { action: "editor-run", within: "editor", group: "In the editor", help: "Run the cell; rebuild, if it is Rust", keys: ["Ctrl+Enter"] },
  { action: "editor-leave", within: "editor", group: "In the editor", help: "Give the keys back to the deck", keys: ["Escape"] },
  { action: "finding-on", within: "editor", group: "In the editor", help: "To the next finding of the compiler", keys: ["F8"] },
  { action: "finding-back", within: "editor", group: "In the editor", help: "To the one before", keys: ["Shift+F8"] },
  { action: "apply-fix", within: "editor", group: "In the editor", help: "Apply the compiler's suggestion", keys: ["Ctrl+."] },

  { action: "xray-on", within: "xray", group: "In an X-ray", help: "To the next function that is entered or left", keys: ["ArrowRight"] },
  { action: "xray-back", within: "xray", group: "In an X-ray", help: "To the one before", keys: ["ArrowLeft"] },
  { action: "xray-instruction-on", within: "xray", group: "In an X-ray", help: "One machine instruction on", keys: ["Shift+ArrowRight"] },
  { action: "xray-instruction-back", within: "xray", group: "In an X-ray", help: "One machine instruction back", keys: ["Shift+ArrowLeft"] },
  { action: "xray-zoom", within: "xray", group: "In an X-ray", help: "Zoom into the stage, and out", keys: ["z"] },
  { action: "xray-fold", within: "xray", group: "In an X-ray", help: "Fold libraries into their callers, and unfold", keys: ["p"] },
  { action: "xray-compare", within: "xray", group: "In an X-ray", help: "Compare with the other call, and stop", keys: ["c"] },
  { action: "xray-other", within: "xray", group: "In an X-ray", help: "To the other call, while two are compared", keys: ["o"] },
  { action: "xray-leave", within: "xray", group: "In an X-ray", help: "Give the keys back to the deck", keys: ["Escape"] },
];

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

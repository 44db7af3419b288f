import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, keymap } from "@codemirror/view";
import editorStyle from "../../theme/editor.css";
import tokenStyle from "../../theme/tokens.css";
import { sharedHighlighting } from "./highlight";
import { languages } from "./languages";

/** What an editor needs to know, and whom it tells. */
export interface Options {
  readonly language: string;
  readonly text: string;
  readonly editable: boolean;
  changed(): void;
  run(): void;
}

/** An open editor. */
export interface Handle {
  text(): string;
  /** Shows a text that came from elsewhere. */
  show(text: string): void;
  allow(editable: boolean): void;
  /** Puts the cursor at a point of the window, if there is one. */
  focus(point?: { x: number; y: number }): void;
  close(): void;
}

/** Puts an editor in the place of the figure's code. It lives in a shadow root: there CodeMirror adopts its style sheet, while
 *  in the page it would add a style element, which the page's security policy forbids. */
export function openEditor(figure: HTMLElement, options: Options): Handle {
  const place = document.createElement("div");
  place.className = "editor";
  const root = place.attachShadow({ mode: "open" });
  const code = figure.querySelector<HTMLElement>(":scope > pre");
  code?.after(place);
  if (code) code.hidden = true;
  const editable = new Compartment();
  const lineEnd = options.text.endsWith("\n") ? "\n" : "";
  let isForeign = false;

  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: trimmed(options.text),
      extensions: [
        Prec.highest(keymap.of([{ key: "Mod-Enter", run: (target) => leave(target) && (options.run(), true) }, { key: "Escape", run: leave }])),
        keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        indentUnit.of("    "),
        languages[options.language]?.() ?? [],
        syntaxHighlighting(sharedHighlighting),
        editable.of(EditorView.editable.of(options.editable)),
        EditorView.contentAttributes.of({ "aria-label": "Code of the cell; Escape leaves the editor", spellcheck: "false" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !isForeign) options.changed();
        }),
      ],
    }),
  });
  root.adoptedStyleSheets.push(sheet(tokenStyle), sheet(editorStyle));

  return {
    text: () => view.state.doc.toString() + lineEnd,
    show(text) {
      const shown = trimmed(text);
      if (shown === view.state.doc.toString()) return;
      isForeign = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: shown } });
      isForeign = false;
    },
    allow: (allowed) => view.dispatch({ effects: editable.reconfigure(EditorView.editable.of(allowed)) }),
    focus(point) {
      view.focus();
      const position = point && view.posAtCoords(point);
      if (position) view.dispatch({ selection: { anchor: position } });
    },
    close() {
      view.destroy();
      place.remove();
      if (code) code.hidden = false;
    },
  };
}

/** Gives the focus back to the deck, so that its keys and a clicker work again. */
function leave(view: EditorView): boolean {
  view.contentDOM.blur();
  return true;
}

/** The deck's cells end with a line end, which an editor would show as an empty line. */
function trimmed(text: string): string {
  return text.replace(/\n$/, "");
}

function sheet(css: string): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(css);
  return made;
}

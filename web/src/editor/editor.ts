import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, keymap } from "@codemirror/view";
import editorStyle from "../../theme/editor.css";
import findingsStyle from "../../theme/findings.css";
import tokenStyle from "../../theme/tokens.css";
import { adopt, styleSheet } from "../dom/style-sheet";
import type { Finding } from "../protocol";
import { editorKeys } from "./editor-keys";
import { FindingDesk } from "./finding-desk";
import { sharedHighlighting } from "./highlight";
import { languages } from "./languages";
import { followPanics, panicked } from "./panicked";

/** What an editor needs to know, and whom it tells. */
export interface Options {
  readonly cell: string;
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
  /** Shows what the compiler says. */
  diagnose(findings: readonly Finding[]): void;
  allow(editable: boolean): void;
  /** Puts the cursor at a point of the window, if there is one. */
  focus(point?: { x: number; y: number }): void;
  close(): void;
}

adopt(findingsStyle);

/** Puts an editor in the place of the figure's code. It lives in a shadow root: there CodeMirror adopts its style sheet, while
 *  in the page it would add a style element, which the page's security policy forbids. */
export function openEditor(figure: HTMLElement, options: Options): Handle {
  const place = document.createElement("div");
  place.className = "editor";
  const root = place.attachShadow({ mode: "open" });
  const code = figure.querySelector<HTMLElement>(":scope > pre");
  const desk = new FindingDesk(options.cell, () => view);
  code?.after(place, desk.strip);
  if (code) code.hidden = true;
  const editable = new Compartment();
  const lineEnd = options.text.endsWith("\n") ? "\n" : "";
  let isForeign = false;
  // The deck's keys and a clicker work again when the editor gives the focus back.
  const leave = () => view.contentDOM.blur();
  const run = () => {
    leave();
    options.run();
  };

  const view: EditorView = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: trimmed(options.text),
      extensions: [
        Prec.highest(keymap.of(editorKeys({ "editor-run": run, "editor-leave": leave, ...desk.handlers }))),
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
        desk.extension,
        panicked,
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !isForeign) options.changed();
        }),
      ],
    }),
  });
  root.adoptedStyleSheets.push(styleSheet(tokenStyle), styleSheet(editorStyle));
  const forgetPanics = followPanics(view, figure);

  return {
    text: () => view.state.doc.toString() + lineEnd,
    show(text) {
      const shown = trimmed(text);
      if (shown === view.state.doc.toString()) return;
      isForeign = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: shown } });
      isForeign = false;
    },
    diagnose: (findings) => desk.show(findings),
    allow(allowed) {
      view.dispatch({ effects: editable.reconfigure(EditorView.editable.of(allowed)) });
      desk.refresh();
    },
    focus(point) {
      view.focus();
      const position = point && view.posAtCoords(point);
      if (position) view.dispatch({ selection: { anchor: position } });
    },
    close() {
      forgetPanics();
      view.destroy();
      place.remove();
      desk.strip.remove();
      if (code) code.hidden = false;
    },
  };
}

/** The deck's cells end with a line end, which an editor would show as an empty line. */
function trimmed(text: string): string {
  return text.replace(/\n$/, "");
}

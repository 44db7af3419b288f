import { type EditorState, type Extension, type Range as MarkRange, StateEffect, StateField, type Text } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";
import type { Finding, Level } from "../protocol";
import { moved, type Placed, placed, type Range } from "./placed";

/** The letter before a line, so that colour is not the only sign. */
const letters: Record<Level, string> = { error: "E", warning: "W", note: "N", help: "H" };

const replace = StateEffect.define<readonly Finding[]>();

/** The findings of a cell in its editor: underlined where they are, with a letter before the line. */
export class Findings {
  private readonly field: StateField<readonly Placed[]>;
  readonly extension: Extension;

  constructor(cell: string) {
    this.field = StateField.define<readonly Placed[]>({
      create: () => [],
      update(all, { effects, docChanged, changes, newDoc }) {
        const effect = effects.find((each) => each.is(replace));
        if (effect) return placed(effect.value, cell, newDoc);
        return docChanged ? moved(all, changes) : all;
      },
      provide: (field) => EditorView.decorations.compute([field, "doc"], (state) => decorations(state.field(field), state.doc)),
    });
    this.extension = this.field;
  }

  in(state: EditorState): readonly Placed[] {
    return state.field(this.field);
  }

  show(view: EditorView, findings: readonly Finding[]): void {
    view.dispatch({ effects: replace.of(findings) });
  }
}

/** The number of the finding that an element of the editor belongs to. */
export function findingAt(target: EventTarget | null): number | null {
  const mark = target instanceof Element ? target.closest<HTMLElement>("[data-finding]") : null;
  return mark ? Number(mark.dataset["finding"]) : null;
}

function decorations(all: readonly Placed[], doc: Text) {
  const marks: MarkRange<Decoration>[] = [];
  const lines = new Map<number, Level>();
  all.forEach(({ finding: { level }, spots }, index) => {
    for (const { primary, ...spot } of spots) {
      const { from, to } = seen(spot, doc);
      const attributes = { "data-finding": String(index) };
      if (from < to) marks.push(Decoration.mark({ class: `found ${primary ? level : "aside"}`, attributes }).range(from, to));
      const line = doc.lineAt(spot.from).from;
      // Errors come first; a line has one letter.
      if (primary && !lines.has(line)) lines.set(line, level);
    }
  });
  for (const [from, level] of lines) {
    marks.push(Decoration.line({ attributes: { "data-letter": letters[level], "data-level": level } }).range(from));
  }
  return Decoration.set(marks, true);
}

/** A place between two characters is shown at one of them. */
function seen({ from, to }: Range, doc: Text): Range {
  if (from < to) return { from, to };
  const line = doc.lineAt(from);
  return from < line.to ? { from, to: from + 1 } : { from: Math.max(line.from, from - 1), to: from };
}

import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";

const mark = StateEffect.define<number | null>();

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { effects, changes, newDoc }) {
    const effect = effects.find((each) => each.is(mark));
    if (!effect) return marks.map(changes);
    if (effect.value === null || effect.value > newDoc.lines) return Decoration.none;
    return Decoration.set(Decoration.line({ class: "panicked" }).range(newDoc.line(effect.value).from));
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Marks in an editor the line that a panic names. */
export const panicked: Extension = field;

/** Keeps the mark as `figure` says it in `data-panicked`, until the returned function is called. */
export function followPanics(view: EditorView, figure: HTMLElement): () => void {
  const update = () => view.dispatch({ effects: mark.of(Number(figure.dataset["panicked"]) || null) });
  const observer = new MutationObserver(update);
  observer.observe(figure, { attributeFilter: ["data-panicked"] });
  update();
  return () => observer.disconnect();
}

import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { Handlers } from "../keys/listen";
import type { Finding, Fix } from "../protocol";
import { FindingStrip } from "./finding-strip";
import { findingAt, Findings } from "./findings";
import type { Placed } from "./placed";

/** The findings of one editor: marks in the text, and the strip with the one that cursor, pointer or keys have chosen. */
export class FindingDesk {
  readonly extension: Extension;
  readonly handlers: Handlers;
  private readonly findings: Findings;
  private readonly line: FindingStrip;
  private current = 0;

  constructor(
    cell: string,
    private readonly view: () => EditorView,
  ) {
    this.findings = new Findings(cell);
    this.line = new FindingStrip({ apply: (fix) => this.apply(fix), step: (by) => this.step(by) });
    this.handlers = {
      "finding-on": () => this.step(1),
      "finding-back": () => this.step(-1),
      "apply-fix": () => this.applyFirst(),
    };
    this.extension = [
      this.findings.extension,
      EditorView.updateListener.of(({ selectionSet, docChanged, state }) => {
        if (selectionSet || docChanged) this.choose(at(this.findings.in(state), state.selection.main.head));
      }),
      EditorView.domEventHandlers({ mousemove: ({ target }) => this.choose(findingAt(target)) }),
    ];
  }

  /** The element of the strip. */
  get strip(): HTMLElement {
    return this.line.element;
  }

  show(findings: readonly Finding[]): void {
    this.findings.show(this.view(), findings);
    this.current = Math.max(0, at(this.all, this.view().state.selection.main.head) ?? 0);
    this.refresh();
  }

  /** Draws the strip again. */
  refresh(): void {
    this.line.show(this.all, this.current, this.isEditable);
  }

  private get all(): readonly Placed[] {
    return this.findings.in(this.view().state);
  }

  private get isEditable(): boolean {
    return this.view().state.facet(EditorView.editable);
  }

  private choose(index: number | null): void {
    if (index === null || index === this.current) return;
    this.current = index;
    this.refresh();
  }

  /** To the next finding or the one before, with the cursor. */
  private step(by: 1 | -1): void {
    const { all } = this;
    if (!all.length) return;
    this.current = (this.current + by + all.length) % all.length;
    const spot = all[this.current]?.spots[0];
    if (spot) this.view().dispatch({ selection: { anchor: spot.from }, scrollIntoView: true });
    this.refresh();
  }

  private applyFirst(): void {
    const fix = this.all[this.current]?.fixes[0]?.fix;
    if (fix) this.apply(fix);
  }

  /** Changes the text as the compiler suggests, where its places are by now. */
  private apply(fix: Fix): void {
    const edits = this.all.flatMap(({ fixes }) => fixes).find((each) => each.fix === fix)?.edits;
    if (!edits || !this.isEditable) return;
    this.view().dispatch({ changes: edits.map(({ from, to, text }) => ({ from, to, insert: text })), userEvent: "input.fix" });
    this.view().focus();
  }
}

/** The first finding that has a place around this offset. */
function at(all: readonly Placed[], offset: number): number | null {
  const index = all.findIndex(({ spots }) => spots.some(({ from, to }) => from <= offset && offset <= to));
  return index < 0 ? null : index;
}

import type { RevealApi } from "reveal.js";
import type { Cells } from "../cell/cells";
import { button } from "../dom/element";
import type { Handle, openEditor } from "../editor/editor";
import { keyFor } from "../keys/keymap";
import type { Handlers } from "../keys/listen";
import type { DeckData } from "../protocol";
import type { Session } from "../run/session";
import type { StageStore } from "../stage/store";
import type { EditBackend } from "./backend";
import { UnsentTexts } from "./unsent-texts";

/** What the lazy module editor.js exports. */
export interface EditorModule {
  openEditor: typeof openEditor;
}

/** What of the page takes part in editing. */
export interface EditedPage {
  readonly deck: Pick<RevealApi, "getCurrentSlide">;
  readonly data: Pick<DeckData, "cells">;
  readonly store: Pick<StageStore, "stage" | "cell" | "subscribe">;
  readonly session: Pick<Session, "source" | "run" | "beforeEachRun">;
  readonly cells: Pick<Cells, "get" | "current" | "onDecorated">;
  readonly notices: { show(text: string, kind: string): void };
  listen(handlers: Handlers): void;
}

/** Editing of cells: which have an editor open, and how their text reaches the stage. */
export class Editing {
  /** What was typed here and is on no stage yet: whoever speaks of these cells speaks of an older text. */
  readonly unsent = new UnsentTexts((id) => this.send(id));
  private readonly open = new Map<string, { handle: Handle; figure: HTMLElement }>();
  /** The cell that was edited last. */
  private last = "";

  constructor(
    private readonly page: EditedPage,
    private readonly load: () => Promise<EditorModule>,
    private readonly backend: EditBackend,
  ) {
    page.session.beforeEachRun(() => this.unsent.sendAll());
    page.store.subscribe((change) => {
      if (change === null) for (const id of new Set([...this.open.keys(), ...Object.keys(page.store.stage.cells)])) this.show(id);
      else if (change.change === "edited") this.show(change.cell);
    });
    page.cells.onDecorated((figure, tools) => this.decorate(figure, tools));
    page.listen({
      edit: () => this.withCurrent((id) => void this.edit(id)),
      original: () => this.withCurrent((id) => this.restore(id)),
    });
  }

  /** The editors that are open, by cell. */
  *handles(): Iterable<[string, Handle]> {
    for (const [id, { handle }] of this.open) yield [id, handle];
  }

  /** Opens the editor of a cell, if this browser may edit. */
  async edit(id: string, point?: { x: number; y: number }): Promise<void> {
    if (!this.backend.canEdit(id)) return;
    const refusal = this.backend.refusal();
    if (refusal) {
      this.page.notices.show(refusal, "locked");
      return;
    }
    this.last = id;
    const handle = await this.opened(id);
    handle?.focus(point);
  }

  /** Brings the editors up to date with who may edit. */
  allow(): void {
    const isAllowed = !this.backend.refusal();
    for (const { handle } of this.open.values()) handle.allow(isAllowed);
  }

  /** After slides were replaced: an edited cell on a fresh slide shows its edited text again. */
  reopen(): void {
    for (const [id, { figure, handle }] of this.open) {
      if (figure.isConnected) continue;
      handle.close();
      this.open.delete(id);
    }
    for (const id of Object.keys(this.page.store.stage.cells)) this.show(id);
  }

  async opened(id: string): Promise<Handle | undefined> {
    const existing = this.open.get(id);
    if (existing) return existing.handle;
    const { page } = this;
    const { openEditor } = await this.load();
    const figure = page.cells.get(id)?.figure;
    const data = page.data.cells[id];
    if (!figure || !data || this.open.has(id)) return this.open.get(id)?.handle;
    const handle = openEditor(figure, {
      cell: id,
      language: data.language,
      text: page.session.source(id),
      editable: !this.backend.refusal(),
      changed: () => this.unsent.add(id),
      run: () => void page.session.run(id),
    });
    this.open.set(id, { handle, figure });
    this.backend.opened(id, handle);
    return handle;
  }

  private send(id: string): boolean {
    const text = this.open.get(id)?.handle.text() ?? this.page.session.source(id);
    const isOriginal = text === this.page.data.cells[id]?.source;
    return this.backend.submit(id, isOriginal ? null : text);
  }

  private restore(id: string): void {
    this.unsent.drop(id);
    if (!this.backend.submit(id, null)) this.unsent.add(id);
  }

  /** Shows the stage's text, also where it was typed in another browser. */
  private show(id: string): void {
    const handle = this.open.get(id)?.handle;
    const isEdited = this.page.store.cell(id).edited !== null;
    if (this.unsent.has(id)) return;
    if (handle) handle.show(this.page.session.source(id));
    else if (isEdited && this.page.cells.get(id)) void this.opened(id);
  }

  private decorate(figure: HTMLElement, tools: HTMLElement): void {
    const id = figure.dataset["cell"];
    if (id === undefined || !this.backend.canEdit(id)) return;
    const original = button("original", "Reset", () => this.restore(id));
    original.title = `Back to the original (${keyFor("original")})`;
    const edit = button("edit", "Edit", () => void this.edit(id));
    edit.title = `Edit (${keyFor("edit")})`;
    tools.prepend(original, ...this.backend.buttons(id), edit);
    const code = figure.querySelector<HTMLElement>(":scope > pre");
    code?.addEventListener("click", ({ detail, clientX: x, clientY: y }) => {
      const isSelecting = getSelection()?.isCollapsed === false;
      if (this.backend.opensByClick ? !isSelecting : detail === 2) void this.edit(id, { x, y });
    });
  }

  /** The cell that a key means; on the slide of the cell that was edited last, that one, unless another has the focus. */
  private withCurrent(action: (id: string) => void): void {
    const slide = this.page.deck.getCurrentSlide();
    const last = this.page.cells.get(this.last);
    const hasFocus = document.activeElement?.closest("figure.cell") != null;
    const cell = !hasFocus && last && slide.contains(last.figure) ? last : this.page.cells.current(slide);
    if (cell) action(cell.id);
  }
}

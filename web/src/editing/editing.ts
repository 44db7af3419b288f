import { button } from "../dom/element";
import type { Handle, openEditor } from "../editor/editor";
import { keyFor } from "../keys/keymap";
import type { Host } from "../plugin";

/** What the lazy module editor.js exports. */
export interface EditorModule {
  openEditor: typeof openEditor;
}

/** Who takes in what is typed: the server of the talk, or the page alone. */
export interface Desk {
  /** Whether this cell is ever edited here. */
  edits(cell: string): boolean;
  /** Why nobody may edit now, for the reader; empty if one may. */
  refusal(): string;
  /** A click into the code opens its editor; where it does not, two do. */
  readonly opensByClick: boolean;
  /** Takes a text in, or the original back, and says whether it must not be told again. */
  take(cell: string, edited: string | null): boolean;
  /** Further buttons of a cell. */
  buttons(cell: string): HTMLButtonElement[];
  /** An editor was opened. */
  opened(cell: string, handle: Handle): void;
}

/** Pause in typing, in milliseconds, after which the text is taken in. A run takes it in at once. */
const pause = 300;

/** Editing of cells: which have an editor open, and how their text reaches the stage. */
export class Editing {
  private readonly open = new Map<string, { handle: Handle; figure: HTMLElement }>();
  private readonly untold = new Map<string, ReturnType<typeof setTimeout>>();
  /** The cell that was edited last. */
  private last = "";

  constructor(
    private readonly host: Host,
    private readonly load: () => Promise<EditorModule>,
    private readonly desk: Desk,
  ) {
    host.session.beforeEachRun(() => this.tellAll());
    host.store.subscribe((change) => {
      if (change === null) for (const id of new Set([...this.open.keys(), ...Object.keys(host.store.stage.cells)])) this.show(id);
      else if (change.change === "edited") this.show(change.cell);
    });
    host.cells.onDecorated((figure, tools) => this.decorate(figure, tools));
    host.listen({
      edit: () => this.withCurrent((id) => void this.edit(id)),
      original: () => this.withCurrent((id) => this.restore(id)),
    });
  }

  /** The editors that are open, by cell. */
  *handles(): Iterable<[string, Handle]> {
    for (const [id, { handle }] of this.open) yield [id, handle];
  }

  /** Somebody types, and what it is about an older text, whoever speaks of it. */
  isUntold(id: string): boolean {
    return this.untold.has(id);
  }

  /** Opens the editor of a cell, if this browser may edit. */
  async edit(id: string, point?: { x: number; y: number }): Promise<void> {
    if (!this.desk.edits(id)) return;
    const refusal = this.desk.refusal();
    if (refusal) {
      this.host.notices.show(refusal, "locked");
      return;
    }
    this.last = id;
    const handle = await this.opened(id);
    handle?.focus(point);
  }

  /** Brings the editors up to date with who may edit. */
  allow(): void {
    const isAllowed = !this.desk.refusal();
    for (const { handle } of this.open.values()) handle.allow(isAllowed);
  }

  /** After slides were replaced: an edited cell on a fresh slide shows its edited text again. */
  reopen(): void {
    for (const [id, { figure, handle }] of this.open) {
      if (figure.isConnected) continue;
      handle.close();
      this.open.delete(id);
    }
    for (const id of Object.keys(this.host.store.stage.cells)) this.show(id);
  }

  async opened(id: string): Promise<Handle | undefined> {
    const existing = this.open.get(id);
    if (existing) return existing.handle;
    const { host } = this;
    const { openEditor } = await this.load();
    const figure = host.cells.get(id)?.figure;
    const data = host.data.cells[id];
    if (!figure || !data || this.open.has(id)) return this.open.get(id)?.handle;
    const handle = openEditor(figure, {
      cell: id,
      language: data.language,
      text: host.session.source(id),
      editable: !this.desk.refusal(),
      changed: () => this.typed(id),
      run: () => void host.session.run(id),
    });
    this.open.set(id, { handle, figure });
    this.desk.opened(id, handle);
    return handle;
  }

  /** The text of this cell is to be told, after a pause. */
  typed(id: string): void {
    clearTimeout(this.untold.get(id));
    this.untold.set(id, setTimeout(() => this.tell(id), pause));
  }

  /** Tells what was typed and not told yet. */
  tellAll(): void {
    for (const id of [...this.untold.keys()]) this.tell(id);
  }

  private tell(id: string): void {
    if (!this.untold.has(id)) return;
    clearTimeout(this.untold.get(id));
    const text = this.open.get(id)?.handle.text() ?? this.host.session.source(id);
    const isOriginal = text === this.host.data.cells[id]?.source;
    if (this.desk.take(id, isOriginal ? null : text)) this.untold.delete(id);
  }

  private restore(id: string): void {
    clearTimeout(this.untold.get(id));
    this.untold.delete(id);
    if (!this.desk.take(id, null)) this.typed(id);
  }

  /** Shows the stage's text, also where it was typed in another browser. */
  private show(id: string): void {
    const handle = this.open.get(id)?.handle;
    const isEdited = this.host.store.cell(id).edited !== null;
    if (this.untold.has(id)) return;
    if (handle) handle.show(this.host.session.source(id));
    else if (isEdited && this.host.cells.get(id)) void this.opened(id);
  }

  private decorate(figure: HTMLElement, tools: HTMLElement): void {
    const id = figure.dataset["cell"];
    if (id === undefined || !this.desk.edits(id)) return;
    const original = button("original", "Reset", () => this.restore(id));
    original.title = `Back to the original (${keyFor("original")})`;
    const edit = button("edit", "Edit", () => void this.edit(id));
    edit.title = `Edit (${keyFor("edit")})`;
    tools.prepend(original, ...this.desk.buttons(id), edit);
    const code = figure.querySelector<HTMLElement>(":scope > pre");
    code?.addEventListener("click", ({ detail, clientX: x, clientY: y }) => {
      const isSelecting = getSelection()?.isCollapsed === false;
      if (this.desk.opensByClick ? !isSelecting : detail === 2) void this.edit(id, { x, y });
    });
  }

  /** The cell that a key means; on the slide of the cell that was edited last, that one, unless another has the focus. */
  private withCurrent(action: (id: string) => void): void {
    const slide = this.host.deck.getCurrentSlide();
    const last = this.host.cells.get(this.last);
    const hasFocus = document.activeElement?.closest("figure.cell") != null;
    const cell = !hasFocus && last && slide.contains(last.figure) ? last : this.host.cells.current(slide);
    if (cell) action(cell.id);
  }
}

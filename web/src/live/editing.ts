import type { Handle, openEditor } from "../editor/editor";
import { keyFor } from "../keymap";
import type { Host } from "../plugin";
import type { Finding, Role, Stage } from "../protocol";
import { button } from "../element";
import type { Connection } from "./connection";
import { findingsText } from "./findings-text";

/** What the lazy module editor.js exports. */
export interface EditorModule {
  openEditor: typeof openEditor;
}

/** Pause in typing, in milliseconds, after which the text is sent. A run sends it at once. */
const pause = 300;

/** Editing of cells: who may, which cells have an editor open, and how their text reaches the stage. */
export class Editing {
  role: Role = "runner";
  private wanted: Role = "runner";
  private readonly open = new Map<string, { handle: Handle; figure: HTMLElement }>();
  private readonly unsent = new Map<string, ReturnType<typeof setTimeout>>();
  /** The cell that was edited last. */
  private last = "";

  constructor(
    private readonly host: Host,
    private readonly connection: Connection,
    private readonly load: () => Promise<EditorModule>,
    private readonly writeBack: (cell: string) => void,
  ) {
    host.session.beforeRun = () => this.flushAll();
    connection.onState((state) => {
      if (state === "connected") this.resume();
    });
    host.store.subscribe((change) => {
      if (change === null) for (const id of this.open.keys()) this.show(id);
      if (change === null) for (const id of Object.keys(host.store.stage.cells)) this.show(id);
      else if (change.change === "edited") this.show(change.cell);
      if (change === null || change.change === "checked") this.diagnose();
      if (change?.change === "checked") host.notices.announce(findingsText(change.findings));
    });
    host.cells.onDressed((figure, tools) => this.dress(figure, tools));
    Object.assign(host.handlers, {
      edit: () => this.withCurrent((id) => void this.edit(id)),
      original: () => this.withCurrent((id) => this.restore(id)),
    });
  }

  /** The server granted a role that was asked for. */
  granted(role: Role): void {
    this.wanted = role;
    this.become(role);
  }

  /** This connection has a role; a new connection starts locked. */
  become(role: Role): void {
    this.role = role;
    document.documentElement.dataset["role"] = role;
    this.host.notices.clear("locked");
    for (const { handle } of this.open.values()) handle.allow(role === "presenter");
  }

  /** Before a snapshot takes the place of the stage: a server that was started anew knows nothing of the edits, so whoever made
   *  them sends them again once connected. */
  carryTo(stage: Stage): void {
    if (this.wanted !== "presenter") return;
    for (const id of this.open.keys()) {
      if (this.host.store.cell(id).edited !== null && !stage.cells[id]) this.typed(id);
    }
  }

  /** Opens the editor of a cell, if this browser may edit. */
  async edit(id: string, point?: { x: number; y: number }): Promise<void> {
    if (this.role !== "presenter") {
      this.host.notices.show(`Editing is locked. Press ${keyFor("unlock")} to unlock it.`, "locked");
      return;
    }
    this.last = id;
    const handle = await this.opened(id);
    handle?.focus(point);
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

  /** After a reconnect: the unlock holds for the page, not for one connection, and what was typed meanwhile is sent. */
  private resume(): void {
    if (this.wanted !== this.role) this.connection.send({ command: "unlock" });
    this.flushAll();
  }

  /** Shows what the compiler says in the editors of the cells that it is about, which are opened for it. Where somebody types on,
   *  it is about an older text, and what it says of the new one follows. */
  private diagnose(): void {
    const { findings } = this.host.store.stage;
    for (const id of cellsIn(findings)) if (!this.open.has(id)) void this.opened(id);
    for (const [id, { handle }] of this.open) if (this.isRust(id) && !this.unsent.has(id)) handle.diagnose(findings);
  }

  private isRust(id: string): boolean {
    return this.host.data.cells[id]?.language === "rust";
  }

  private restore(id: string): void {
    clearTimeout(this.unsent.get(id));
    this.unsent.delete(id);
    this.connection.send({ command: "edit", cell: id, source: null });
  }

  private async opened(id: string): Promise<Handle | undefined> {
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
      editable: this.role === "presenter",
      changed: () => this.typed(id),
      run: () => void host.session.run(id),
    });
    this.open.set(id, { handle, figure });
    if (this.isRust(id)) handle.diagnose(host.store.stage.findings);
    return handle;
  }

  private typed(id: string): void {
    clearTimeout(this.unsent.get(id));
    this.unsent.set(id, setTimeout(() => this.flush(id), pause));
  }

  private flushAll(): void {
    for (const id of [...this.unsent.keys()]) this.flush(id);
  }

  /** Sends what was typed and not sent yet. */
  private flush(id: string): void {
    if (!this.unsent.has(id)) return;
    clearTimeout(this.unsent.get(id));
    const text = this.open.get(id)?.handle.text() ?? this.host.session.source(id);
    const source = text === this.host.data.cells[id]?.source ? null : text;
    if (this.connection.send({ command: "edit", cell: id, source })) this.unsent.delete(id);
    // Without a server the edit counts here, so that no recording speaks for other text; it is sent when the server is back.
    else this.host.store.apply({ change: "edited", cell: id, edited: source, stale: [id] });
  }

  /** Shows the stage's text, also where it was typed in another browser. */
  private show(id: string): void {
    const handle = this.open.get(id)?.handle;
    const isEdited = this.host.store.cell(id).edited !== null;
    if (this.unsent.has(id)) return;
    if (handle) handle.show(this.host.session.source(id));
    else if (isEdited && this.host.cells.get(id)) void this.opened(id);
  }

  private dress(figure: HTMLElement, tools: HTMLElement): void {
    const id = figure.dataset["cell"];
    if (id === undefined) return;
    const original = button("original", "Reset", () => this.restore(id));
    original.title = `Back to the original (${keyFor("original")})`;
    const edit = button("edit", "Edit", () => void this.edit(id));
    edit.title = `Edit (${keyFor("edit")})`;
    const writeBack = this.isRust(id) ? [button("write-back", "Write back …", () => this.writeBack(id))] : [];
    tools.prepend(original, ...writeBack, edit);
    const code = figure.querySelector<HTMLElement>(":scope > pre");
    // A plain click edits where editing is unlocked; elsewhere it selects text, and a second click says how to unlock.
    code?.addEventListener("click", ({ detail, clientX: x, clientY: y }) => {
      const isSelecting = getSelection()?.isCollapsed === false;
      if (this.role === "presenter" ? !isSelecting : detail === 2) void this.edit(id, { x, y });
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

/** The cells that have a place of a finding. */
function cellsIn(findings: readonly Finding[]): Set<string> {
  const places = findings.flatMap(({ spots }) => spots.map(({ at }) => at));
  return new Set(places.flatMap((at) => (at.in === "cell" ? [at.cell] : [])));
}

import { button } from "../dom/element";
import type { EditBackend } from "../editing/backend";
import { Editing, type EditorModule } from "../editing/editing";
import type { Handle } from "../editor/editor";
import { keyFor } from "../keys/keymap";
import type { Host } from "../plugin";
import type { Finding, Role, Stage } from "../protocol";
import type { Connection } from "./connection";
import { findingsText } from "./findings-text";

/** Editing on stage: who may, how texts reach the server, and what the compiler says of them. */
export class LiveEditing implements EditBackend {
  role: Role = "runner";
  private wanted: Role = "runner";
  private readonly editing: Editing;

  constructor(
    private readonly host: Host,
    private readonly connection: Connection,
    load: () => Promise<EditorModule>,
    private readonly writeBack: (cell: string) => void,
  ) {
    this.editing = new Editing(host, load, this);
    connection.onState((state) => {
      if (state === "connected") this.resume();
    });
    host.store.subscribe((change) => {
      if (change === null || change.change === "checked") this.diagnose();
      if (change?.change === "checked") host.notices.announce(findingsText(change.findings));
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
    this.editing.allow();
  }

  /** Before a snapshot takes the place of the stage: a server that was started anew knows nothing of the edits, so whoever made
   *  them sends them again once connected. */
  carryTo(stage: Stage): void {
    if (this.wanted !== "presenter") return;
    for (const [id] of this.editing.handles()) {
      if (this.host.store.cell(id).edited !== null && !stage.cells[id]) this.editing.typed(id);
    }
  }

  /** After slides were replaced. */
  reopen(): void {
    this.editing.reopen();
  }

  canEdit(): boolean {
    return true;
  }

  refusal(): string {
    return this.role === "presenter" ? "" : `Editing is locked. Press ${keyFor("unlock")} to unlock it.`;
  }

  /** Elsewhere a click selects text, and a second one says how to unlock. */
  get opensByClick(): boolean {
    return this.role === "presenter";
  }

  submit(cell: string, edited: string | null): boolean {
    const isSent = this.connection.send({ command: "edit", cell, source: edited });
    // Without a server the edit counts here, so that no recording speaks for other text; it is sent when the server is back.
    if (!isSent) this.host.store.apply({ change: "edited", cell, edited, stale: [cell] });
    return isSent;
  }

  buttons(cell: string): HTMLButtonElement[] {
    return this.isRust(cell) ? [button("write-back", "Write back …", () => this.writeBack(cell))] : [];
  }

  opened(cell: string, handle: Handle): void {
    if (this.isRust(cell)) handle.diagnose(this.host.store.stage.findings);
  }

  /** After a reconnect: the unlock holds for the page, not for one connection, and what was typed meanwhile is sent. */
  private resume(): void {
    if (this.wanted !== this.role) this.connection.send({ command: "unlock" });
    this.editing.sendAll();
  }

  /** Shows what the compiler says in the editors of the cells that it is about, which are opened for it. Where somebody types on,
   *  it is about an older text, and what it says of the new one follows. */
  private diagnose(): void {
    const { findings } = this.host.store.stage;
    const open = new Map(this.editing.handles());
    for (const id of cellsIn(findings)) if (!open.has(id)) void this.editing.opened(id);
    for (const [id, handle] of open) if (this.isRust(id) && !this.editing.isUnsent(id)) handle.diagnose(findings);
  }

  private isRust(id: string): boolean {
    return this.host.data.cells[id]?.language === "rust";
  }
}

/** The cells that have a place of a finding. */
function cellsIn(findings: readonly Finding[]): Set<string> {
  const places = findings.flatMap(({ spots }) => spots.map(({ at }) => at));
  return new Set(places.flatMap((at) => (at.in === "cell" ? [at.cell] : [])));
}

import { button } from "../dom/element";
import type { EditBackend } from "../editing/backend";
import type { Handle } from "../editor/editor";
import { keyFor } from "../keys/keymap";
import type { StageStore } from "../stage/store";
import type { Connection } from "./connection";
import type { OwnRole } from "./own-role";

/** Edits on stage go to the server, which sends them to every browser. */
export class ServerEdits implements EditBackend {
  constructor(
    private readonly connection: Pick<Connection, "send">,
    private readonly store: StageStore,
    private readonly role: Pick<OwnRole, "isPresenter">,
    private readonly isRust: (cell: string) => boolean,
    private readonly writeBack: (cell: string) => void,
  ) {}

  canEdit(): boolean {
    return true;
  }

  refusal(): string {
    return this.role.isPresenter ? "" : `Editing is locked. Press ${keyFor("unlock")} to unlock it.`;
  }

  /** Elsewhere a click selects text, and a second one says how to unlock. */
  get opensByClick(): boolean {
    return this.role.isPresenter;
  }

  submit(cell: string, edited: string | null): boolean {
    const isSent = this.connection.send({ command: "edit", cell, source: edited });
    // Without a server the edit counts here, so that no recording speaks for other text; it is sent when the server is back.
    if (!isSent) this.store.apply({ change: "edited", cell, edited, stale: [cell] });
    return isSent;
  }

  buttons(cell: string): HTMLButtonElement[] {
    return this.isRust(cell) ? [button("write-back", "Write back …", () => this.writeBack(cell))] : [];
  }

  opened(cell: string, handle: Handle): void {
    if (this.isRust(cell)) handle.diagnose(this.store.stage.findings);
  }
}

import type { Editing } from "../editing/editing";
import type { Finding, Stage } from "../protocol";
import type { StageStore } from "../stage/store";
import type { Connection } from "./connection";
import { findingsText } from "./findings-text";
import type { OwnRole } from "./own-role";

/** Editing while connections come and go: what the compiler says is shown in the editors, and no edit is lost. */
export class LiveEditing {
  constructor(
    private readonly editing: Editing,
    private readonly store: StageStore,
    private readonly role: Pick<OwnRole, "isPresenterSoon">,
    private readonly isRust: (cell: string) => boolean,
    connection: Pick<Connection, "onState">,
    announce: (text: string) => void,
  ) {
    connection.onState((state) => {
      if (state === "connected") editing.sendAll();
    });
    store.subscribe((change) => {
      if (change === null || change.change === "checked") this.diagnose();
      if (change?.change === "checked") announce(findingsText(change.findings));
    });
  }

  /** Before a snapshot takes the place of the stage: a server that was started anew knows nothing of the edits, so whoever made
   *  them sends them again once connected. */
  carryTo(stage: Stage): void {
    if (!this.role.isPresenterSoon) return;
    for (const [id] of this.editing.handles()) {
      if (this.store.cell(id).edited !== null && !stage.cells[id]) this.editing.typed(id);
    }
  }

  /** After the role has changed. */
  allow(): void {
    this.editing.allow();
  }

  /** After slides were replaced. */
  reopen(): void {
    this.editing.reopen();
  }

  /** Shows what the compiler says in the editors of the cells that it is about, which are opened for it. Where somebody types on,
   *  it is about an older text, and what it says of the new one follows. */
  private diagnose(): void {
    const { findings } = this.store.stage;
    const open = new Map(this.editing.handles());
    for (const id of cellsIn(findings)) if (!open.has(id)) void this.editing.opened(id);
    for (const [id, handle] of open) if (this.isRust(id) && !this.editing.isUnsent(id)) handle.diagnose(findings);
  }
}

/** The cells that have a place of a finding. */
function cellsIn(findings: readonly Finding[]): Set<string> {
  const places = findings.flatMap(({ spots }) => spots.map(({ at }) => at));
  return new Set(places.flatMap((at) => (at.in === "cell" ? [at.cell] : [])));
}

import { button } from "../dom/element";
import type { EditBackend } from "../editing/backend";
import { keyFor } from "../keys/keymap";
import type { StageStore } from "../stage/store";
import type { Connection } from "./connection";
import type { OwnRole } from "./own-role";

/** Sends edits to the server, which tells every browser of them. `writeBack` asks whether a cell's file shall have its text. */
export function serverEdits(
  connection: Pick<Connection, "send">,
  store: StageStore,
  role: Pick<OwnRole, "isPresenter">,
  isRust: (cell: string) => boolean,
  writeBack: (cell: string) => void,
): EditBackend {
  return {
    canEdit: () => true,
    refusal: () => (role.isPresenter ? "" : `Editing is locked. Press ${keyFor("unlock")} to unlock it.`),
    // Elsewhere a click selects text, and a second one says how to unlock.
    get opensByClick() {
      return role.isPresenter;
    },
    submit(cell, edited) {
      const isSent = connection.send({ command: "edit", cell, source: edited });
      // Without a server the edit counts here, so that no recording speaks for other text; it is sent when the server is back.
      if (!isSent) store.apply({ change: "edited", cell, edited, stale: [cell] });
      return isSent;
    },
    buttons: (cell) => (isRust(cell) ? [button("write-back", "Write back …", () => writeBack(cell))] : []),
    opened(cell, handle) {
      if (isRust(cell)) handle.diagnose(store.stage.findings);
    },
  };
}

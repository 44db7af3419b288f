import type { Editing } from "../editing/editing";
import type { Finding } from "../protocol";
import type { StageStore } from "../stage/store";
import { findingsText } from "./findings-text";

/** Shows what the compiler says in the editors of the cells that it is about, which are opened for it. */
export function showFindings(editing: Editing, store: StageStore, isRust: (cell: string) => boolean, announce: (text: string) => void): void {
  store.subscribe((change) => {
    if (change === null || change.change === "checked") diagnose(editing, store.stage.findings, isRust);
    if (change?.change === "checked") announce(findingsText(change.findings));
  });
}

/** Where somebody types on, findings are about an older text, and what is found in the new one follows. */
function diagnose(editing: Editing, findings: readonly Finding[], isRust: (cell: string) => boolean): void {
  const open = new Map(editing.handles());
  for (const id of cellsIn(findings)) if (!open.has(id)) void editing.opened(id);
  for (const [id, handle] of open) if (isRust(id) && !editing.unsent.has(id)) handle.diagnose(findings);
}

/** The cells that have a place of a finding. */
function cellsIn(findings: readonly Finding[]): Set<string> {
  const places = findings.flatMap(({ spots }) => spots.map(({ at }) => at));
  return new Set(places.flatMap((at) => (at.in === "cell" ? [at.cell] : [])));
}

import { leaveFocus } from "./focus";

/** Closes a dialog, and says whether it was open. A browser takes the focus away from what is no longer seen only when it draws
 *  the next time; until then the keys of the deck would go to a hidden field. So it is taken away here. */
export function closeDialog(dialog: HTMLDialogElement): boolean {
  const { open } = dialog;
  dialog.close();
  leaveFocus(dialog);
  return open;
}

import type { Handle } from "../editor/editor";

/** Where edited texts go, and who may edit: the server of the talk, or the page alone. */
export interface EditBackend {
  /** Whether this cell is ever edited here. */
  canEdit(cell: string): boolean;
  /** Why nobody may edit now, for the reader; empty if one may. */
  refusal(): string;
  /** A click into the code opens its editor; where it does not, two do. */
  readonly opensByClick: boolean;
  /** Takes a text, or the original back, and says whether it must not be sent again. */
  submit(cell: string, edited: string | null): boolean;
  /** Further buttons of a cell. */
  buttons(cell: string): HTMLButtonElement[];
  /** An editor was opened. */
  opened(cell: string, handle: Handle): void;
}

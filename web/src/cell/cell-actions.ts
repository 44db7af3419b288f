import type { RevealApi } from "reveal.js";
import { codeOf } from "../code/bar";
import type { Handlers } from "../keys/listen";
import type { Session } from "../run/session";
import type { Cells } from "./cells";

/** What keys do to the cell that they mean, and to the code of its slide. */
export function cellActions(deck: RevealApi, cells: Cells, session: Session): Handlers {
  const current = () => cells.current(deck.getCurrentSlide());
  return {
    run: () => {
      const cell = current();
      if (cell) void session.run(cell.id);
    },
    stop: () => session.stop(),
    "go-on": () => session.goOn(),
    enlarge: () => current()?.enlarge(),
    copy: () => void navigator.clipboard?.writeText(codeOf(deck.getCurrentSlide())),
  };
}

import type { RevealApi, RevealPlugin } from "reveal.js";
import { Cells, codeOf } from "./cell/cells";
import { runOnNext } from "./cell/run-steps";
import { type DeckData, readDeckData } from "./deck-data";
import { Footer } from "./footer";
import { Help } from "./help";
import { type Handlers, listen } from "./keys";
import { Notices } from "./notice";
import { dressPage } from "./page";
import { fitWindow } from "./phone";
import { printFooters } from "./print";
import { Recorded } from "./run/recorded";
import { Session } from "./run/session";
import { StageStore } from "./stage-store";
import { followSteps } from "./steps";
import { toggleTheme } from "./theme";
import { viewHandlers } from "./view-keys";

/** What the parts that load later (live.ts) work with. */
export interface Host {
  readonly deck: RevealApi;
  data: DeckData;
  readonly store: StageStore;
  readonly session: Session;
  readonly cells: Cells;
  readonly footer: Footer;
  readonly notices: Notices;
  readonly handlers: Handlers;
  /** Set while the deck goes where another browser went. */
  isFollowing: boolean;
}

/** The reveal.js plugin: steps, cells, keys, footer. `load` gets the host once the deck is ready to be joined by a server. */
export const LiveCode = (load?: (host: Host) => void) => (): RevealPlugin => ({
  id: "live-code",
  init(deck: RevealApi) {
    const data = readDeckData(document);
    const root = deck.getRevealElement();
    if (!root || deck.isPrintView()) {
      printFooters(deck);
      return;
    }
    const host = assemble(root, deck, data);
    deck.on("ready", () => load?.(host));
  },
});

function assemble(root: HTMLElement, deck: RevealApi, data: DeckData): Host {
  const notices = new Notices(root);
  const store = new StageStore();
  const session: Session = new Session(store, () => host.data.cells, (message) => notices.show(message));
  const cells = new Cells(store, session, (text) => notices.announce(text));
  const footer = new Footer(root, deck);
  const help = new Help(root);
  const handlers: Handlers = { ...viewHandlers(deck, help), theme: toggleTheme };
  const host: Host = { deck, data, store, session, cells, footer, notices, handlers, isFollowing: false };

  session.add(new Recorded(data.cells));
  cells.dress(root);
  dressPage(root, deck, data.title);
  fitWindow(deck);
  followSteps(deck);
  runOnNext(deck, store, session, () => host.isFollowing);
  cellHandlers(host, help);
  listen(handlers);
  return host;
}

function cellHandlers({ deck, cells, session, handlers }: Host, help: Help): void {
  const current = () => {
    const slide = deck.getCurrentSlide();
    const focused = document.activeElement?.closest<HTMLElement>("figure.cell");
    const figures = [...slide.querySelectorAll<HTMLElement>("figure.cell")];
    const figure = focused ?? figures.find(({ dataset }) => dataset["run"] === "idle") ?? figures.at(-1);
    return figure && cells.get(figure.dataset["cell"] ?? "");
  };
  Object.assign(handlers, {
    run: () => {
      const cell = current();
      if (cell) void session.run(cell.id);
    },
    stop: () => session.stop(),
    enlarge: () => current()?.enlarge(),
    copy: () => void navigator.clipboard?.writeText(codeOf(deck.getCurrentSlide())),
    close: () => {
      const large = [...cells.all()].find(({ isLarge }) => isLarge);
      if (help.close()) return;
      if (large) large.enlarge(false);
      else if (deck.isOverview()) deck.toggleOverview(false);
      else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    },
  } satisfies Handlers);
}

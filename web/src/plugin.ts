import type { RevealApi, RevealPlugin } from "reveal.js";
import { cellActions } from "./cell/cell-actions";
import { Cells } from "./cell/cells";
import { runOnNext } from "./cell/run-steps";
import { followSteps } from "./code/lit-lines";
import { ContentsLoader } from "./contents/loader";
import { leaveFocus } from "./dom/focus";
import { Escape } from "./keys/escape";
import { Help } from "./keys/help";
import { listen } from "./keys/listen";
import { keepKeysFromFrames } from "./output/html-frame";
import { Footer } from "./page/footer";
import { Notices } from "./page/notices";
import { decoratePage } from "./page/page";
import { PageData } from "./page/page-data";
import { fitWindow } from "./page/phone";
import { leaveOverview, viewActions } from "./page/view-actions";
import { decoratePrintView } from "./print/print-view";
import { Recorded } from "./run/recorded";
import { Session } from "./run/session";
import { Following } from "./stage/following";
import { StageStore } from "./stage/store";
import { XrayLoader } from "./xray/loader";

/** The parts of the deck's page. Each that loads later is handed what it uses of them. */
export interface Page {
  readonly root: HTMLElement;
  readonly deck: RevealApi;
  readonly data: PageData;
  readonly store: StageStore;
  readonly following: Following;
  readonly session: Session;
  readonly cells: Cells;
  readonly xrays: XrayLoader;
  readonly footer: Footer;
  readonly notices: Notices;
  readonly escape: Escape;
  readonly listen: typeof listen;
  /** It was opened at a slide of its own, by a link. The address of a page that is loaded again may be a second old. */
  readonly cameByLink: boolean;
}

/** The reveal.js plugin: steps, cells, X-rays, keys, footer. `assets` is the address of a file beside the bundles; `join` adds
 *  the parts that load later, once the deck is ready. */
export const LiveCode = (assets: string, join: (page: Page) => Promise<void>) => (): RevealPlugin => ({
  id: "live-code",
  init(deck: RevealApi): void {
    const root = deck.getRevealElement();
    if (!root || deck.isPrintView()) {
      decoratePrintView(deck, assets);
      return;
    }
    const page = assemble(root, deck, assets);
    deck.on("ready", () => page.session.waitFor(join(page)));
  },
});

function assemble(root: HTMLElement, deck: RevealApi, assets: string): Page {
  const data = new PageData(document);
  const notices = new Notices(root);
  const store = new StageStore();
  const following = new Following();
  const session = new Session(store, () => data.cells, (message) => notices.show(message));
  const cells = new Cells(store, session, (text) => notices.announce(text));
  const footer = new Footer(root, deck);
  const xrays = new XrayLoader(assets, (message) => notices.show(message, "xray"));
  const help = new Help(root);
  const contents = new ContentsLoader(
    assets,
    (make) => make(root, deck, data.offers, () => data.cells),
    (message) => notices.show(message, "contents"),
  );
  contents.addTo(footer);
  const escape = new Escape();
  const cameByLink = /^#\/./.test(location.hash) && isFreshlyOpened();

  const recorded = new Recorded(data);
  session.add(recorded);
  cells.decorate(root);
  xrays.decorate(root);
  decoratePage(root, deck, data.title);
  fitWindow(deck, () => session.recall(recorded));
  followSteps(deck);
  xrays.follow(deck);
  runOnNext(deck, store, session, following);
  escape.add(() => help.close(), () => contents.close(), () => cells.shrink(), () => leaveOverview(deck), leaveFocus);
  listen({ ...viewActions(deck, { help, contents }), ...cellActions(deck, cells, session), close: () => escape.press() });
  keepKeysFromFrames();
  return { root, deck, data, store, following, session, cells, xrays, footer, notices, escape, listen, cameByLink };
}

function isFreshlyOpened(): boolean {
  const [navigation] = performance.getEntriesByType("navigation");
  return navigation instanceof PerformanceNavigationTiming && navigation.type === "navigate";
}

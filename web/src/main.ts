import Reveal from "reveal.js";
import { config } from "./config";
import { restoreTheme } from "./page/theme";
import { LiveCode, type Page } from "./plugin";
import { Unreachable } from "./run/unreachable";

declare global {
  interface Window {
    /** The deck, for the browser suite and for the console. */
    deck?: Page;
  }
}

const here = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : location.href;

const noServer =
  "Python runs here only when the deck comes from a web server: browsers start no worker for a page from a file. `python3 -m http.server` in the deck's folder is one.";
const notLoaded = "What runs Python in this page could not be loaded. Reload the page to try again.";

/** Only a page that is marked for it asks for the modules; a page from a file could not have them. */
async function join(page: Page): Promise<void> {
  window.deck = page;
  const { live, python } = document.documentElement.dataset;
  if (live !== undefined) (await load<typeof import("./live/live")>("live.js")).join(page, loadEditor);
  else if (python !== undefined) await joinPython(page);
}

async function joinPython(page: Page): Promise<void> {
  const leave = (reason: string) => {
    page.session.add(new Unreachable(reason, (cell) => page.session.refusal(cell)));
    page.cells.mark();
  };
  if (location.protocol === "file:") return leave(noServer);
  const module = await load<typeof import("./python/python")>("python.js").catch(() => null);
  if (module) module.join(page, here, loadEditor);
  else leave(notLoaded);
}

const loadEditor = () => load<typeof import("./editor/editor")>("editor.js");

function load<Module>(name: string): Promise<Module> {
  return import(new URL(name, here).href) as Promise<Module>;
}

/** Starts the deck when the typefaces are read: the style brings them along, and the browser reads them when something asks. A
 *  slide that is laid out before is laid out twice, and first with fonts that the browser has to look for. */
async function start(): Promise<void> {
  const { classList } = document.documentElement;
  classList.add("starting");
  await Promise.allSettled([...document.fonts].map((face) => face.load()));
  classList.remove("starting");
  deck.on("ready", () => classList.add("shown"));
  await deck.initialize();
}

restoreTheme();
const deck = new Reveal({ ...config, plugins: [LiveCode(here, join)] });
void start();

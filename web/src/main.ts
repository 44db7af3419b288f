import Reveal from "reveal.js";
import { config } from "./config";
import { type Host, LiveCode } from "./plugin";
import { restoreTheme } from "./theme";

declare global {
  interface Window {
    /** The deck, for the browser suite and for the console. */
    deck?: Host;
  }
}

const here = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : location.href;

/** Only `deck serve` marks the page as live; a deck from a file or a static host never asks for the modules. */
async function join(host: Host): Promise<void> {
  window.deck = host;
  if (document.documentElement.dataset["live"] === undefined) return;
  const { join } = (await import(new URL("live.js", here).href)) as typeof import("./live/live");
  join(host, () => import(new URL("editor.js", here).href) as Promise<typeof import("./editor/editor")>);
}

restoreTheme();
const deck = new Reveal({ ...config, plugins: [LiveCode(here, (host) => (host.session.complete = join(host)))] });
deck.on("ready", () => void document.fonts.ready.then(() => document.documentElement.classList.add("shown")));
void deck.initialize();

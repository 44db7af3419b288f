import type { RevealApi } from "reveal.js";
import { addScript } from "../dom/script";
import type { Drawn, Surroundings, TraceEntry, Tracer } from "./entry";
import { addStageSteps } from "./stage-steps";

const places = "figure.xray[data-xray], aside.here[data-xray]";

/** Fetches what draws X-rays, and their traces, when a slide that has one is near. All are classic scripts, so that a deck from
 *  a file can load them too. */
export class XrayLoader implements Surroundings {
  readonly entries = new Map<string, TraceEntry>();
  private readonly drawn = new Map<HTMLElement, Drawn>();
  private readonly asked = new Set<string>();
  private readonly absent = new Set<string>();
  private offered: Tracer | null = null;

  constructor(
    private readonly assets: string,
    private readonly complain: (message: string) => void,
  ) {
    window.deckTraces = (id, entry) => {
      this.entries.set(id, entry);
      this.drawWhatCan();
    };
    document.addEventListener("deck-xray", () => this.drawWhatCan());
  }

  tracer(): Tracer | null {
    return this.offered;
  }

  /** The live part can trace on this machine from now on, or no longer. */
  offer(tracer: Tracer | null): void {
    this.offered = tracer;
    for (const view of this.drawn.values()) view.offer();
  }

  /** Gives the figures under `root` their steps: each stage, and the whole call at the end. Before reveal counts the steps.
   *  Slides that were replaced have new recordings, which are fetched again. */
  decorate(root: ParentNode): void {
    for (const figure of this.drawn.keys()) if (!figure.isConnected) this.drawn.delete(figure);
    for (const figure of root.querySelectorAll<HTMLElement>("figure.xray[data-xray]")) {
      this.forget(figure.dataset["xray"] ?? "");
      if (figure.closest(".silent") || figure.querySelector("i.fragment.stage")) continue;
      addStageSteps(figure);
    }
  }

  /** Follows the deck: loads what a slide and its neighbours need, and moves the figure on the slide. */
  follow(deck: RevealApi): void {
    const load = () => {
      const slides = deck.getSlides();
      const here = slides.indexOf(deck.getCurrentSlide());
      // Before its first slide reveal tells of changes without a slide.
      if (here < 0) return;
      for (const slide of slides.slice(Math.max(here - 1, 0), here + 2)) this.load(slide);
    };
    const step = () => this.step(deck.getCurrentSlide());
    // Where slides were replaced, the speaker has not gone on.
    for (const event of ["ready", "slidechanged", "sync"] as const) deck.on(event, load);
    for (const event of ["ready", "slidechanged", "fragmentshown", "fragmenthidden"] as const) deck.on(event, step);
  }

  /** Loads what is on the slides under `root`. */
  load(root: ParentNode): void {
    for (const place of root.querySelectorAll<HTMLElement>(places)) {
      const { xray = "", compare } = place.dataset;
      this.script(new URL("xray.js", this.assets).href, "the drawing of X-rays");
      for (const id of [xray, compare]) if (id) this.script(addressOf(id), `the X-ray “${id}”`);
    }
    this.drawWhatCan();
  }

  private forget(id: string): void {
    this.entries.delete(id);
    this.asked.delete(addressOf(id));
    this.absent.delete(addressOf(id));
  }

  private step(slide: Element | undefined): void {
    for (const [figure, view] of this.drawn) if (slide?.contains(figure)) view.follow();
  }

  private drawWhatCan(): void {
    const module = window.deckXray;
    if (!module) return;
    for (const place of document.querySelectorAll<HTMLElement>(`:is(${places}):not([data-drawn])`)) {
      const entry = this.entries.get(place.dataset["xray"] ?? "");
      if (!entry || !this.hasComparison(place, entry)) continue;
      place.dataset["drawn"] = "";
      if (place.tagName === "ASIDE") module.drawMap(place, this);
      else this.drawn.set(place, module.drawFigure(place, entry, this));
    }
  }

  /** Whether the trace to compare with has come, if there is one; a figure is drawn without one that cannot be had. */
  private hasComparison(place: HTMLElement, entry: TraceEntry): boolean {
    const compare = place.tagName === "FIGURE" && (place.dataset["compare"] ?? entry.compare);
    if (!compare || this.entries.has(compare) || this.absent.has(addressOf(compare))) return true;
    this.script(addressOf(compare), `the X-ray “${compare}”`);
    return false;
  }

  private script(address: string, what: string): void {
    if (this.asked.has(address)) return;
    this.asked.add(address);
    addScript(address, () => {
      this.asked.delete(address);
      this.absent.add(address);
      this.complain(`${address} could not be loaded: ${what} is shown as text. Build the deck again.`);
      this.drawWhatCan();
    });
  }
}

function addressOf(id: string): string {
  return `xray/${id}.js`;
}

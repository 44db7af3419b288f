import type { RevealApi } from "reveal.js";
import { button, element } from "../dom/element";

/** The places at the right of the footer where the live part says how things stand. */
export type Indicator = "build" | "role" | "connection";

/** The line at the foot of every slide: number, chapter, indicators, and progress with a mark at each chapter. */
export class Footer {
  private readonly number = element("span", "number");
  private readonly chapter = element("span", "chapter");
  private readonly bar = element("i");
  private readonly track = element("div", "track", this.bar);
  private readonly steps = element("span", "steps");
  private readonly handout = element("a", "", "Handout");
  private readonly indicators = {
    build: indicator("build"),
    role: indicator("role"),
    connection: indicator("connection"),
  };

  constructor(
    root: HTMLElement,
    private readonly deck: RevealApi,
  ) {
    this.track.setAttribute("aria-hidden", "true");
    const back = button("previous", "‹", () => deck.prev());
    const on = button("next", "›", () => deck.next());
    back.setAttribute("aria-label", "Previous step");
    on.setAttribute("aria-label", "Next step");
    const { build, role, connection } = this.indicators;
    const right = [build, role, connection, this.steps];
    this.steps.append(back, on);
    const foot = element("footer", "deck-footer", this.number, this.chapter, element("span", "spacer"), this.handout, ...right, this.track);
    root.append(foot);
    for (const event of ["ready", "slidechanged", "sync"] as const) deck.on(event, () => this.update());
  }

  /** Shows a short text in one of the places, or clears it. `state` is for the eye and for tests. */
  indicate(which: Indicator, text: string, state = ""): void {
    const place = this.indicators[which];
    place.textContent = text;
    place.dataset["state"] = state;
    place.hidden = !text;
  }

  /** Adds a button for something that has to do with the whole deck. */
  add(...buttons: HTMLButtonElement[]): void {
    this.steps.before(...buttons);
  }

  /** Adds a button before those that lead from slide to slide. */
  addFirst(made: HTMLButtonElement): void {
    this.steps.prepend(made);
  }

  private update(): void {
    const slides = this.deck.getSlides();
    const current = this.deck.getCurrentSlide();
    if (!current) return;
    this.number.textContent = current.dataset["number"] ?? "";
    this.chapter.textContent = current.dataset["chapterTitle"] ?? "";
    const handout = current.dataset["handout"];
    this.handout.hidden = !handout;
    if (handout) this.handout.href = handout;
    const last = Math.max(slides.length - 1, 1);
    this.bar.style.width = `${(100 * slides.indexOf(current)) / last}%`;
    const starts = [...slides.keys()].filter((index) => index > 0 && startsChapter(slides, index));
    this.track.replaceChildren(this.bar, ...starts.map((index) => mark((100 * index) / last)));
  }
}

function indicator(which: Indicator): HTMLElement {
  const place = element("span", "indicator");
  place.dataset["indicator"] = which;
  place.hidden = true;
  return place;
}

function startsChapter(slides: Element[], index: number): boolean {
  const chapter = (slide: Element | undefined) => (slide instanceof HTMLElement ? slide.dataset["chapter"] : undefined);
  return chapter(slides[index]) !== chapter(slides[index - 1]);
}

function mark(percent: number): HTMLElement {
  const made = element("b");
  made.style.left = `${percent}%`;
  return made;
}

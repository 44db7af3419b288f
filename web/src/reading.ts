import type { RevealApi } from "reveal.js";

/** What hides a slide that is not the current one. */
const hiding = ["hidden", "aria-hidden", "inert"];

/** How high in the window, from its top, the slide stands that counts as the current one. */
const eyeLevel = 0.35;

/** Where a slide begins is rounded twice, by the phone's scale and by the scrolled page: in pixels. */
const rounding = 2;

/** On a phone the shared deck is a page to read: slides one under the other, each as high as it has to be, every step taken.
 *  reveal's own scroll view gives all of them one height, which would cut code and what it prints. */
export class Reading {
  private isOn = false;
  /** Every slide has its place. reveal moves about before that. */
  private isLaidOut = false;
  private isScrolling = false;
  /** The current slide stands at the top, and the reader has not moved since. */
  private isInPlace = false;
  /** How high all slides are together. They grow while their X-rays are drawn. */
  private height = 0;
  private isAwaited = false;

  constructor(
    private readonly deck: RevealApi,
    private readonly onTurnedOn: () => void,
  ) {
    const slides = deck.getSlidesElement();
    if (slides) {
      new MutationObserver(() => this.isOn && this.unhide()).observe(slides, { subtree: true, attributeFilter: hiding });
      new ResizeObserver(() => this.resized()).observe(slides);
    }
    addEventListener("scroll", () => this.scrolled(), { passive: true });
    deck.on("slidechanged", () => this.isScrolling || this.showCurrent());
    deck.on("ready", () => {
      this.isLaidOut = true;
      this.showCurrent();
    });
  }

  /** Turns it on or off, as the window changes. */
  set(isOn: boolean): void {
    if (isOn === this.isOn) return;
    this.isOn = isOn;
    document.documentElement.classList.toggle("reading", isOn);
    const distance = isOn ? { viewDistance: Number.MAX_SAFE_INTEGER, mobileViewDistance: Number.MAX_SAFE_INTEGER } : { viewDistance: 3, mobileViewDistance: 2 };
    this.deck.configure({ fragments: !isOn, touch: !isOn, ...distance });
    if (!isOn) return;
    this.unhide();
    this.onTurnedOn();
    this.showCurrent();
  }

  private unhide(): void {
    for (const slide of this.deck.getSlides()) for (const name of hiding) slide.removeAttribute(name);
  }

  private showCurrent(): void {
    if (!this.isOn || !this.isLaidOut) return;
    this.isInPlace = true;
    this.deck.getCurrentSlide()?.scrollIntoView({ behavior: "instant" });
  }

  /** What grows above a slide that a link has led to would push it away. */
  private resized(): void {
    this.height = heightOf(this.deck.getSlidesElement());
    if (this.isInPlace) this.showCurrent();
  }

  /** The slide at eye level is the current one: for the address, the title and the footer. */
  private scrolled(): void {
    if (!this.isOn || !this.isLaidOut || this.isAwaited) return;
    this.isAwaited = true;
    requestAnimationFrame(() => {
      this.isAwaited = false;
      // Then it is not the reader who has moved.
      if (heightOf(this.deck.getSlidesElement()) !== this.height) return this.resized();
      const top = this.deck.getCurrentSlide()?.getBoundingClientRect().top ?? 0;
      this.isInPlace &&= Math.abs(top) <= rounding;
      const slides = this.deck.getSlides();
      const at = slides.findLastIndex((slide) => slide.getBoundingClientRect().top <= innerHeight * eyeLevel);
      if (at < 0 || slides[at] === this.deck.getCurrentSlide()) return;
      this.isScrolling = true;
      this.deck.slide(at);
      this.isScrolling = false;
    });
  }
}

function heightOf(element: Element | null): number {
  return element?.getBoundingClientRect().height ?? 0;
}

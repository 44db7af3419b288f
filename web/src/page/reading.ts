import type { RevealApi } from "reveal.js";

/** What hides a slide that is not the current one. */
const hiding = ["hidden", "aria-hidden", "inert"];

/** How high in the window, from its top, the slide stands that counts as the current one. */
const eyeLevel = 0.35;

/** On a phone the shared deck is a page to read: slides one under the other, each as high as it has to be, every step taken.
 *  reveal's own scroll view gives all of them one height, which would cut code and what it prints. */
export class Reading {
  private isOn = false;
  /** Every slide has its place. reveal moves about before that. */
  private isLaidOut = false;
  private isScrolling = false;
  private isAwaited = false;
  /** Where the current slide begins, from the top of the page, in pixels. */
  private beginning = 0;

  constructor(
    private readonly deck: RevealApi,
    private readonly onTurnedOn: () => void,
  ) {
    const slides = deck.getSlidesElement();
    if (slides) {
      new MutationObserver(() => this.isOn && this.unhide()).observe(slides, { subtree: true, attributeFilter: hiding });
      new ResizeObserver(() => this.keepPlace()).observe(slides);
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
    this.deck.getCurrentSlide()?.scrollIntoView({ behavior: "instant" });
    this.beginning = beginningOf(this.deck.getCurrentSlide());
  }

  /** What grows above the current slide does not push it away: X-rays are drawn when they have come. Not every browser sees to
   *  that, and none always; so none does (reading.css). */
  private keepPlace(): void {
    if (!this.isOn || !this.isLaidOut) return;
    const pushed = beginningOf(this.deck.getCurrentSlide()) - this.beginning;
    // Less comes from rounding, and even the smallest scroll by a script ends a swipe.
    if (Math.abs(pushed) < 1) return;
    scrollBy({ top: pushed, behavior: "instant" });
    this.beginning += pushed;
  }

  /** The slide at eye level is the current one: for the address, the title and the footer. */
  private scrolled(): void {
    if (!this.isOn || !this.isLaidOut || this.isAwaited) return;
    this.isAwaited = true;
    requestAnimationFrame(() => {
      this.isAwaited = false;
      this.keepPlace();
      const slides = this.deck.getSlides();
      const at = slides.findLastIndex((slide) => slide.getBoundingClientRect().top <= innerHeight * eyeLevel);
      if (at < 0 || slides[at] === this.deck.getCurrentSlide()) return;
      // Before X-rays near the slide are drawn because it is the current one.
      this.beginning = beginningOf(slides[at]);
      this.isScrolling = true;
      this.deck.slide(at);
      this.isScrolling = false;
    });
  }
}

function beginningOf(slide: Element | undefined): number {
  return slide ? slide.getBoundingClientRect().top + scrollY : 0;
}

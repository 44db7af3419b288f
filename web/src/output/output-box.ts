import { element } from "../dom/element";
import type { CellEvent } from "../protocol";
import { segmentElement, updateText } from "./segment";
import { droppedText } from "./summary";
import { Transcript } from "./transcript";

/** The box under a cell. An event is drawn at once, those that follow it in the same frame with the next one, at the end of
 *  the output unless the reader has scrolled away from it. */
export class OutputBox {
  private transcript = new Transcript();
  private shown: HTMLElement[] = [];
  /** Something was drawn in this frame; what comes now waits for the next one. */
  private isDrawn = false;
  private isWaiting = false;
  /** The reader is at the end of the output and wants to stay there. */
  private isAtEnd = true;
  /** Where it has last scrolled to by itself: what comes after that moves the end away, which is not the reader's doing. */
  private end = 0;
  private readonly cut = element("p", "cut");
  private readonly scroll: HTMLElement;

  constructor(
    private readonly box: HTMLElement,
    cell: string,
  ) {
    // What is in the box already is the recorded output. It holds its place, unseen, until the cell has run.
    this.scroll = element("div", "scroll", ...box.querySelectorAll(":scope > :not(.label)"));
    this.scroll.tabIndex = 0;
    this.scroll.addEventListener("scroll", () => this.followReader(), { passive: true });
    this.scroll.setAttribute("role", "region");
    this.scroll.setAttribute("aria-label", `Output of ${cell}`);
    box.prepend(this.scroll);
  }

  /** Forgets what is shown and starts with `events`. */
  reset(events: readonly CellEvent[]): void {
    this.transcript = new Transcript();
    this.shown = [];
    this.isAtEnd = true;
    for (const event of events) this.transcript.take(event);
    // The room that the recorded output held is not given back, so that nothing moves. A hidden slide has no heights yet.
    // Asking for a height makes the browser lay out the slide, so it is asked for once.
    if (!this.box.style.minHeight && this.box.offsetHeight > 0) this.box.style.minHeight = `${this.box.offsetHeight}px`;
    this.scroll.replaceChildren(this.cut);
    this.cut.hidden = true;
    // A run that has only started has nothing to draw yet, and its first output shall not wait for the next frame.
    if (this.transcript.segments.length > 0) this.schedule();
  }

  take(event: CellEvent): void {
    this.transcript.take(event);
    this.schedule();
  }

  get result(): Transcript {
    return this.transcript;
  }

  private schedule(): void {
    this.isWaiting = this.isDrawn;
    if (this.isDrawn) return;
    this.isDrawn = true;
    this.draw();
    requestAnimationFrame(() => {
      this.isDrawn = false;
      if (this.isWaiting) this.schedule();
      // Only now: asking where the end is makes the browser lay out the slide, which it is about to do in any case.
      // What the compiler says is read from its beginning.
      if (this.isAtEnd && this.transcript.failure !== "compile") this.goToEnd();
    });
  }

  /** A picture or a frame at the end is read from its beginning. */
  private goToEnd(): void {
    const { scroll } = this;
    const last = this.shown.at(-1);
    scroll.scrollTop = last?.matches(".display") ? last.offsetTop - scroll.offsetTop : scroll.scrollHeight;
    this.end = this.scroll.scrollTop;
  }

  private followReader(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.scroll;
    this.isAtEnd = scrollHeight - scrollTop - clientHeight < 40 || (this.isAtEnd && scrollTop >= this.end);
  }

  private draw(): void {
    const { scroll, shown, transcript } = this;
    this.cut.textContent = droppedText(transcript.dropped);
    this.cut.hidden = !transcript.dropped;
    transcript.segments.forEach((segment, index) => {
      const existing = shown[index];
      if (existing) updateText(existing, segment);
      else scroll.append((shown[index] = segmentElement(segment)));
    });
  }
}

import { element } from "../dom/element";

/** Short messages to the speaker at the foot of the page; each goes away by itself. */
export class Notices {
  private readonly place = element("div", "notices");
  private readonly spoken = element("div", "spoken");

  constructor(parent: HTMLElement) {
    this.place.setAttribute("role", "status");
    this.spoken.setAttribute("role", "status");
    this.spoken.setAttribute("aria-live", "polite");
    parent.append(this.place, this.spoken);
  }

  /** Shows a message for `seconds`, or until the next with the same `kind`. */
  show(text: string, kind = "info", seconds = 6, ...buttons: HTMLButtonElement[]): void {
    this.clear(kind);
    const notice = element("p", "notice", text, ...buttons);
    notice.dataset["kind"] = kind;
    this.place.append(notice);
    if (Number.isFinite(seconds)) setTimeout(() => notice.remove(), seconds * 1000);
  }

  clear(kind: string): void {
    this.place.querySelector(`[data-kind="${kind}"]`)?.remove();
  }

  /** Says something to screen readers only. */
  announce(text: string): void {
    this.spoken.textContent = text;
  }
}

/** Makes a drawing a slider that a pointer drags; `scrub` hears of each part of its width, from 0 to 1. */
export function makeSlider(drawing: HTMLElement, label: string, scrub: (part: number, event: PointerEvent) => void): void {
  drawing.tabIndex = 0;
  drawing.setAttribute("role", "slider");
  drawing.setAttribute("aria-label", label);
  drawing.setAttribute("aria-valuemin", "0");
  // reveal would turn the page.
  drawing.dataset["preventSwipe"] = "";
  const follow = (event: PointerEvent) => {
    const { left, width } = drawing.getBoundingClientRect();
    scrub((event.clientX - left) / width, event);
  };
  drawing.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    drawing.setPointerCapture(event.pointerId);
    follow(event);
  });
  drawing.addEventListener("pointermove", (event) => {
    if (drawing.hasPointerCapture(event.pointerId)) follow(event);
  });
}

/** Tells assistive technology where the slider stands. */
export function showValue(drawing: HTMLElement, at: number | null, total: number): void {
  drawing.setAttribute("aria-valuemax", String(Math.max(total - 1, 0)));
  drawing.setAttribute("aria-valuenow", String(at ?? 0));
  drawing.setAttribute("aria-valuetext", at === null ? "the whole call" : `instruction ${at + 1} of ${total}`);
}

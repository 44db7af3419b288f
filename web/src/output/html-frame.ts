import { element } from "../dom/element";
import { beginning } from "./frame-document";

/** HTML that a cell made, in a document without scripts, without an origin and without a way out (frame-document.ts says what
 *  may be in it). */
export function htmlFrame(html: string): HTMLIFrameElement {
  const frame = element("iframe", "html");
  frame.setAttribute("sandbox", "");
  frame.title = "HTML made by the cell";
  frame.srcdoc = beginning + html;
  return frame;
}

/** A click into a frame would take the keys away from the deck, and a clicker would do nothing any more. Who comes with Tab
 *  stays, to scroll in it. */
export function keepKeysFromFrames(): void {
  // Tab may be up again before the window hears that the frame has the focus. A click into it is not heard of at all, but the
  // pointer that comes before it is.
  let isTab = false;
  addEventListener("keydown", ({ key }) => (isTab = key === "Tab"), { capture: true });
  addEventListener("pointermove", () => (isTab = false), { capture: true });
  addEventListener("blur", () => {
    const wasTab = isTab;
    isTab = false;
    // Only then the document knows where the focus has gone.
    setTimeout(() => {
      const { activeElement } = document;
      if (activeElement instanceof HTMLIFrameElement && !wasTab) activeElement.blur();
    });
  });
}

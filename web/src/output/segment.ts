import { element } from "../dom/element";
import { htmlFrame } from "./html-frame";
import { panicsIn } from "./panic";
import { panicElement } from "./panic-element";
import { drawn } from "./pieces";
import { rustcLines } from "./rustc";
import { tracebackLines } from "./traceback";
import type { Segment } from "./transcript";

/** The element that shows a piece of output. */
export function segmentElement(segment: Segment): HTMLElement {
  switch (segment.kind) {
    case "display":
      return element("div", "display", displayed(segment.mime, segment.text));
    case "traceback":
      return element("pre", "traceback", ...coloured(segment.text));
    case "compile":
      return compiled(segment.text);
    case "stderr":
      return element("pre", "stream stderr", ...errorOutput(segment.text));
    case "crash":
      return element("p", "crash", segment.text);
    default:
      return element("pre", `stream ${segment.kind}`, segment.text);
  }
}

/** Brings the element of a growing piece up to date. */
export function updateText(shown: HTMLElement, segment: Segment): void {
  if (segment.kind === "display") return;
  const text = shown.firstChild;
  if (!(text instanceof Text)) {
    if (segment.kind === "traceback") shown.replaceChildren(...coloured(segment.text));
    else if (segment.kind === "compile") shown.replaceWith(compiled(segment.text));
    else if (segment.kind === "stderr") shown.replaceChildren(...errorOutput(segment.text));
    else shown.textContent = segment.text;
  } else if (segment.kind === "stderr" && segment.text.includes(" panicked at ")) {
    shown.replaceChildren(...errorOutput(segment.text));
  } else if (segment.text.startsWith(text.data)) {
    text.appendData(segment.text.slice(text.length));
  } else {
    text.data = segment.text;
  }
}

/** A Python traceback with a class per part. */
export function coloured(text: string): Node[] {
  return tracebackLines(text).flatMap((line) => [element("span", `tb-${line.part}`, line.text), document.createTextNode("\n")]);
}

/** What rustc says, with a class per part. Its code scrolls sideways, in a box of its own that a keyboard can reach. */
function compiled(text: string): HTMLElement {
  const lines = rustcLines(text).map(({ kind, pieces }) => element("span", `rc-${kind}`, ...drawn("rc", pieces), "\n"));
  const made = element("pre", "compile", ...lines);
  made.tabIndex = 0;
  made.setAttribute("role", "region");
  made.setAttribute("aria-label", "What the compiler says");
  return made;
}

/** Error output; a panic of Rust stands in a pane of its own. */
function errorOutput(text: string): (Node | string)[] {
  return panicsIn(text).map((part) => (part.kind === "panic" ? panicElement(part.pieces) : part.text));
}

/** A picture is shown as one: in that place browsers run no script of an SVG and load nothing for it. HTML stands in a frame. */
function displayed(mime: string, data: string): Node | string {
  if (mime === "text/html") return htmlFrame(data);
  if (mime === "image/svg+xml") return image(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(data)}`);
  if (mime.startsWith("image/")) return image(`data:${mime};base64,${data}`);
  return mime === "text/plain" ? element("pre", "stream stdout", data) : "";
}

function image(source: string): HTMLImageElement {
  const made = element("img");
  made.src = source;
  made.alt = "Picture made by the cell";
  return made;
}

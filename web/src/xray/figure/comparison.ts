import { element } from "../../dom/element";
import type { Trace } from "../../trace";
import { differences } from "../trace/differences";

/** What differs between the picture above and the one below, in words: the way first, then the numbers. */
export function comparison(above: Trace, below: Trace): HTMLElement[] {
  const { structure, counts } = differences(above, below, { one: "above", other: "below" });
  if (!structure.length && !counts.length) return [element("p", "of", "The two are the same, to the instruction.")];
  const part = (title: string, sentences: readonly string[]) =>
    sentences.length ? [element("h3", "", title), element("ul", "differences", ...sentences.map((sentence) => element("li", "", sentence)))] : [];
  const scroll = element("div", "scroll", ...part("Another way", structure), ...part("Other counts", counts));
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", "Differences");
  return [scroll];
}

import { element } from "../dom/element";
import { mark } from "./mark";
import { excerpt, type Hit } from "./search";

/** The slides that were found, each a link with what was found on it. */
export function results(hits: readonly Hit[], wanted: readonly string[]): HTMLElement[] {
  return hits.length ? [element("ol", "results", ...hits.map((hit) => element("li", "", link(hit, wanted))))] : [];
}

function link({ passage, also }: Hit, wanted: readonly string[]): HTMLElement {
  const { slide, kind, text, step } = passage;
  const title = element("span", "title", element("span", "number", slide.number), element("span", "", ...lit(slide.title, wanted)));
  const kinds = [...(kind === "title" ? [] : [kind]), ...also.filter((other) => other !== "title")];
  const made = element("a", "", title, element("span", "kinds", kinds.join(", ")));
  if (kind !== "title") made.append(element("span", `excerpt ${kind}`, ...lit(text, wanted)));
  made.href = `#/${slide.id}${step === undefined ? "" : `/${step}`}`;
  made.addEventListener("click", () => mark(slide.id, wanted));
  return made;
}

/** A cut of a text in which the words are marked. */
function lit(text: string, wanted: readonly string[]): (Node | string)[] {
  const cut = excerpt(text, wanted);
  let end = 0;
  const parts = cut.marks.flatMap(([start, stop]) => {
    const before = cut.text.slice(end, start);
    end = stop;
    return [before, element("mark", "", cut.text.slice(start, stop))];
  });
  return [...parts, cut.text.slice(end)];
}

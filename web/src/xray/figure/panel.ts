import { element } from "../../dom/element";
import type { Trace } from "../../trace";
import type { TraceEntry } from "../entry";
import { functionsEntered, toneCounts } from "../trace/counts";
import { formatCount } from "../trace/format";
import type { LaidRun, Layout } from "../trace/layout";
import { shortName } from "../trace/names";
import { spanAt, stageNames } from "../trace/stages";
import { languageName, letterOf, toneOf } from "../trace/tones";
import { currentRun, type State } from "./state";

/** The words beside the drawing: where the traveller is, or what the whole call comes to. */
export function panelContent(state: State, layout: Layout, entry: TraceEntry): HTMLElement[] {
  const run = currentRun(state, layout);
  if (run) return [...functionPart(state, layout, entry, run), shares(layout.trace)];
  return [...(state.stage ? [missing(state)] : wholePart(layout, entry)), shares(layout.trace)];
}

function missing({ stage }: State): HTMLElement {
  return element("p", "missing", `This call has no stage “${stage ? stageNames[stage] : ""}”.`);
}

function functionPart(state: State, layout: Layout, { sources }: TraceEntry, { node: index, line }: LaidRun): HTMLElement[] {
  const { trace } = layout;
  const [node, about] = [layout.nodes[index], trace.functions[trace.nodes[index]?.function ?? -1]];
  if (!node || !about) return [];
  const stage = spanAt(trace, state.at ?? 0);
  const opcode = trace.opcodes.findLast(({ at }) => at <= (state.at ?? 0));
  const source = about.file && line !== undefined ? sources?.[about.file]?.[line]?.trim() : undefined;
  const place = about.file ? `${shortFile(about.file)}${(line ?? about.line) ? `:${line ?? about.line}` : ""}` : trace.origin.modules[about.module]?.name;
  const name = element("p", "function", shortName(about.name));
  name.title = about.name;
  const made = [
    element("p", "where", stage ? `${stageNames[stage.stage]} · instruction ${(state.at ?? 0) + 1}` : `instruction ${(state.at ?? 0) + 1}`),
    name,
    badge(toneOf(about.language), node.entry === "inline" ? `${languageName(about.language)}, inlined` : languageName(about.language)),
    element("p", "place", place ?? ""),
    element("p", "counts", node.self === node.total ? node.self === 1 ? "1 instruction" : `${formatCount(node.self)} instructions` : `${formatCount(node.self)} own, ${formatCount(node.total)} with calls`),
  ];
  if (source) made.push(element("p", "source", source));
  if (node.parent === null && opcode) made.push(element("p", "opcode", opcode.name));
  return made;
}

function wholePart({ trace, total, depth }: Layout, { claims = [] }: TraceEntry): HTMLElement[] {
  const own = toneCounts(trace).find(({ tone }) => tone === "rust")?.instructions;
  const entered = functionsEntered(trace);
  const figure = element("p", "figure", element("strong", own === undefined ? "" : "own", formatCount(own ?? total)));
  const words = own === undefined ? "machine instructions" : `of ${formatCount(total)} machine instructions are yours`;
  return [
    figure,
    element("p", "of", words),
    element("p", "counts", `${formatCount(entered)} functions entered, ${depth} deep`),
    element("div", "claims", ...claims.map((claim) => element("p", "claim", claim))),
  ];
}

function shares(trace: Trace): HTMLElement {
  const counts = toneCounts(trace);
  const most = Math.max(...counts.map(({ instructions }) => instructions));
  const rows = counts.map(({ tone, name, instructions }) => {
    const bar = element("i");
    bar.style.width = `${Math.max((100 * instructions) / most, 1)}%`;
    const row = element("li", "", badge(tone, name), element("b", "", formatCount(instructions)), bar);
    row.dataset["tone"] = tone;
    return row;
  });
  return element("ul", "shares", ...rows);
}

function badge(tone: ReturnType<typeof toneOf>, name: string): HTMLElement {
  const made = element("span", "tone", element("span", "letter", letterOf(tone)), name);
  made.dataset["tone"] = tone;
  return made;
}

function shortFile(file: string): string {
  return file.split("/").slice(-2).join("/");
}

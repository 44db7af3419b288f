import { element } from "../../dom/element";
import { formatCount } from "../trace/format";
import type { Layout } from "../trace/layout";
import { shortName } from "../trace/names";
import { languageName } from "../trace/tones";

/** The call tree as nested lists, for reading and for a screen reader. A level is made when it is opened: a panic has
 *  thousands of entries. */
export function callTree(layout: Layout): HTMLElement {
  const children = childrenOf(layout);
  return element("ul", "call-tree", ...(children.get(null) ?? []).map((node) => entry(layout, children, node, true)));
}

type Children = ReadonlyMap<number | null, readonly number[]>;

function childrenOf({ nodes }: Layout): Children {
  const children = new Map<number | null, number[]>();
  nodes.forEach(({ parent, isFolded }, index) => {
    if (isFolded) return;
    const siblings = children.get(parent);
    if (siblings) siblings.push(index);
    else children.set(parent, [index]);
  });
  return children;
}

function entry(layout: Layout, children: Children, index: number, isOpen: boolean): HTMLElement {
  const below = children.get(index) ?? [];
  const words = describe(layout, index);
  if (!below.length) return element("li", "", words);
  const details = element("details", "", element("summary", "", words));
  const fill = () => details.append(element("ul", "", ...below.map((child) => entry(layout, children, child, below.length === 1))));
  if (isOpen) {
    details.open = true;
    fill();
  } else details.addEventListener("toggle", fill, { once: true });
  return element("li", "", details);
}

function describe({ trace, nodes }: Layout, index: number): string {
  const about = trace.functions[trace.nodes[index]?.function ?? -1];
  const node = nodes[index];
  if (!about || !node) return "unknown function";
  const counts = node.self === node.total ? formatCount(node.self) : `${formatCount(node.self)} own, ${formatCount(node.total)} with calls`;
  const entered = node.entry === "inline" ? ", inlined" : node.entry === "tail" ? ", by a tail call" : "";
  return `${shortName(about.name)} (${languageName(about.language)}${entered}): ${counts}`;
}

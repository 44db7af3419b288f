import { toneCounts } from "../trace/counts";
import { formatCount } from "../trace/format";
import { stageNames, stagesOf, type StageParts } from "../trace/stages";
import { spread, textWidth } from "./labels";
import { type Scale, xOf } from "./scale";
import type { Scene } from "./scene";
import { rectangle, svg, text } from "./svg";

/** With a name for each stage, or brackets alone. */
export type RulerForm = "names" | "brackets";

/** Height of the ruler in each form. */
export const rulerHeight: Record<RulerForm, number> = { names: 66, brackets: 4 };

const size = 18;
const gap = 14;

/** The stages above the drawing: a bracket over each part, and its name and count as near to it as fits. Where not all names
 *  fit, only that of the lit stage is shown. */
export function drawRuler(scene: Scene, scale: Scale, form: RulerForm): SVGGElement {
  const { layout, range, width } = scene;
  const shown = stagesOf(layout.trace).filter(({ spans }) => spans.some(({ at, instructions }) => at < range.to && at + instructions > range.from));
  const centres = shown.map((parts) => centreOf(parts, scale, width));
  const lefts = spread(shown.map((parts, index) => ({ centre: centres[index] ?? 0, width: labelWidth(parts) })), width, gap);
  const height = rulerHeight[form];
  const hasOwn = toneCounts(layout.trace).some(({ tone }) => tone === "rust");
  const made = svg("g", { class: hasOwn ? "ruler own" : "ruler" });
  shown.forEach((parts, index) => {
    const isLit = parts.stage === scene.stage;
    const group = svg("g", { class: isLit ? "stage lit" : "stage", "data-stage": parts.stage });
    const centre = centres[index] ?? 0;
    const ownLeft = Math.min(Math.max(centre - labelWidth(parts) / 2, 0), width - labelWidth(parts));
    const left = lefts ? (lefts[index] ?? 0) : isLit ? ownLeft : undefined;
    if (left !== undefined && form === "names") group.append(...label(parts, left, centre, height, isLit));
    group.append(...parts.spans.map(({ at, instructions }) => bracket(xOf(scale, at), instructions * scale.unit, width, height)));
    made.append(group);
  });
  return made;
}

function label(parts: StageParts, left: number, centre: number, height: number, isLit: boolean): SVGElement[] {
  const width = labelWidth(parts);
  const middle = left + width / 2;
  const knee = height - 14;
  const plate = isLit ? [rectangle(left - 7, 0, width + 14, 48, "plate")] : [];
  const name = text(stageNames[parts.stage], middle, 18, "name");
  const count = text(formatCount(parts.instructions), middle, 40, "count");
  const leader = svg("path", { class: "leader", d: `M${middle} ${knee - 5}V${knee}L${centre} ${height - 5}` });
  return [...plate, name, count, leader];
}

function bracket(x: number, length: number, width: number, height: number): SVGRectElement {
  const [from, to] = [Math.max(x, 0), Math.min(x + length, width)];
  return rectangle(from + 1, height - 4, Math.max(to - from - 2, 1.5), 4, "bracket");
}

/** Middle of the stage's longest part that is drawn. */
function centreOf({ spans }: StageParts, scale: Scale, width: number): number {
  const longest = spans.reduce((one, other) => (other.instructions > one.instructions ? other : one));
  const [from, to] = [xOf(scale, longest.at), xOf(scale, longest.at + longest.instructions)];
  return (Math.max(from, 0) + Math.min(to, width)) / 2;
}

function labelWidth({ stage, instructions }: StageParts): number {
  return Math.max(textWidth(stageNames[stage], size), textWidth(formatCount(instructions), size)) + 2;
}

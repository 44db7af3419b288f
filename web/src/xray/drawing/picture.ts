import { element } from "../../dom/element";
import type { Trace } from "../../trace";
import { runAt } from "../trace/layout";
import { spanAt, stagesOf, type StageParts } from "../trace/stages";
import { valueForms } from "../trace/values";
import { beams, drawArea, litParts } from "./area";
import { axisHeight, drawAxis } from "./axis";
import { bandLabels } from "./band-labels";
import { drawOpcodes, stripHeight } from "./opcode-strip";
import { type Scale, xOf } from "./scale";
import type { Range } from "./scale";
import type { Scene } from "./scene";
import { drawRuler, rulerHeight, type RulerForm } from "./stage-ruler";
import { rectangle, svg, text } from "./svg";
import { drawValues, valuesHeight } from "./value-strip";

/** Which parts of the picture are drawn around the dive. */
export interface Furniture {
  readonly ruler: RulerForm | null;
  readonly opcodes: boolean;
  readonly labels: boolean;
  readonly axis: boolean;
  readonly values: boolean;
  /** Pixels of a row at most. */
  readonly mostRow: number;
}

const gap = 8;
let masks = 0;

/** One depth profile: the dive, and around it what the furniture says. What a step moves lies in a layer of its own over what
 *  only a stage or a zoom changes, so that a step costs the same for every trace. */
export class Picture {
  readonly element = element("div", "picture");
  // Without a size of their own they would be wider than a phone until they are drawn, and the page would move.
  private readonly base = svg("svg", { class: "base", width: 0, height: 0 });
  private readonly over = svg("svg", { width: 0, height: 0 });
  private readonly mask = svg("mask", { id: `xray-lit-${++masks}`, maskUnits: "userSpaceOnUse" });
  private readonly area = svg("g");
  /** What the mask does on screen: in a PDF a mask would make pictures of dots, and one for each step. */
  private readonly veil = svg("path", { class: "veil", "fill-rule": "evenodd" });
  private readonly names = svg("g");
  private readonly cursor = svg("g", { class: "cursor" });
  private readonly ruler = svg("g");
  private readonly opcodes = svg("g");
  private readonly axis = svg("g");
  private readonly values = svg("g");
  private drawn: Scene | undefined;
  private row = 0;
  private depth = 0;

  constructor(
    private readonly furniture: Furniture,
    /** Rows that must fit, so that compared pictures have one scale downwards as well. */
    private readonly rowsOf: (scene: Scene) => number = ({ layout }) => layout.rows,
  ) {
    this.element.setAttribute("aria-hidden", "true");
    this.base.append(svg("defs", {}, this.mask), this.area, this.veil, this.axis);
    this.over.append(this.ruler, this.opcodes, this.names, this.cursor, this.values);
    this.element.append(this.base, this.over);
  }

  /** Draws what has changed since the last time. */
  draw(scene: Scene): void {
    const scale = { from: scene.range.from, unit: scene.unit, width: scene.width };
    const isElsewhere = this.isElsewhere(scene);
    if (isElsewhere) this.drawWhole(scene, scale);
    if (isElsewhere || this.drawn?.stage !== scene.stage) this.drawStage(scene, scale);
    this.drawStep(scene, scale);
    this.drawn = scene;
  }

  private isElsewhere({ layout, range, unit, width, height }: Scene): boolean {
    const { drawn } = this;
    return (
      drawn?.layout !== layout || drawn.unit !== unit || drawn.width !== width || drawn.height !== height ||
      drawn.range.from !== range.from || drawn.range.to !== range.to
    );
  }

  private drawWhole(scene: Scene, scale: Scale): void {
    const { furniture } = this;
    const { width, height, layout, range } = scene;
    const { top, bottom } = around(furniture, layout.trace);
    this.depth = Math.max(height - top - bottom, 1);
    this.row = Math.min(furniture.mostRow, this.depth / this.rowsOf(scene));
    for (const layer of [this.base, this.over]) {
      layer.setAttribute("width", String(width));
      layer.setAttribute("height", String(height));
    }
    this.element.style.height = `${height}px`;
    shift(this.opcodes, top - stripHeight);
    for (const layer of [this.area, this.veil]) shift(layer, top);
    shift(this.names, top);
    shift(this.cursor, top);
    shift(this.axis, top + this.depth + gap);
    shift(this.values, height - valuesHeight);
    const isDense = layout.runs.length > width;
    this.base.setAttribute("class", isDense ? "base dense" : "base");
    this.area.replaceChildren(drawArea(layout, range, scale, this.row));
    this.area.append(...beams(layout, range, scale, this.row * this.rowsOf(scene)));
    if (furniture.axis) this.axis.replaceChildren(drawAxis(scene, scale));
    if (furniture.axis && isFree(scene, scale)) this.axis.append(text("↓ stack depth", 0, -gap - 8, "depth"));
  }

  private drawStage(scene: Scene, scale: Scale): void {
    const { furniture } = this;
    const stage = stagesOf(scene.layout.trace).find(({ stage }) => stage === scene.stage);
    if (scene.stage === null) {
      this.area.removeAttribute("mask");
      this.veil.removeAttribute("d");
    } else {
      const parts = [rectangle(0, 0, scene.width, this.depth, "rest"), ...litParts(stage?.spans ?? [], scale, this.depth)];
      this.mask.replaceChildren(...parts);
      this.area.setAttribute("mask", `url(#${this.mask.id})`);
      this.veil.setAttribute("d", parts.map(outline).join(""));
    }
    if (furniture.labels) this.names.replaceChildren(...bandLabels(scene.layout, litRange(scene, stage), scale, this.row).map(nameOnBand));
    if (furniture.ruler) this.ruler.replaceChildren(drawRuler(scene, scale, furniture.ruler));
  }

  private drawStep(scene: Scene, scale: Scale): void {
    const { furniture } = this;
    if (furniture.opcodes) this.opcodes.replaceChildren(drawOpcodes(scene, scale));
    const current = scene.at === null ? scene.stage : (spanAt(scene.layout.trace, scene.at)?.stage ?? null);
    if (furniture.values) this.values.replaceChildren(drawValues(scene, scale, current));
    this.cursor.replaceChildren(...(scene.at === null ? [] : this.traveller(scene, scale, scene.at)));
  }

  /** The line at the instruction that is reached, and the function around it. */
  private traveller({ layout, range }: Scene, scale: Scale, at: number): SVGElement[] {
    const run = layout.runs[runAt(layout, at)];
    const node = layout.nodes[run?.node ?? -1];
    if (!run || !node || at < range.from || at >= range.to) return [];
    const x = xOf(scale, at + 0.5);
    const [from, to] = [xOf(scale, Math.max(run.at, range.from)), xOf(scale, Math.min(run.end, range.to))];
    const [top, height] = [node.top * this.row, node.thickness * this.row];
    // Around a single instruction there must be something left to see.
    const pad = Math.max((10 - (to - from)) / 2, 0);
    return [
      svg("path", { class: "line", d: `M${x.toFixed(2)} 0V${top - pad}M${x.toFixed(2)} ${top + height + pad}V${this.depth}` }),
      rectangle(from - pad, top - pad, to - from + 2 * pad, height + 2 * pad, "outline"),
      svg("circle", { class: "knob", cx: x.toFixed(2), cy: this.depth, r: 7 }),
    ];
  }
}

/** Pixels that the furniture takes above and below the dive. */
export function around(furniture: Furniture, trace: Trace): { top: number; bottom: number } {
  const hasValues = furniture.values && valueForms(trace).length > 0;
  return {
    top: (furniture.ruler ? rulerHeight[furniture.ruler] + gap : 0) + (furniture.opcodes ? stripHeight : 0),
    bottom: (furniture.axis ? axisHeight + gap : 0) + (hasValues ? valuesHeight + gap : 0),
  };
}

/** Whether the lower left corner has room for a word: a call begins at the surface. */
function isFree({ layout, range }: Scene, scale: Scale): boolean {
  return range.from === 0 && !layout.spans.some(({ node, at, end }) => {
    const { top = 0, thickness = 0 } = layout.nodes[node] ?? {};
    return xOf(scale, at) < 130 && xOf(scale, end) > 0 && top + thickness > layout.rows - 1;
  });
}

/** Names stand where the light is. */
function litRange({ range, stage }: Scene, parts: StageParts | undefined): Range {
  if (stage === null) return range;
  const first = parts?.spans[0];
  return { from: Math.max(first?.at ?? 0, range.from), to: Math.min((first?.at ?? 0) + (first?.instructions ?? 0), range.to) };
}

function nameOnBand({ x, y, text: name, letter, tone, isOnRun }: ReturnType<typeof bandLabels>[number]): SVGTextElement {
  const made = text("", x, y + 6, isOnRun ? "band on-run" : "band");
  made.dataset["tone"] = tone;
  made.append(svg("tspan", { class: "letter" }, letter), svg("tspan", { dx: 7 }, name));
  return made;
}

function outline(box: SVGRectElement): string {
  const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => box.getAttribute(name));
  return `M${x} ${y}h${width}v${height}h-${width}z`;
}

function shift(group: SVGGraphicsElement, y: number): void {
  group.setAttribute("transform", `translate(0 ${Math.round(y)})`);
}

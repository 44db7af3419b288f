import { element } from "../element";
import { listenWithin } from "../keys";
import { summaryOf } from "./counts";
import type { Drawn, Surroundings, TraceEntry } from "./entry";
import { layOut, type Layout } from "./layout";
import { comparison } from "./comparison";
import { panelContent } from "./panel";
import { placePatterns } from "./patterns";
import { around, type Furniture, Picture } from "./picture";
import { commonUnit, instructionAt, type Scale } from "./scale";
import { stageNames } from "./stages";
import { spelled } from "./spelled";
import { atRest, atStage, currentRun, rangeOf, reach, type State, type Stride, stride } from "./state";
import { Tools } from "./tools";
import { shortName } from "./names";
import { Tracing } from "./tracing";
import type { Stage } from "./trace";
import { callTree } from "./tree";

const whole: Furniture = { ruler: true, opcodes: true, labels: true, axis: true, values: true, mostRow: 34 };
const silent: Furniture = { ruler: false, opcodes: false, labels: false, axis: false, values: false, mostRow: 62 };
const above: Furniture = { ...whole, axis: false, values: false };
const below: Furniture = { ...silent, labels: true, axis: true, mostRow: 34 };

/** Height of the line that names a picture while two are compared, with the gap above it. */
const titleHeight = 34;

/** A figure with the depth profile of one call: it draws a state, and keys, pointer and steps change the state. */
export class XrayFigure implements Drawn {
  private entry: TraceEntry;
  private other: TraceEntry | undefined;
  private layouts: { own: Layout; other: Layout | undefined };
  private state: State = atRest;
  private readonly isSilent: boolean;
  private readonly drawing = element("div", "drawing");
  private readonly panel = element("div", "panel");
  private readonly statement = element("code", "statement");
  private readonly which = element("span", "which");
  private readonly spoken = element("p", "spoken");
  private readonly tree = element("div", "tree");
  private readonly tools = new Tools();
  private readonly tracing: Tracing;
  private pictures: { picture: Picture; title: HTMLElement }[] = [];
  private width = 0;
  private height = 0;

  constructor(
    private readonly figure: HTMLElement,
    surroundings: Surroundings,
  ) {
    const { dataset } = figure;
    const entry = surroundings.entries.get(dataset["xray"] ?? "");
    if (!entry) throw new Error(`no trace was loaded for the X-ray “${dataset["xray"]}”`);
    this.entry = entry;
    this.other = surroundings.entries.get(dataset["compare"] ?? entry.compare ?? "");
    this.layouts = this.layOut();
    this.isSilent = figure.closest(".silent") !== null;
    this.tracing = new Tracing(dataset["xray"] ?? "", entry, () => surroundings.tracer(), (shown) => this.replace(shown));
    placePatterns(document);
    this.build();
    new ResizeObserver(() => this.measure()).observe(this.drawing);
    this.follow();
  }

  follow(): void {
    const reached = [...this.figure.querySelectorAll<HTMLElement>("i.fragment.stage.visible")].at(-1);
    this.become(atStage({ ...this.state, isZoomed: this.state.isZoomed && reached !== undefined }, this.layouts.own, (reached?.dataset["stage"] ?? null) as Stage | null));
    this.speak();
  }

  offer(): void {
    this.tracing.offer();
  }

  private build(): void {
    const { figure, drawing } = this;
    const profile = element("div", "profile");
    figure.classList.add("drawn");
    figure.classList.toggle("silent", this.isSilent);
    this.spoken.setAttribute("role", "status");
    if (this.isSilent) {
      drawing.setAttribute("role", "img");
      drawing.setAttribute("aria-label", summaryOf(this.entry.trace));
      profile.append(drawing);
    } else {
      this.addTools();
      this.makeSlider();
      const head = element("div", "head", this.statement, this.which, this.tools.element, this.treeBox());
      profile.append(head, drawing, this.panel, this.tracing.element, this.spoken);
      figure.setAttribute("aria-label", `X-ray of ${this.entry.trace.call.statement}`);
      listenWithin(profile, "xray", this.handlers());
    }
    figure.prepend(profile);
    this.compose();
  }

  private addTools(): void {
    const { tools } = this;
    tools.toggle("xray-zoom", "Zoom", ({ isZoomed }) => isZoomed, () => this.toggleZoom());
    tools.toggle("xray-fold", "Fold", ({ isFolded }) => isFolded, () => this.toggleFold());
    if (this.other) tools.toggle("xray-compare", "Compare", ({ isComparing }) => isComparing, () => this.toggleCompare());
  }

  private treeBox(): HTMLElement {
    const box = element("details", "tree-box", element("summary", "", "Call tree"), this.tree);
    box.addEventListener("toggle", () => box.open && this.tree.replaceChildren(callTree(this.layouts.own)));
    return box;
  }

  private handlers() {
    const go = (direction: 1 | -1, by: Stride) => () => {
      this.become(stride(this.state, this.layouts.own, direction, by));
      this.speak();
    };
    return {
      "xray-on": go(1, "function"),
      "xray-back": go(-1, "function"),
      "xray-instruction-on": go(1, "instruction"),
      "xray-instruction-back": go(-1, "instruction"),
      "xray-zoom": () => this.toggleZoom(),
      "xray-fold": () => this.toggleFold(),
      "xray-compare": () => this.toggleCompare(),
      "xray-leave": () => {
        const open = this.figure.querySelector<HTMLDetailsElement>(".tree-box[open]");
        if (open) open.open = false;
        else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      },
    };
  }

  private toggleZoom(): void {
    const state = this.state.at === null && !this.state.isZoomed ? reach(this.state, this.layouts.own, 0) : this.state;
    this.become({ ...state, isZoomed: !state.isZoomed });
  }

  private toggleFold(): void {
    this.state = { ...this.state, isFolded: !this.state.isFolded };
    this.layouts = this.layOut();
    this.become(this.state);
  }

  private toggleCompare(): void {
    if (!this.other) return;
    this.state = { ...this.state, isComparing: !this.state.isComparing };
    this.compose();
    this.become(this.state);
  }

  /** Shows another trace in the place of the recorded one. */
  private replace(entry: TraceEntry): void {
    this.entry = entry;
    this.layouts = this.layOut();
    this.become({ ...this.state, at: null, stage: null, isZoomed: false });
    const label = this.figure.querySelector(":scope > figcaption");
    if (label) label.textContent = entry.label;
  }

  private layOut(): { own: Layout; other: Layout | undefined } {
    const { isFolded } = this.state;
    return { own: layOut(this.entry.trace, isFolded), other: this.other && layOut(this.other.trace, isFolded) };
  }

  /** One picture, or two under one another. */
  private compose(): void {
    const { isComparing } = this.state;
    const furniture = isComparing ? [above, below] : [this.isSilent ? silent : whole];
    const deepest = () => Math.max(this.layouts.own.rows, isComparing ? (this.layouts.other?.rows ?? 0) : 0);
    this.pictures = furniture.map((parts) => ({ picture: new Picture(parts, deepest), title: element("p", "title") }));
    this.drawing.replaceChildren(...this.pictures.flatMap(({ picture, title }) => (isComparing ? [title, picture.element] : [picture.element])));
    this.drawing.classList.toggle("comparing", isComparing);
  }

  private makeSlider(): void {
    const { drawing } = this;
    drawing.tabIndex = 0;
    drawing.setAttribute("role", "slider");
    drawing.setAttribute("aria-label", "Machine instruction of the call");
    drawing.setAttribute("aria-valuemin", "0");
    drawing.dataset["preventSwipe"] = "";
    drawing.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      drawing.setPointerCapture(event.pointerId);
      this.scrub(event);
    });
    drawing.addEventListener("pointermove", (event) => {
      if (drawing.hasPointerCapture(event.pointerId)) this.scrub(event);
    });
  }

  private scrub(event: PointerEvent): void {
    const box = this.drawing.getBoundingClientRect();
    // The slide is scaled to the window, and the pointer is not.
    const x = ((event.clientX - box.left) * this.width) / box.width;
    const range = rangeOf(this.state, this.layouts.own);
    this.become(reach(this.state, this.layouts.own, instructionAt(this.scale(), x, range)));
  }

  private scale(): Scale {
    const { own, other } = this.layouts;
    const ranges = [own, ...(this.state.isComparing && other ? [other] : [])].map((layout) => rangeOf(this.stateFor(layout), layout));
    return { from: ranges[0]?.from ?? 0, unit: commonUnit(ranges, this.width), width: this.width };
  }

  /** The other trace has the same stage lit, and its own place in it. */
  private stateFor(layout: Layout): State {
    return layout === this.layouts.own ? this.state : atStage(this.state, layout, this.state.stage ?? null);
  }

  private measure(): void {
    const { clientWidth, clientHeight } = this.drawing;
    if (!clientWidth || !clientHeight || (clientWidth === this.width && clientHeight === this.height)) return;
    [this.width, this.height] = [clientWidth, clientHeight];
    this.draw();
  }

  private become(state: State): void {
    this.state = state;
    this.draw();
  }

  private draw(): void {
    const { state, width, height, layouts } = this;
    if (!this.isSilent) this.describe();
    if (!width) return;
    const { unit } = this.scale();
    const heights = this.heights(height);
    this.pictures.forEach(({ picture, title }, index) => {
      const layout = index === 0 ? layouts.own : layouts.other;
      const entry = index === 0 ? this.entry : this.other;
      if (!layout || !entry) return;
      const { stage, at } = this.stateFor(layout);
      picture.draw({ layout, range: rangeOf(this.stateFor(layout), layout), stage, at: index === 0 ? at : null, unit, width, height: heights[index] ?? 0 });
      title.textContent = `${entry.trace.call.statement}, ${execution(entry)}: ${spelled(layout.total)} instructions`;
    });
    this.tools.show(state);
  }

  /** In a comparison both dives have rows of the same height, whatever else is drawn around them. */
  private heights(height: number): number[] {
    if (!this.state.isComparing) return [height];
    const taken = [above, below].map((furniture) => around(furniture)).map(({ top, bottom }) => top + bottom);
    const depth = (height - 2 * titleHeight - taken.reduce((sum, one) => sum + one)) / 2;
    return taken.map((one) => one + depth);
  }

  private describe(): void {
    const { state, layouts, drawing } = this;
    const { trace } = this.entry;
    this.statement.textContent = trace.call.statement;
    this.which.textContent = execution(this.entry);
    const { other } = this;
    this.panel.replaceChildren(...(state.isComparing && other ? comparison(trace, other.trace) : panelContent(state, layouts.own, this.entry)));
    drawing.setAttribute("aria-valuemax", String(Math.max(layouts.own.total - 1, 0)));
    drawing.setAttribute("aria-valuenow", String(state.at ?? 0));
    drawing.setAttribute("aria-valuetext", state.at === null ? "the whole call" : `instruction ${state.at + 1} of ${layouts.own.total}`);
  }

  private speak(): void {
    const { state, layouts } = this;
    const run = currentRun(state, layouts.own);
    const node = layouts.own.nodes[run?.node ?? -1];
    const { trace } = this.entry;
    const name = trace.functions[trace.nodes[run?.node ?? -1]?.function ?? -1]?.name;
    const stage = state.stage ? `${stageNames[state.stage]}: ` : "";
    this.spoken.textContent = node && name ? `${stage}${shortName(name)}, ${node.self} own instructions, ${node.total} with calls` : "";
  }
}

function execution({ trace }: TraceEntry): string {
  return trace.call.execution === 1 ? "first call" : "warm call";
}

import { element } from "../../dom/element";
import { leaveFocus } from "../../dom/focus";
import { type Handlers, listenWithin } from "../../keys/listen";
import type { Stage } from "../../trace";
import { placePatterns } from "../drawing/patterns";
import type { Drawn, Surroundings, TraceEntry } from "../entry";
import { nameOf } from "../trace/counts";
import { layOut } from "../trace/layout";
import { shortName } from "../trace/names";
import { stageNames } from "../trace/stages";
import { comparison } from "./comparison";
import { panelContent } from "./panel";
import { Pictures, type Side, temperature } from "./pictures";
import { makeSlider, showValue } from "./slider";
import { atRest, atStage, currentRun, mirrored, reach, type State, type Stride, stride } from "./state";
import { Tools } from "./tools";
import { Tracing } from "./tracing";
import { callTree } from "./tree";

/** A figure with the depth profile of one call: it draws a state, and keys, pointer and steps change the state. */
export class XrayFigure implements Drawn {
  private state: State = atRest;
  private own: Side;
  private other: Side | undefined;
  private readonly drawing = element("div", "drawing");
  private readonly pictures = new Pictures(this.drawing);
  private readonly panel = element("div", "panel");
  private readonly statement = element("code", "statement");
  private readonly which = element("span", "which");
  private readonly spoken = element("p", "spoken");
  private readonly tree = element("div", "tree scroll");
  private readonly treeBox = element("details", "tree-box", element("summary", "", "Call tree"), this.tree);
  private readonly tools = new Tools();

  constructor(
    private readonly figure: HTMLElement,
    private readonly recorded: TraceEntry,
    surroundings: Surroundings,
    private readonly tracing: Tracing,
  ) {
    const { compare = recorded.compare ?? "" } = figure.dataset;
    const compared = surroundings.entries.get(compare);
    this.own = sideOf(recorded, this.state);
    this.other = compared && sideOf(compared, this.state);
    this.spoken.setAttribute("role", "status");
    makeSlider(this.drawing, "Machine instruction of the call", (part, { type, clientY }) => {
      this.tracing.hush();
      if (type === "pointerdown") this.enter(this.pictures.isBelow(clientY));
      this.become(reach(this.state, this.side.layout, this.pictures.instructionAt(part)));
    });
    this.treeBox.addEventListener("toggle", () => this.fillTree());
    this.build();
    this.tracing.attach({ recorded, show: (entry) => this.replace(entry) });
    this.reachStep();
  }

  follow(): void {
    this.tracing.hush();
    this.reachStep();
  }

  private reachStep(): void {
    const reached = [...this.figure.querySelectorAll<HTMLElement>("i.fragment.stage.visible")].at(-1);
    const stage = (reached?.dataset["stage"] ?? null) as Stage | null;
    this.become({ ...atStage(this.state, this.side.layout, stage), isZoomed: this.state.isZoomed && stage !== null });
    this.speak();
  }

  offer(): void {
    this.tracing.offer();
  }

  /** The call that the traveller is in. */
  private get side(): Side {
    return (this.state.isBelow ? this.other : undefined) ?? this.own;
  }

  private build(): void {
    const { tools, figure } = this;
    tools.toggle("xray-zoom", "Zoom", ({ isZoomed }) => isZoomed, () => this.zoom());
    tools.toggle("xray-fold", "Fold", ({ isFolded }) => isFolded, () => this.fold());
    if (this.other) tools.toggle("xray-compare", "Compare", ({ isComparing }) => isComparing, () => this.compare());
    const head = element("div", "head", this.statement, this.which, tools.element, this.treeBox);
    const profile = element("div", "profile", head, this.drawing, this.panel, this.tracing.answer, this.tracing.element, this.spoken);
    placePatterns(document);
    listenWithin(profile, "xray", this.handlers());
    figure.classList.add("drawn");
    figure.setAttribute("aria-label", `X-ray of ${this.recorded.trace.call.statement}`);
    figure.prepend(profile);
  }

  private handlers(): Handlers {
    const go = (direction: 1 | -1, by: Stride) => () => {
      this.tracing.hush();
      this.become(stride(this.state, this.side.layout, direction, by));
      this.speak();
    };
    return {
      "xray-on": go(1, "function"),
      "xray-back": go(-1, "function"),
      "xray-instruction-on": go(1, "instruction"),
      "xray-instruction-back": go(-1, "instruction"),
      "xray-zoom": () => this.zoom(),
      "xray-fold": () => this.fold(),
      "xray-compare": () => this.compare(),
      "xray-other": () => {
        this.enter(!this.state.isBelow);
        this.speak();
      },
      "xray-leave": () => this.leave(),
    };
  }

  private zoom(): void {
    const { state } = this;
    const isSomewhere = state.at !== null || state.isZoomed;
    this.become({ ...(isSomewhere ? state : reach(state, this.side.layout, 0)), isZoomed: !state.isZoomed });
  }

  private fold(): void {
    const state = { ...this.state, isFolded: !this.state.isFolded };
    this.own = sideOf(this.own.entry, state);
    this.other = this.other && sideOf(this.other.entry, state);
    this.become(state);
    this.fillTree();
  }

  private compare(): void {
    if (!this.other) return;
    this.enter(false);
    this.become({ ...this.state, isComparing: !this.state.isComparing });
  }

  /** Takes the traveller to the same moment of the other call. */
  private enter(isBelow: boolean): void {
    const { own, other, state, side } = this;
    if (!other || !state.isComparing || isBelow === state.isBelow) return;
    this.become({ ...mirrored(state, side.layout, (isBelow ? other : own).layout), isBelow });
  }

  /** Closes what is open, then gives the keys back to the deck. */
  private leave(): void {
    if (this.treeBox.open) this.treeBox.open = false;
    else leaveFocus();
  }

  /** Shows another trace in the place of the recorded one. */
  private replace(entry: TraceEntry): void {
    this.own = sideOf(entry, this.state);
    this.become({ ...this.state, at: null, stage: null, isZoomed: false, isBelow: false });
    const label = this.figure.querySelector(":scope > figcaption");
    if (label) label.textContent = entry.label;
    this.fillTree();
  }

  private fillTree(): void {
    if (this.treeBox.open) this.tree.replaceChildren(callTree(this.own.layout));
  }

  private become(state: State): void {
    const { own, other } = this;
    this.state = state;
    this.statement.textContent = own.entry.trace.call.statement;
    this.which.textContent = temperature(own.entry);
    const words = state.isComparing && other ? comparison(own.entry.trace, other.entry.trace) : panelContent(state, own.layout, own.entry);
    this.panel.replaceChildren(...words);
    showValue(this.drawing, state.at, this.side.layout.total);
    this.tools.show(state);
    this.pictures.draw(state, own, other);
  }

  private speak(): void {
    const { layout } = this.side;
    const which = this.state.isComparing ? (this.state.isBelow ? "Below, " : "Above, ") : "";
    const run = currentRun(this.state, layout);
    const node = layout.nodes[run?.node ?? -1];
    const stage = this.state.stage ? `${stageNames[this.state.stage]}: ` : "";
    const counts = node && `${node.self} own instructions, ${node.total} with calls`;
    this.spoken.textContent = run && counts ? `${which}${stage}${shortName(nameOf(layout.trace, run.node))}, ${counts}` : "";
  }
}

function sideOf(entry: TraceEntry, { isFolded }: State): Side {
  return { entry, layout: layOut(entry.trace, isFolded) };
}

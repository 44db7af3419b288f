import { element } from "../../dom/element";
import type { Stage } from "../../trace";
import { around, type Furniture, Picture } from "../drawing/picture";
import { commonUnit, instructionAt } from "../drawing/scale";
import type { RulerForm } from "../drawing/stage-ruler";
import type { TraceEntry } from "../entry";
import { nameOf } from "../trace/counts";
import { formatCount } from "../trace/format";
import { type Layout, runAt } from "../trace/layout";
import { shortName } from "../trace/names";
import { stageNames, stagesOf } from "../trace/stages";
import { mirrored, rangeOf, type State } from "./state";

/** A trace with its layout, as one picture draws it. */
export interface Side {
  readonly entry: TraceEntry;
  readonly layout: Layout;
}

const alone: Furniture = { ruler: "names", opcodes: true, labels: true, axis: true, values: true, mostRow: 40 };
/** Two have one axis, below both, and no place for values. */
const compared = (ruler: RulerForm): readonly Furniture[] => [
  { ...alone, ruler, axis: false, values: false },
  { ...alone, ruler, values: false },
];

/** Pixels that each dive must have before the stages get their names. */
const leastDepth = 90;

/** Height of the line that names a picture while two are compared, with the gap below it. */
const titleHeight = 34;

/** One picture, or two under one another at one scale, across and down. */
export class Pictures {
  private pictures: { picture: Picture; title: HTMLElement }[] = [];
  private furniture: readonly Furniture[] = [];
  private sides: readonly Side[] = [];
  private state: State | undefined;
  private width = 0;
  private height = 0;

  constructor(private readonly place: HTMLElement) {
    new ResizeObserver(() => this.measure()).observe(place);
  }

  /** Draws `own`, and `other` where two are compared. */
  draw(state: State, own: Side, other: Side | undefined): void {
    this.state = state;
    this.sides = state.isComparing && other ? [own, other] : [own];
    if (!this.width) return;
    this.compose();
    const unit = this.unit();
    const heights = this.heights(this.furniture);
    this.sides.forEach((side, index) => {
      const { layout } = side;
      const { stage, at, ...rest } = this.stateOf(side);
      const range = rangeOf({ stage, at, ...rest }, layout);
      const isHere = side === this.side;
      const shown = this.pictures[index];
      shown?.picture.draw({ layout, range, stage, at: isHere ? at : null, unit, width: this.width, height: heights[index] ?? 0 });
      shown?.title.classList.toggle("here", isHere);
      if (shown) shown.title.textContent = titleOf(side, stage, isHere ? at : null);
    });
  }

  /** The instruction of the traveller's picture that is drawn at a part of the width. */
  instructionAt(part: number): number {
    const { side, state } = this;
    if (!side || !state) return 0;
    const range = rangeOf(state, side.layout);
    return instructionAt({ from: range.from, unit: this.unit(), width: this.width }, part * this.width, range);
  }

  /** Whether a height on the screen is that of the lower of two pictures. */
  isBelow(y: number): boolean {
    const lower = this.pictures[1];
    return lower !== undefined && y >= lower.title.getBoundingClientRect().top;
  }

  /** The one that the traveller is in. */
  private get side(): Side | undefined {
    return this.sides[this.state?.isBelow ? 1 : 0] ?? this.sides[0];
  }

  private compose(): void {
    const furniture = this.wanted();
    if (furniture.length === this.furniture.length && furniture[0]?.ruler === this.furniture[0]?.ruler) return;
    this.furniture = furniture;
    const rows = () => Math.max(...this.sides.map(({ layout }) => layout.rows));
    this.pictures = furniture.map((parts) => ({ picture: new Picture(parts, rows), title: element("p", "title") }));
    const isComparing = furniture.length > 1;
    this.place.replaceChildren(...this.pictures.flatMap(({ picture, title }) => (isComparing ? [title, picture.element] : [picture.element])));
    this.place.classList.toggle("comparing", isComparing);
  }

  private wanted(): readonly Furniture[] {
    if (this.sides.length < 2) return [alone];
    const named = compared("names");
    return this.depth(named) >= leastDepth ? named : compared("brackets");
  }

  private measure(): void {
    const { clientWidth, clientHeight } = this.place;
    if (!clientWidth || !clientHeight || (clientWidth === this.width && clientHeight === this.height)) return;
    [this.width, this.height] = [clientWidth, clientHeight];
    const [own, other] = this.sides;
    if (this.state && own) this.draw(this.state, own, other);
  }

  private unit(): number {
    return commonUnit(this.sides.map((side) => rangeOf(this.stateOf(side), side.layout)), this.width);
  }

  /** The other trace has the same stage lit, at its own place. */
  private stateOf(side: Side): State {
    const state = this.state as State;
    return this.side && side !== this.side ? mirrored(state, this.side.layout, side.layout) : state;
  }

  /** In a comparison both dives have rows of the same height, whatever else is drawn around them. */
  private heights(furniture: readonly Furniture[]): number[] {
    if (furniture.length < 2) return [this.height];
    const depth = this.depth(furniture);
    return this.taken(furniture).map((one) => one + depth);
  }

  private depth(furniture: readonly Furniture[]): number {
    return (this.height - 2 * titleHeight - this.taken(furniture).reduce((sum, one) => sum + one)) / 2;
  }

  private taken(furniture: readonly Furniture[]): number[] {
    return this.sides.map(({ layout }, index) => {
      const { top, bottom } = around(furniture[index] ?? alone, layout.trace);
      return top + bottom;
    });
  }
}

/** Which call it is, what the lit stage takes of it, and the function that the traveller has reached in it. */
function titleOf({ entry, layout }: Side, stage: Stage | null, at: number | null): string {
  const { trace } = entry;
  const lit = stage && `${stageNames[stage]} ${formatCount(stagesOf(trace).find((parts) => parts.stage === stage)?.instructions ?? 0)}`;
  const reached = at === null ? undefined : layout.runs[runAt(layout, at)];
  const parts = [`${trace.call.statement}, ${temperature(entry)}: ${formatCount(layout.total)} instructions`, lit, reached && shortName(nameOf(trace, reached.node))];
  return parts.filter(Boolean).join(" · ");
}

/** Whether the bytecode ran for the first time. */
export function temperature({ trace }: TraceEntry): string {
  return trace.call.execution === 1 ? "first call" : "warm call";
}

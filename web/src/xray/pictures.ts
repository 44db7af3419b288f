import { element } from "../element";
import type { TraceEntry } from "./entry";
import type { Layout } from "./layout";
import { around, type Furniture, Picture } from "./picture";
import { commonUnit, instructionAt } from "./scale";
import { spelled } from "./spelled";
import { atStage, rangeOf, type State } from "./state";

/** A trace with its layout, as one picture draws it. */
export interface Side {
  readonly entry: TraceEntry;
  readonly layout: Layout;
}

const alone: Furniture = { ruler: true, opcodes: true, labels: true, axis: true, values: true, mostRow: 40 };
const above: Furniture = { ...alone, axis: false, values: false };
const below: Furniture = { ...alone, ruler: false, opcodes: false, values: false };

/** Height of the line that names a picture while two are compared, with the gap below it. */
const titleHeight = 34;

/** One picture, or two under one another at one scale, across and down. */
export class Pictures {
  private pictures: { picture: Picture; title: HTMLElement }[] = [];
  private isComparing: boolean | undefined;
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
    if (this.isComparing !== this.sides.length > 1) this.compose();
    if (!this.width) return;
    const unit = this.unit();
    const heights = this.heights();
    this.sides.forEach(({ entry, layout }, index) => {
      const { stage, at, ...rest } = this.stateOf(layout, index);
      const range = rangeOf({ stage, at, ...rest }, layout);
      const shown = this.pictures[index];
      shown?.picture.draw({ layout, range, stage, at: index === 0 ? at : null, unit, width: this.width, height: heights[index] ?? 0 });
      if (shown) shown.title.textContent = `${entry.trace.call.statement}, ${temperature(entry)}: ${spelled(layout.total)} instructions`;
    });
  }

  /** The instruction of the first picture that is drawn at a part of the width. */
  instructionAt(part: number): number {
    const [own] = this.sides;
    if (!own || !this.state) return 0;
    const range = rangeOf(this.state, own.layout);
    return instructionAt({ from: range.from, unit: this.unit(), width: this.width }, part * this.width, range);
  }

  private compose(): void {
    this.isComparing = this.sides.length > 1;
    const rows = () => Math.max(...this.sides.map(({ layout }) => layout.rows));
    const furniture = this.isComparing ? [above, below] : [alone];
    this.pictures = furniture.map((parts) => ({ picture: new Picture(parts, rows), title: element("p", "title") }));
    this.place.replaceChildren(...this.pictures.flatMap(({ picture, title }) => (this.isComparing ? [title, picture.element] : [picture.element])));
    this.place.classList.toggle("comparing", this.isComparing);
  }

  private measure(): void {
    const { clientWidth, clientHeight } = this.place;
    if (!clientWidth || !clientHeight || (clientWidth === this.width && clientHeight === this.height)) return;
    [this.width, this.height] = [clientWidth, clientHeight];
    const [own, other] = this.sides;
    if (this.state && own) this.draw(this.state, own, other);
  }

  private unit(): number {
    return commonUnit(this.sides.map(({ layout }, index) => rangeOf(this.stateOf(layout, index), layout)), this.width);
  }

  /** The second trace has the same stage lit, at its own place. */
  private stateOf(layout: Layout, index: number): State {
    const state = this.state as State;
    return index === 0 ? state : atStage(state, layout, state.stage);
  }

  /** In a comparison both dives have rows of the same height, whatever else is drawn around them. */
  private heights(): number[] {
    if (!this.isComparing) return [this.height];
    const taken = this.sides.map(({ layout }, index) => {
      const { top, bottom } = around(index === 0 ? above : below, layout.trace);
      return top + bottom;
    });
    const depth = (this.height - 2 * titleHeight - taken.reduce((sum, one) => sum + one)) / 2;
    return taken.map((one) => one + depth);
  }
}

/** Whether the bytecode ran for the first time. */
export function temperature({ trace }: TraceEntry): string {
  return trace.call.execution === 1 ? "first call" : "warm call";
}

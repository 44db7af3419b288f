import type { Stage } from "../../trace";
import type { Layout } from "../trace/layout";
import type { Range } from "./scale";

/** What a drawing shows: everything that its look depends on. */
export interface Scene {
  readonly layout: Layout;
  /** The part of the trace that is drawn. */
  readonly range: Range;
  /** The stage that is lit; none lights everything. */
  readonly stage: Stage | null;
  /** The instruction that the traveller has reached. */
  readonly at: number | null;
  /** Pixels per instruction: one for all drawings that are compared. */
  readonly unit: number;
  readonly width: number;
  readonly height: number;
}

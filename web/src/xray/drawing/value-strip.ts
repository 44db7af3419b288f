import type { Stage } from "../../trace";
import { stagesOf } from "../trace/stages";
import { type ValueForm, valueForms } from "../trace/values";
import { spread, textWidth } from "./labels";
import { type Scale, xOf } from "./scale";
import type { Scene } from "./scene";
import { rectangle, svg, text } from "./svg";

export const valuesHeight = 78;

const size = 18;
const gap = 12;
const padding = 10;

/** What the value is, under the drawing: a line over the stages of each form, and the form in words. */
export function drawValues(scene: Scene, scale: Scale, current: Stage | null): SVGGElement {
  const { layout, width } = scene;
  const forms = valueForms(layout.trace);
  const extents = forms.map((form) => extentOf(form, scene, scale));
  const wishes = forms.map((form, index) => ({ centre: middle(extents[index]), width: formWidth(form) }));
  const lefts = spread(wishes, width, gap);
  const made = svg("g", { class: "values" });
  forms.forEach((form, index) => {
    const extent = extents[index];
    const isLit = current !== null && form.stages.includes(current);
    const ownLeft = Math.min(Math.max(middle(extent) - formWidth(form) / 2, 0), width - formWidth(form));
    const left = lefts ? lefts[index] : isLit ? ownLeft : undefined;
    const group = svg("g", { class: isLit ? "value-form lit" : "value-form", "data-stages": form.stages.join(" ") });
    if (extent) group.append(rectangle(extent.from + 1, 0, Math.max(extent.to - extent.from - 2, 1.5), 4, "extent"));
    if (left !== undefined) group.append(...chip(form, left, extent && middle(extent)));
    made.append(group);
  });
  return made;
}

/** The plate with its words; a line leads from the form's place, if that is drawn. */
function chip(form: ValueForm, left: number, centre: number | undefined): SVGElement[] {
  const width = formWidth(form);
  const x = left + width / 2;
  return [
    ...(centre === undefined ? [] : [svg("path", { class: "leader", d: `M${centre} 5L${x} 14V20` })]),
    rectangle(left, 20, width, 56, "plate"),
    text(form.form, x, 43, "form"),
    text(form.note, x, 66, "note"),
  ];
}

function formWidth({ form, note }: ValueForm): number {
  return Math.max(textWidth(form, size) * 1.06, textWidth(note, size)) + 2 * padding;
}

/** From where to where the form's stages are drawn; a stage that comes again does not stretch it over others. */
function extentOf(form: ValueForm, { layout, range }: Scene, scale: Scale): { from: number; to: number } | undefined {
  const spans = stagesOf(layout.trace).filter(({ stage }) => form.stages.includes(stage)).map(({ spans }) => spans[0]);
  const ats = spans.flatMap((span) => (span ? [span.at] : []));
  const ends = spans.flatMap((span) => (span ? [span.at + span.instructions] : []));
  const [from, to] = [Math.max(Math.min(...ats), range.from), Math.min(Math.max(...ends), range.to)];
  return from < to ? { from: xOf(scale, from), to: xOf(scale, to) } : undefined;
}

function middle(extent: { from: number; to: number } | undefined): number {
  return extent ? (extent.from + extent.to) / 2 : 0;
}

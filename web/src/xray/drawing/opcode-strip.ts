import { monoWidth } from "./labels";
import { type Scale, xOf } from "./scale";
import type { Scene } from "./scene";
import { rectangle, svg, text } from "./svg";

export const stripHeight = 26;

/** Python at the surface: the bytecodes, each from its first instruction to that of the next. */
export function drawOpcodes({ layout, range, at, width }: Scene, scale: Scale): SVGGElement {
  const { opcodes } = layout.trace;
  const made = svg("g", { class: "opcodes" });
  let drawn = -1;
  opcodes.forEach(({ name, at: begin }, index) => {
    const end = opcodes[index + 1]?.at ?? layout.total;
    const [left, right] = [Math.max(xOf(scale, begin), 0), Math.min(xOf(scale, end), width)];
    if (end <= range.from || begin >= range.to || right - drawn < 1) return;
    drawn = right;
    const isCurrent = at !== null && at >= begin && at < end;
    made.append(rectangle(left + 0.5, 0, Math.max(right - left - 1, 0.6), stripHeight, isCurrent ? "opcode current" : "opcode"));
    const words = [`Py  ${name}`, name, "Py"].find((candidate) => monoWidth(candidate, 18) + 14 < right - left);
    if (words) made.append(text(words, left + 8, 19, isCurrent ? "current" : ""));
  });
  return made;
}

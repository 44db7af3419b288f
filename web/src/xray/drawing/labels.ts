/** A label that wants to stand around `centre` and takes `width`, in pixels. */
export interface Wish {
  readonly centre: number;
  readonly width: number;
}

/** Left edges for labels in order, as near to their wishes as fits between 0 and `room` without touching: labels that touch
 *  move apart around their common middle. Null if they cannot stand side by side. */
export function spread(wishes: readonly Wish[], room: number, gap: number): number[] | null {
  if (wishes.reduce((sum, { width }) => sum + width + gap, -gap) > room) return null;
  let groups: Group[] = [];
  for (const wish of wishes) {
    groups.push({ left: wish.centre - wish.width / 2, width: wish.width, pull: wish.centre - wish.width / 2, count: 1 });
    groups = settle(groups, room, gap);
  }
  const lefts: number[] = [];
  let index = 0;
  for (const group of groups) {
    let left = group.left;
    for (let taken = 0; taken < group.count; taken++) {
      lefts.push(left);
      left += (wishes[index++]?.width ?? 0) + gap;
    }
  }
  return lefts;
}

/** Labels that stand side by side. `pull` is the sum of where each would want the group's left edge. */
interface Group {
  readonly left: number;
  readonly width: number;
  readonly pull: number;
  readonly count: number;
}

function settle(groups: Group[], room: number, gap: number): Group[] {
  const settled = [...groups];
  for (;;) {
    const group = settled.pop();
    if (!group) return settled;
    const left = Math.min(Math.max(group.pull / group.count, 0), room - group.width);
    const before = settled.at(-1);
    if (!before || before.left + before.width + gap <= left + 1e-9) {
      settled.push({ ...group, left });
      return settled;
    }
    settled.pop();
    const offset = before.width + gap;
    settled.push({
      left: before.left,
      width: before.width + gap + group.width,
      pull: before.pull + group.pull - group.count * offset,
      count: before.count + group.count,
    });
  }
}

/** Width of a text in pixels, near enough to place it: the theme's sans at `size`. */
export function textWidth(text: string, size: number): number {
  return [...text].reduce((sum, sign) => sum + (narrow.has(sign) ? 0.32 : wide.has(sign) ? 0.82 : 0.56), 0) * size;
}

const narrow = new Set("ijlrtfI.,:;'|!()[]{} ’");
const wide = new Set("mwMW→");

/** The same in the theme's font for code, where every sign is as wide. */
export function monoWidth(text: string, size: number): number {
  return [...text].length * 0.6 * size;
}

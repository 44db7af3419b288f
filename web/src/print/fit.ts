/** The smallest letters of an output, as a part of their size on stage: 8 points on a page as wide as a screen. */
const least = 0.6;

/** Half a pixel is rounding. */
const slack = 1;

/** Paper does not scroll: outputs that are larger than their slide has room for get smaller letters. It tells whether all of the
 *  slide can be seen then. */
export function fit(slide: HTMLElement): boolean {
  const floor = slide.getBoundingClientRect().bottom - parseFloat(getComputedStyle(slide).paddingBottom) + slack;
  for (const figure of slide.querySelectorAll<HTMLElement>("figure.code:has(> .output)")) shrink(figure, floor);
  return shrink(slide, floor);
}

function shrink(part: HTMLElement, floor: number): boolean {
  for (let zoom = 1; zoom >= least && !isWhole(part, floor); zoom -= 0.05) part.style.setProperty("--zoom-output", String(zoom));
  return isWhole(part, floor);
}

/** Nothing is under the footer, and no text is larger than its box. */
function isWhole(part: HTMLElement, floor: number): boolean {
  const boxes = [...part.querySelectorAll("p, li, table, pre, figure")].filter((box) => box.checkVisibility());
  return (
    boxes.every((box) => box.getBoundingClientRect().bottom <= floor) &&
    boxes.filter((box) => box.matches("pre")).every((text) => text.scrollHeight <= text.clientHeight + slack && text.scrollWidth <= text.clientWidth + slack)
  );
}

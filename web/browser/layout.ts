import type { Page } from "@playwright/test";

/** What does not fit on the slide that is shown: what leaves it or runs into the footer, code that is cut, what its box cannot
 *  hold, and neighbours that overlap. One line each, with slide and element. */
export function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    // A typeface that comes with its first letters has other widths than the one that stands in for it.
    await document.fonts.ready;
    const slide = document.querySelector<HTMLElement>("section.present");
    if (!slide) return ["no slide is shown"];
    const faults: string[] = [];
    /** Half a pixel is rounding. */
    const slack = 1;
    const room = slide.getBoundingClientRect();
    const floor = document.querySelector(".deck-footer")?.getBoundingClientRect().top ?? room.bottom;

    const name = (element: Element) => {
      const { id, className, tagName } = element;
      const text = element.textContent?.trim().replace(/\s+/g, " ").slice(0, 30);
      return `#${slide.id} <${tagName.toLowerCase()}${id && `#${id}`}${className && `.${String(className).replace(/ /g, ".")}`}> "${text}"`;
    };
    const isShown = (element: Element) => {
      const { width, height } = element.getBoundingClientRect();
      return width > 0 && height > 0 && element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    };
    /** What scrolls may hold more than it shows; it is checked itself. */
    const isInScroller = (element: Element) => element.parentElement?.closest("pre, .scroll, .editor") != null;
    const isEnlarged = (element: Element) => element.closest(".enlarged") !== null;
    const elements = [...slide.querySelectorAll("*")].filter((element) => isShown(element) && !element.closest("aside.notes"));

    for (const element of elements.filter((element) => !isInScroller(element) && !isEnlarged(element))) {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      if (left < room.left - slack || right > room.right + slack || top < room.top - slack || bottom > room.bottom + slack) {
        faults.push(`${name(element)} leaves the slide: ${Math.round(right - room.right)} px right, ${Math.round(bottom - room.bottom)} px down`);
      } else if (bottom > floor + slack) {
        faults.push(`${name(element)} runs ${Math.round(bottom - floor)} px into the footer`);
      }
    }
    for (const code of elements.filter((element) => element.matches("figure.code > pre, figure.code > .editor"))) {
      const [wide, high] = [code.scrollWidth - code.clientWidth, code.scrollHeight - code.clientHeight];
      if (wide > slack || high > slack) faults.push(`${name(code)} is cut: ${wide} px wide, ${high} px high`);
    }
    for (const output of elements.filter((element) => element.matches(".output .scroll, .output > pre"))) {
      const wide = output.scrollWidth - output.clientWidth;
      if (wide > slack) faults.push(`${name(output)} is cut: ${wide} px wide`);
    }
    for (const box of elements.filter((element) => element.matches("figure, .output, figcaption"))) {
      const outer = box.getBoundingClientRect();
      for (const child of [...box.children].filter((child) => isShown(child) && !isEnlarged(child))) {
        const { right, bottom } = child.getBoundingClientRect();
        if (right > outer.right + slack || bottom > outer.bottom + slack) faults.push(`${name(child)} is larger than its box`);
      }
    }
    for (const box of [slide, ...slide.querySelectorAll(".columns, .columns > div, figure, figcaption, .tools")]) {
      const children = [...box.children].filter((child) => elements.includes(child) && getComputedStyle(child).position === "static");
      children.slice(1).forEach((child, index) => {
        const before = children[index];
        if (!before) return;
        const [one, other] = [before.getBoundingClientRect(), child.getBoundingClientRect()];
        const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        if (wide > slack && high > slack) faults.push(`${name(child)} overlaps ${name(before)}`);
      });
    }
    return faults;
  });
}

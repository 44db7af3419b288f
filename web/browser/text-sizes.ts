import type { Page } from "@playwright/test";

/** The least size of text by its role, in pixels of a slide of 1280 × 720. The first role that matches counts. */
const roles = [
  { role: "footer", selector: ".deck-footer", least: 14 },
  { role: "output and labels", selector: ".output, figcaption, button, .findings, .credit, th, figure.xray, aside.here", least: 18 },
  { role: "code", selector: "pre, code, .editor", least: 20 },
  { role: "prose", selector: "*", least: 24 },
];

/** Texts on the slide that is shown, and in the footer, that are smaller than their role allows. */
export function textFaults(page: Page): Promise<string[]> {
  return page.evaluate((roles) => {
    const slide = document.querySelector<HTMLElement>("section.present");
    const footer = document.querySelector<HTMLElement>(".deck-footer");
    if (!slide || !footer) return ["no slide is shown"];
    const scale = slide.getBoundingClientRect().width / slide.offsetWidth;
    const faults: string[] = [];
    for (const root of [slide, footer]) {
      const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        const element = text.parentElement;
        const words = text.textContent?.trim().replace(/\s+/g, " ").slice(0, 30);
        if (!element || !words || element.closest("aside.notes") || !element.checkVisibility({ visibilityProperty: true })) continue;
        const { role, least } = roles.find(({ selector }) => element.closest(selector))!;
        // The footer is outside of what is scaled, and scales its sizes itself.
        const size = parseFloat(getComputedStyle(element).fontSize) * (root === slide ? scale : 1);
        if (size < least - 0.01) faults.push(`#${slide.id} <${element.tagName.toLowerCase()} class="${element.className}"> "${words}" is ${role} of ${size.toFixed(1)} px, not ${least}`);
      }
    }
    return [...new Set(faults)];
  }, roles);
}

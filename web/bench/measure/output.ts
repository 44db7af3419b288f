// From a press on Run to the output of the cell.
import type { Page } from "playwright-core";

/** A cell in the page, as a selector, and what it prints. */
export interface Printing {
  readonly cell: string;
  readonly printed: string;
}

/** Milliseconds from the click that `press` makes, by its time stamp, to the element with the new output. */
export async function untilOutput(page: Page, printing: Printing, press: () => Promise<void> = () => pressRun(page, printing)): Promise<number> {
  await page.evaluate(watchOutput, printing);
  await press();
  return page.evaluate(() => (window as unknown as { taken: Promise<number> }).taken);
}

/** Presses Run without any input. */
function pressRun(page: Page, { cell }: Printing): Promise<void> {
  return page.evaluate((cell) => document.querySelector<HTMLElement>(`${cell} button.run`)!.click(), cell);
}

function watchOutput({ cell, printed }: Printing): void {
  const figure = document.querySelector(cell)!;
  let clicked = 0;
  figure.addEventListener("click", ({ timeStamp }) => (clicked = timeStamp), { once: true, capture: true });
  const isOutput = (node: Node) => node instanceof HTMLElement && node.matches("pre.stdout") && node.textContent === printed;
  const taken = new Promise<number>((resolve, reject) => {
    const observer = new MutationObserver((records) => {
      if (!clicked || !records.some(({ addedNodes }) => [...addedNodes].some(isOutput))) return;
      observer.disconnect();
      resolve(performance.now() - clicked);
    });
    observer.observe(figure, { childList: true, subtree: true });
    setTimeout(() => reject(new Error("No output within a minute.")), 60_000);
  });
  Object.assign(window, { taken });
}

import type { Page } from "@playwright/test";
import axe, { type AxeResults } from "axe-core";

/** Violations that axe-core finds on the page as it is, or in a part of it, one line for each element. */
export async function accessibilityFaults(page: Page, part = "html"): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const place = await page.evaluate(() => document.querySelector("section.present")?.id ?? document.title);
  const { violations } = await page.evaluate(
    (part) => (window as unknown as { axe: { run(part: string, options: object): Promise<AxeResults> } }).axe.run(part, { resultTypes: ["violations"] }),
    part,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = "" }) => `#${place} ${id}: ${target.join(" ")}: ${failureSummary.replace(/\s+/g, " ")}`),
  );
}

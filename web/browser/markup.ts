import type { Page } from "@playwright/test";
import { expect } from "./fixtures";

/** Text that would do something if any of it became markup. Pages that saw it have no `reached`, and nothing of it as elements;
 *  that the policy was not even asked is checked by the fixture `faults`. */
export const text = [
  '<img src="x" onerror="reached = 1">',
  "<script>reached = 1</script>",
  "</script></style></pre></code></section><script>reached = 1</script>",
  '<svg onload="reached = 1"></svg>',
  '<a href="javascript:reached = 1">link</a>',
  '"onmouseover="reached = 1" x="',
  "'><iframe srcdoc='<script>top.reached = 1</script>'></iframe>",
  "<!-- <u>under</u> --> ]]> ${reached = 1} {{reached = 1}} &lt;u&gt;",
].join(" ");
const suspicious = ":is(.reveal, dialog) :is(script, iframe, object, embed, u, a[href^='javascript'], [onerror], [onload], [onclick], [onmouseover])";

/** Nothing of it did anything, and nothing of it is an element. */
export async function expectText(page: Page): Promise<void> {
  expect(await page.evaluate(() => (window as { reached?: unknown }).reached)).toBe(undefined);
  await expect(page.locator(suspicious)).toHaveCount(0);
}

// Takes the picture that is shown with links to the deck: `node preview.mjs ../dist/deck/index.html ../dist/preview.png`.
// CHROMIUM names the browser. Size and place are named again in crates/deck/src/render/preview.rs.
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [page, picture] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM });
try {
  const tab = await browser.newPage({ viewport: { width: 1200, height: 630 }, colorScheme: "light", reducedMotion: "reduce" });
  await tab.goto(pathToFileURL(page).href);
  await tab.locator(".reveal.ready").waitFor();
  // With what the first cell prints, and without what asks for a click.
  await tab.keyboard.press("PageDown");
  await tab.locator("section.present figure.cell").and(tab.locator('[data-run="done"]')).first().waitFor();
  await tab.addStyleTag({ content: ".reveal :is(.deck-footer, figcaption .tools) { display: none !important }" });
  await tab.evaluate(() => document.fonts.ready);
  await tab.screenshot({ path: picture });
} finally {
  await browser.close();
}

// `make preview`: the picture that is shown with links to the deck.
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { chromiumPath, launchChromium } from "../host/chromium";

/** Named again in crates/deck/src/render/preview.rs. */
const size = { width: 1200, height: 630 };

export async function main(root: string): Promise<number> {
  const picture = join(root, "dist/preview.png");
  const browser = await launchChromium(chromiumPath());
  try {
    const page = await browser.newPage({ viewport: size, colorScheme: "light", reducedMotion: "reduce" });
    await page.goto(pathToFileURL(join(root, "dist/deck/index.html")).href);
    await page.locator("html.shown").waitFor();
    // With what the first cell prints, and without what asks for a click.
    await page.keyboard.press("PageDown");
    await page.locator('section.present figure.cell[data-run="done"]').first().waitFor();
    await page.addStyleTag({ content: ".reveal :is(.deck-footer, figcaption .tools) { display: none !important }" });
    await page.screenshot({ path: picture });
  } finally {
    await browser.close();
  }
  console.log(`Took ${relative(root, picture)}`);
  return 0;
}

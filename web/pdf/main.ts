// `make pdf`: the deck as a PDF, one page for each slide or for each step.
import { join, relative } from "node:path";
import { chromiumPath } from "../host/chromium";
import { options } from "./options";
import { writePdf } from "./write";

export async function main(root: string): Promise<number> {
  const { steps: byStep, address } = options(process.argv.slice(2));
  const out = join(root, "dist/slides.pdf");
  const { pages, bytes } = await writePdf({ deck: join(root, "dist/deck"), out, byStep, address, chromium: chromiumPath(), secrets: [root] });
  console.log(`Wrote ${relative(root, out)}: ${pages.length} pages, ${(bytes / 1e6).toFixed(1)} MB`);
  return 0;
}

import { existsSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { launchChromium } from "../host/chromium";
import { StaticServer } from "../host/static-server";
import { faultsOf } from "./faults";
import { openPrintView, type PrintView } from "./print-view";
import { type Pdf, readPdf } from "./read";
import { wantedOf } from "./wanted";

/** One run of `make pdf`. */
export interface Job extends PrintView {
  /** The folder that `deck build` wrote. */
  readonly deck: string;
  /** The file to write. */
  readonly out: string;
  /** Path of the browser. */
  readonly chromium: string;
  /** What must not be in it, besides the home folder and the speaker's notes. */
  readonly secrets: readonly string[];
}

/** Prints the deck, and puts the PDF in its place only if it holds what the deck holds; else the file that was there stays. */
export async function writePdf(job: Job): Promise<Pdf> {
  if (!existsSync(join(job.deck, "index.html"))) {
    throw new Error(`There is no deck in ${job.deck}. \`make build\` writes it; \`make pdf\` does both.`);
  }
  const server = await StaticServer.start(job.deck);
  const browser = await launchChromium(job.chromium);
  try {
    const page = await openPrintView(browser, server.address, job);
    const wanted = await wantedOf(page, [homedir(), server.address, ...job.secrets]);
    const bytes = await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true, outline: true });
    const pdf = await readPdf(bytes);
    const faults = faultsOf(pdf, wanted, job.byStep);
    if (faults.length) throw new Error(`What Chromium printed is not the deck, so ${job.out} is as it was:\n  ${faults.join("\n  ")}`);
    await swap(job.out, bytes);
    return pdf;
  } finally {
    await browser.close();
    server.end();
  }
}

/** Writes beside the file first: it is whole at every moment. */
async function swap(out: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(out), { recursive: true });
  await writeFile(`${out}.partial`, bytes);
  await rename(`${out}.partial`, out);
}

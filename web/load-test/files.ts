import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { launchChromium } from "../host/chromium";
import { fetchFile, type Files } from "./readers";

/** What a browser asks for that opens the page, the page first. Every file is compared with the one on disk here, once; a
 *  reader is then compared with what came now. */
export async function filesOf(folder: string, address: string, chromium: string): Promise<Files> {
  const files = new Map<string, string>();
  for (const path of await asked(address, chromium)) {
    const answer = await fetch(new URL(path, address));
    const body = Buffer.from(await answer.arrayBuffer());
    const file = await readFile(join(folder, path === "/" ? "index.html" : path)).catch(() => null);
    if (!file || !answer.ok || !body.equals(file)) throw new Error(`The page asks for ${path}, and what comes is not what lies in ${folder}. Make the site again.`);
    files.set(path, (await fetchFile(new URL(path, address))).digest);
  }
  return files;
}

async function asked(address: string, chromium: string): Promise<Set<string>> {
  const browser = await launchChromium(chromium);
  try {
    const page = await browser.newPage();
    const paths = new Set<string>();
    page.on("request", (request) => request.url().startsWith(address) && paths.add(new URL(request.url()).pathname));
    await page.goto(`${address}/`, { waitUntil: "networkidle" });
    return paths;
  } finally {
    await browser.close();
  }
}

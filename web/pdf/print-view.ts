import type { Browser, Page } from "playwright-core";

/** What is on the pages, and where their links lead. */
export interface PrintView {
  /** A page for each step of a slide, instead of one for each slide. */
  readonly byStep: boolean;
  /** Where the deck is published: links to its slides and source pages lead there. Without it there are no such links. */
  readonly address: string | null;
}

/** How long to wait for pages and drawings, which take a second. */
const timeout = 60_000;

/** Opens the deck's print view and waits until everything on it is drawn. */
export async function openPrintView(browser: Browser, address: string, { byStep, address: site }: PrintView): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, colorScheme: "light", reducedMotion: "reduce" });
  const complaints: string[] = [];
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  const missing = new Promise<never>((_, reject) => {
    page.on("response", (response) => {
      const file = response.url().slice(address.length + 1);
      if (response.status() >= 400) reject(new Error(`The deck has no ${file}. \`make build\` writes it anew.`));
    });
  });
  const drawn = page.goto(`${address}/?print-pdf${byStep ? "&pdfSeparateFragments=true" : ""}`).then(() => page.waitForFunction(isDrawn, null, { timeout }));
  await Promise.race([drawn, missing]).catch((error: Error) => {
    if (error.name !== "TimeoutError") throw error;
    const [first = "It says nothing about why."] = complaints;
    throw new Error(`The deck has no print view after ${timeout / 1000} s. ${first} Open it with ?print-pdf to see more.`);
  });
  if (complaints.length) throw new Error(`The deck complains while it is printed:\n  ${complaints.join("\n  ")}`);
  await page.evaluate(leadLinksTo, site);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  return page;
}

/** Every page is laid out and every X-ray is a picture that stands still. */
function isDrawn(): boolean {
  const places = [...document.querySelectorAll("figure.xray[data-xray], aside.here[data-xray]")];
  const isLaidOut = document.documentElement.dataset["pages"] === "laid-out" && document.querySelector(".pdf-page") !== null;
  return isLaidOut && places.every((place) => place.querySelector(".picture svg > *") !== null) && document.getAnimations().length === 0;
}

/** Links within the deck lead to where it is published, and so do the numbers of the slides; without such a place a page from
 *  this machine's server is nothing to link to. */
function leadLinksTo(site: string | null): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".pdf-page a[href]:not([href^='#'])")) {
    if (link.origin !== location.origin) continue;
    const path = link.getAttribute("href") ?? "";
    if (site === null) link.removeAttribute("href");
    else link.href = new URL(path, site).href;
  }
  if (site === null) return;
  for (const slide of document.querySelectorAll<HTMLElement>(".pdf-page > section")) {
    const number = slide.querySelector(".print-footer > b");
    const link = document.createElement("a");
    link.href = new URL(`#/${slide.dataset["slide"] ?? slide.id}`, site).href;
    number?.replaceWith(link);
    if (number) link.append(number);
  }
}

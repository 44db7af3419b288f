import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "./fixtures";
import { files, folder } from "./site";

/** What a page refers to: an address, and whether the browser fetches it by itself. */
interface Reference {
  readonly address: string;
  readonly isFetched: boolean;
}

test("Every link leads to a page of the site and to a place on it, and every asset is there.", async ({ site, browser }) => {
  test.setTimeout(240_000);
  const there = new Set(await files());
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.route("**/*", (route) => (route.request().isNavigationRequest() ? route.continue() : route.abort()));
  const pages = [...there].filter((path) => path.endsWith(".html"));
  expect(pages, "what is looked at").toContain("index.html");
  const read = new Map<string, { ids: Set<string>; references: Reference[] }>();
  for (const path of pages) {
    await page.goto(site.address + path);
    const { ids, references } = await page.evaluate(refersTo);
    read.set(path, { ids: new Set(ids), references });
  }
  const faults = pages.flatMap((from) => (read.get(from)?.references ?? []).flatMap(({ address, isFetched }) => {
    if (!address.startsWith(site.address)) return isForeign(address, isFetched) ? [`${from} fetches ${address}`] : [];
    const { pathname, hash } = new URL(address);
    const path = decodeURIComponent(pathname).slice(new URL(site.address).pathname.length);
    const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
    if (!there.has(file)) return [`${from} refers to ${file}, which is not there`];
    const id = decodeURIComponent(hash.replace(/^#\/?/, "").split("/")[0] ?? "");
    const target = read.get(file);
    return id && target && !target.ids.has(id) ? [`${from} refers to #${id}, which ${file} does not have`] : [];
  }));
  await context.close();
  expect([...new Set(faults)]).toEqual([]);
});

test("Every file that a style sheet names is there.", async () => {
  const there = new Set(await files());
  const sheets = [...there].filter((path) => path.endsWith(".css"));
  expect(sheets.length).toBeGreaterThan(0);
  const faults: string[] = [];
  for (const sheet of sheets) {
    const text = await readFile(join(folder, sheet), "utf8");
    for (const [, , name = ""] of text.matchAll(/url\((["']?)([^"')]+)\1\)/g)) {
      if (/^(data:|#)/.test(name)) continue;
      const { host, pathname } = new URL(name, `http://site/${sheet}`);
      if (host !== "site" || !there.has(pathname.slice(1))) faults.push(`${sheet} names ${name}`);
    }
  }
  expect(faults).toEqual([]);
});

/** Other hosts may be linked to, and nothing may be fetched from them. */
function isForeign(address: string, isFetched: boolean): boolean {
  return isFetched && !/^(data|blob|about):/.test(address);
}

/** Runs in the page. */
function refersTo(): { ids: string[]; references: Reference[] } {
  const whole = (address: string) => new URL(address, document.baseURI).href;
  const all = [...document.querySelectorAll("[href], [src], [srcset], [poster], [data]:is(object)")];
  return {
    ids: [...document.querySelectorAll("[id], a[name]")].flatMap((element) => [element.id, element.getAttribute("name") ?? ""]),
    references: all.flatMap((element) => {
      const isLink = element.matches("a, area, link[rel=canonical], link[rel=alternate], link[rel=help]");
      const names = ["href", "src", "poster", "data"].flatMap((name) => element.getAttribute(name) ?? []);
      const sets = (element.getAttribute("srcset") ?? "").split(",").map((part) => part.trim().split(/\s+/)[0] ?? "");
      return [...names, ...sets].filter((name) => name && !/^(mailto|javascript):/.test(name)).map((name) => ({ address: whole(name), isFetched: !isLink }));
    }),
  };
}

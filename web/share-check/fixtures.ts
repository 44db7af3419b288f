import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContextOptions } from "@playwright/test";
import { test as base, expect } from "../browser/fixtures";
import { StaticSite } from "../browser/static-site";
import { Talk } from "../browser/talk";
import { folder } from "./site";

/** A test with the site on a plain server below a path, without any header but the type. */
export const test = base.extend<{ open: (path: string, options?: BrowserContextOptions) => Promise<Talk> }, { site: StaticSite }>({
  site: [
    async ({}, use) => {
      const site = await StaticSite.serve(folder, await below());
      await use(site);
      await site.end();
    },
    { scope: "worker" },
  ],
  open: async ({ site, contextFor }, use) => {
    await use(async (path, options) => {
      const context = await contextFor(new URL(site.address).origin, { reducedMotion: "reduce", ...options });
      const page = await context.newPage();
      await page.goto(site.address + path);
      return new Talk(page);
    });
  },
});

/** The path that the site is made for; any other one if it is made for all. */
async function below(): Promise<string> {
  const [, address] = /<link rel="canonical" href="([^"]+)"/.exec(await readFile(join(folder, "index.html"), "utf8")) ?? [];
  return address ? new URL(address).pathname : "/talks/deck/";
}

export { expect };

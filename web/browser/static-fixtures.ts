import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BrowserContextOptions } from "@playwright/test";
import { test as base, expect } from "./fixtures";
import { build, StaticSite } from "./static-site";
import { Talk } from "./talk";

/** How the shared deck is opened. */
type Way = "file" | "site";

/** A test with the deck as static files, opened from a host or from disk. */
export const test = base.extend<{ addressOf: (way: Way) => Promise<string>; open: (way: Way, options?: BrowserContextOptions, at?: string) => Promise<Talk> }>({
  addressOf: async ({ project }, use) => {
    const folder = await build(project);
    const site = await StaticSite.serve(folder);
    await use(async (way) => (way === "site" ? site.address : pathToFileURL(join(folder, "index.html")).href));
    await site.end();
  },
  open: async ({ addressOf, contextFor }, use) => {
    await use(async (way, options, at = "") => {
      const address = await addressOf(way);
      const context = await contextFor(way === "site" ? new URL(address).origin : "file://", options);
      const page = await context.newPage();
      await page.goto(address + at);
      return new Talk(page);
    });
  },
});

export { expect };

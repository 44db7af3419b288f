import { test as base, expect } from "../browser/fixtures";
import { StaticSite } from "../browser/static-site";
import { Talk } from "../browser/talk";
import { folder } from "./site";

/** A test with the site on a plain server below a path, without any header but the type. */
export const test = base.extend<{ open: (path: string) => Promise<Talk> }, { site: StaticSite }>({
  site: [
    async ({}, use) => {
      const site = await StaticSite.serve(folder);
      await use(site);
      await site.end();
    },
    { scope: "worker" },
  ],
  open: async ({ site, contextFor }, use) => {
    const context = await contextFor(new URL(site.address).origin, { reducedMotion: "reduce" });
    await use(async (path) => {
      const page = await context.newPage();
      await page.goto(site.address + path);
      return new Talk(page);
    });
  },
});

export { expect };

import { type BrowserContext, type BrowserContextOptions, test as base, expect } from "@playwright/test";
import { Faults } from "./faults";
import { Project } from "./project";
import { Server } from "./server";
import { Talk } from "./talk";

interface Fixtures {
  /** A copy of the project. */
  project: Project;
  /** A `deck serve` of the copy. */
  server: Server;
  /** The deck in a page that was let in. */
  talk: Talk;
  /** What the pages of the test did wrong; the test fails if anything is left at its end. */
  faults: Faults;
  /** Opens a context that is watched for faults, for an origin of its own. */
  contextFor: (origin: string, options?: BrowserContextOptions) => Promise<BrowserContext>;
}

/** A test with a project, a server and a browser of its own. */
export const test = base.extend<Fixtures>({
  project: async ({}, use, { parallelIndex }) => {
    const project = await Project.copy(parallelIndex);
    await use(project);
    await project.remove();
  },

  server: async ({ project }, use) => {
    const server = await Server.start(project);
    await use(server);
    await server.end();
  },

  faults: async ({}, use) => {
    const faults = new Faults();
    await use(faults);
    expect(faults.unexpected, "what the pages did wrong").toEqual([]);
  },

  contextFor: async ({ browser, faults }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (origin, options = {}) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, ...options });
      contexts.push(context);
      await faults.watch(context, origin);
      return context;
    });
    for (const context of contexts) await context.close();
  },

  talk: async ({ server, contextFor }, use) => {
    const context = await contextFor(server.origin);
    const page = await context.newPage();
    await page.goto(server.link);
    await use(await new Talk(page).live());
  },
});

export { expect };

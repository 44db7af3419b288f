import { defineConfig } from "@playwright/test";
import suite from "../browser/playwright.config";

/** `make share-check`: the finished site, as a reader's browser and pip meet it. What held is listed on the site. */
export default defineConfig({
  ...suite,
  testDir: ".",
  outputDir: "../test-results/share-check",
  reporter: [["list"], ["./report.ts"]],
});

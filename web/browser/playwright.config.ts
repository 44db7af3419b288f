import { defineConfig } from "@playwright/test";
import { prerequisites } from "./prerequisites";

/** The talk must work with the cable pulled, so no name but this machine's leads anywhere, in every test. */
const offline = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost";
const quiet = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"];

export default defineConfig({
  testDir: ".",
  testMatch: "*.test.ts",
  outputDir: "../test-results",
  reporter: "list",
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    viewport: { width: 1280, height: 720 },
    actionTimeout: 15_000,
    // Playwright starts Chromium without its sandbox: the only pages are those of the deck.
    launchOptions: { executablePath: prerequisites().chromium, args: [...quiet, offline] },
  },
});

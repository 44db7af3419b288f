// The browser of this machine, for everything that is measured, tested or printed in it.
import { chromium, type Browser } from "playwright-core";
import { isExecutable, onPath } from "./on-path";

const names = ["chromium", "chromium-browser", "google-chrome"];

/** What to do without one. */
export const installChromium = "Install Chromium (Debian: apt install chromium), or name its path in CHROMIUM.";

/** The path of Chromium: what CHROMIUM names, else what is on PATH. It throws an error that says what to do if there is none. */
export function chromiumPath(): string {
  const named = process.env["CHROMIUM"];
  if (named !== undefined && !isExecutable(named)) throw new Error(`CHROMIUM names no program: ${named}. ${installChromium}`);
  const found = named ?? onPath(names);
  if (found === null) throw new Error(`None of ${names.join(", ")} is on PATH. ${installChromium}`);
  return found;
}

/** Starts it without a window. Pages of the deck alone are opened in it. */
export function launchChromium(executablePath: string): Promise<Browser> {
  const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"];
  // Chromium's sandbox refuses to work for root, which is who runs things in containers.
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath, args: [...quiet, ...sandbox, "--disable-gpu", "--no-first-run"] });
}

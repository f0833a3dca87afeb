/**
 * Headless Chromium, of Debian's package `chromium`, driven by Playwright. The tests that need it are skipped, by name,
 * where it isn't installed.
 */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const PROGRAM = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => existsSync(path));

/** Describes what needs Chromium; without it, each test is skipped and says so. */
export function describeWithChromium(title: string, tests: () => void): void {
  if (PROGRAM !== undefined) describe(title, tests);
  else describe.skip(`${title} (needs Debian's package chromium)`, tests);
}

/** Starts Chromium. */
export function startChromium(): Promise<Browser> {
  if (PROGRAM === undefined) throw new Error("Chromium isn't installed.");
  // Tests run as root in containers, where Chromium's own sandbox can't.
  return chromium.launch({ executablePath: PROGRAM, args: ["--no-sandbox"] });
}

/** Headless Chromium, from Debian's package `chromium`, driven by Playwright. */
import { type Browser, chromium } from "playwright-core";

import { pathOf } from "./programs";

/** Starts Chromium. */
export function startChromium(): Promise<Browser> {
  const program = pathOf("chromium");
  if (program === undefined) throw new Error("Chromium isn't installed.");
  // Tests run as root in containers, where Chromium's own sandbox doesn't work.
  return chromium.launch({ executablePath: program, args: ["--no-sandbox"] });
}

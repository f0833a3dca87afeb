import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

import fc from "fast-check";

import { ROOT } from "../../support/rehearse";

describe("Generated stack files", () => {
  it("make every choice of every setting, and send AWS nothing that it, or the policies, would refuse", async function () {
    this.timeout(900_000);
    const { seed } = fc.readConfigureGlobal();
    const options = ["--cover", "--runs", "60", ...(seed === undefined ? [] : ["--seed", String(seed)])];
    const run = spawn("npm", ["run", "--silent", "generated", "--", ...options], {
      cwd: ROOT,
      // It tells now and then how far it is.
      stdio: ["ignore", "pipe", "inherit"],
    });
    const report = await text(run.stdout);
    const [, covering = "", percent = ""] =
      /^(\d+) stack files make all \d+ choices of the settings\nseed \d+: \d+ stack files, [1-9]\d+ requests; (\d+) percent of [1-9]\d+ changes go together\n$/.exec(
        report,
      ) ?? [];
    assert.ok(Number(covering) >= 10 && Number(percent) >= 40, report);
  });
});

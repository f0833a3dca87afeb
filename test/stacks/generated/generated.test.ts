import assert from "node:assert/strict";

import fc from "fast-check";

import { main } from "./main";

describe("Generated stack files", () => {
  it("contain every choice of every setting, and produce no input that AWS or the policies refuse", async function () {
    this.timeout(900_000);
    const { seed } = fc.readConfigureGlobal();
    const options = ["--cover", "--runs", "5", ...(seed === undefined ? [] : ["--seed", String(seed)])];
    const lines: string[] = [];
    // In this process, so that later tests find the SDK loaded.
    const status = await main(options, (line) => lines.push(line));
    const report = lines.join("\n");
    assert.equal(status, 0, report);
    const [, covering = "", percent = ""] =
      /^(\d+) stack files make all \d+ choices of the settings\nseed \d+: \d+ stack files, [1-9]\d+ requests; (\d+) percent of [1-9]\d+ changes go together$/.exec(
        report,
      ) ?? [];
    assert.ok(Number(covering) >= 10 && Number(percent) >= 40, report);
  });
});

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../support/rehearse";

/** Runs the command line under a Node.js that reports another version. */
function underNode(version: string): { status: number | null; stderr: string } {
  const folder = mkdtempSync(join(tmpdir(), "node-version-"));
  try {
    const disguise = join(folder, "disguise.cjs");
    writeFileSync(disguise, `Object.defineProperty(process.versions, "node", { value: "${version}" });`);
    const args = ["-r", disguise, join(ROOT, "packages/rehearse/bin.cjs"), "--help"];
    return spawnSync(process.execPath, args, { encoding: "utf8" });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("a Node.js version that is too old", () => {
  for (const version of ["16.20.2", "20.18.3"]) {
    it(`fails with one clear line for ${version}`, () => {
      const { status, stderr } = underNode(version);
      assert.equal(status, 2);
      assert.match(stderr, /^Node [\d.]+ is too old: 20\.19 or newer is needed, 22 recommended\. .*\n$/);
    });
  }

  it("does not include 20.19 and newer", () => {
    for (const version of ["20.19.0", "22.0.0", "24.1.0"])
      assert.equal(underNode(version).status, 0, version);
  });
});

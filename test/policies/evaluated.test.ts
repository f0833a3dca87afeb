import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { CATALOG } from "../../policies/catalog";
import { rehearseWarm } from "../support/rehearse";

describe("A rehearsal", () => {
  it("evaluates every rule in the catalogue, and skips none silently", async () => {
    const folder = mkdtempSync(join(tmpdir(), "evaluated-"));
    const file = join(folder, "policies.xml");
    const { status, stderr } = await rehearseWarm(["dev", "--junit", file]);
    assert.equal(status, 0, stderr);
    const cases = [...readFileSync(file, "utf8").matchAll(/<testcase [^>]*\bname="([^"]+)"/g)].map(
      ([, name]) => name,
    );
    rmSync(folder, { recursive: true });
    assert.deepEqual(cases.sort(), CATALOG.map(({ id }) => id).sort());
  });
});

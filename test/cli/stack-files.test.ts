import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { getFileInfo, check, resolveConfig } from "prettier";

import { fixture, rehearseHere, ROOT } from "../support/rehearse";

/** Pulumi.prod.yaml after `pulumi stack init` and `pulumi config set`, by CLI 3.260.0. */
const REWRITTEN = join(fixture("stack-files"), "Pulumi.prod.yaml");
const ignorePath = join(ROOT, ".prettierignore");

describe("A stack file that the CLI has rewritten", () => {
  it("differs from Prettier's format, and still passes npm run check, in every folder", async () => {
    const text = readFileSync(REWRITTEN, "utf8");
    assert.match(text, /: "90"\n[^]*\{source: store\}\n[^]*'team: shop'[^]*\nencryptionsalt: v1:/);
    const options = { ...(await resolveConfig(REWRITTEN)), filepath: REWRITTEN };
    assert.equal(await check(text, options), false);
    for (const file of ["Pulumi.prod.yaml", "Pulumi.review-12.yaml", "bootstrap/Pulumi.account.yaml"])
      assert.ok((await getFileInfo(join(ROOT, file), { ignorePath })).ignored, file);
    assert.ok(!(await getFileInfo(join(ROOT, "Pulumi.yaml"), { ignorePath })).ignored);
  });

  it("has the same rehearsal as before", async () => {
    const { status, stdout, stderr } = await rehearseHere(["prod", "--config-file", REWRITTEN]);
    assert.equal(status, 0, stderr + stdout);
    assert.match(stdout, /https:\/\/store\.example\.com/);
  });
});

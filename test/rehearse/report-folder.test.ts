import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { programOf, rehearseHere, rehearseWarm } from "../support/rehearse";

/** A program with a text that is marked as secret, and the same text without the mark. */
const program = (plain: string): string =>
  programOf(`
const pulumi = require("@pulumi/pulumi");
new aws.ssm.Parameter("marked", { type: "SecureString", name: "/marked", value: pulumi.secret("hunter2-marked") });
new aws.ssm.Parameter("plain", { type: "String", name: "/plain", value: "1", description: ${JSON.stringify(plain)} });
`);

describe("rehearse --report DIR", () => {
  const root = mkdtempSync(join(tmpdir(), "report folder "));
  after(() => rmSync(root, { recursive: true }));

  it("shows no secret in the changes", async () => {
    const [state, folder] = [join(root, "state.json"), join(root, "changes/")];
    const former = await rehearseWarm(["dev", "--program", program("old"), "--export", state]);
    assert.equal(former.status, 0, former.stderr);
    const args = ["dev", "--program", program("the hunter2-marked one"), "--against", state];
    const { status, stderr } = await rehearseWarm([...args, "--report", folder]);
    assert.equal(status, 0, stderr);
    const page = readFileSync(join(folder, "index.html"), "utf8");
    assert.ok(page.includes("the [secret] one"));
    assert.match(page, /What changes/);
    for (const file of readdirSync(folder))
      assert.ok(!readFileSync(join(folder, file), "latin1").includes("hunter2-marked"), file);
  });

  it("is not written over files of another origin", async () => {
    const folder = join(root, "site");
    mkdirSync(folder);
    writeFileSync(join(folder, "index.html"), "<h1>Our site</h1>");
    mkdirSync(join(folder, "report.md"));
    const { status, stdout, stderr } = await rehearseHere(["dev", "--report", folder]);
    assert.deepEqual([status, stdout], [2, ""]);
    for (const name of ["index.html", "report.md"])
      assert.ok(
        stderr.includes(`${join(folder, name)} exists, but is not a report by rehearse: name another`),
        stderr,
      );
    assert.equal(readFileSync(join(folder, "index.html"), "utf8"), "<h1>Our site</h1>");
  });
});

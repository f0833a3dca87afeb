import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { appendFileSync, cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { fixture, type Graph, pack, programOf, rehearseJson, ROOT } from "../support/rehearse";

/** test/true-engine checks that the hashes are those of the engine. */
describe("the hashes of assets and archives", () => {
  let dir: string;
  before(() => {
    dir = mkdtempSync(join(tmpdir(), "assets-"));
    cpSync(fixture("assets-and-archives"), join(dir, "program"), { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(dir, "node_modules"));
  });
  after(() => rmSync(dir, { recursive: true, force: true }));

  const graphOf = async (program: string): Promise<Graph> =>
    (await rehearseJson(["dev", "--program", program, "--policy-pack", pack("allows")])).graph("preview");
  const hashes = ({ resources }: Graph): Record<string, string> =>
    Object.fromEntries(
      resources.flatMap(({ name, inputs }) => {
        const content = (inputs["source"] ?? inputs["code"]) as { hash?: string } | undefined;
        return content === undefined ? [] : [[name, content.hash ?? "none"]];
      }),
    );

  it("depend on the contents, and change with any file in a folder", async () => {
    const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
    const before = hashes(await graphOf(fixture("assets-and-archives")));
    assert.equal(before["text"], sha256("grüße"));
    assert.equal(before["file"], sha256("one\n"));
    assert.match(before["folder"] ?? "", /^[0-9a-f]{64}$/);
    assert.match(before["code"] ?? "", /^[0-9a-f]{64}$/);
    assert.equal(new Set(Object.values(before)).size, 4);

    appendFileSync(join(dir, "program", "files", "inner", "a.txt"), "more");
    const after = hashes(await graphOf(join(dir, "program")));
    const changed = Object.keys(before).filter((name) => after[name] !== before[name]);
    assert.deepEqual(changed.sort(), ["code", "folder"]);
  });

  it("are set for archives within an archive, too; the outer archive has none, as it would have to be unpacked", async () => {
    const program = programOf(`
      const { AssetArchive, FileArchive } = require("@pulumi/pulumi").asset;
      const code = new AssetArchive({ lib: new FileArchive("package.json"), more: new AssetArchive({}) });
      new aws.lambda.Function("nested", { role: "r", runtime: "nodejs22.x", handler: "index.handler", code });`);
    const { inputs } = (await graphOf(program)).one("aws:lambda/function:Function");
    const { hash, assets } = inputs["code"] as { hash?: string; assets: { lib: { hash: string } } };
    assert.equal(hash, undefined);
    assert.match(assets.lib.hash, /^[0-9a-f]{64}$/);
  });
});

import assert from "node:assert/strict";
import { join } from "node:path";
import { fixture, type Graph, pack, parsed, rehearseJson } from "../support/rehearse";

const program = ["--program", fixture("typed-config"), "--policy-pack", pack("allows")];

describe("configuration", () => {
  let graph: Graph;
  before(async () => {
    const run = await rehearseJson(["dev", ...program]);
    assert.equal(run.status, 0, run.stderr);
    graph = run.graph("preview");
  });

  it("reaches the program with its types", () => {
    const { count, enabled, zones, sizes } = graph.stack.outputs;
    assert.deepEqual(
      { count, enabled, zones, sizes },
      { count: 3, enabled: true, zones: ["x", "y"], sizes: { max: 2, min: 1, name: "no" } },
    );
  });

  it("gets the schema's defaults and fixed values if the stack file does not set them", () => {
    const { owner, limit, other } = graph.stack.outputs;
    assert.deepEqual({ owner, limit, other }, { owner: "nobody", limit: 7, other: "fixed" });
  });

  it("represents numbers as the CLI does", () => {
    assert.equal(graph.stack.outputs["ratio"], "3.5");
  });

  it("of a provider's namespace sets the default provider's inputs", () => {
    const { inputs } = graph.one("pulumi:providers:aws");
    assert.equal(inputs["region"], "eu-central-1");
    assert.deepEqual(parsed(inputs["defaultTags"]), { tags: { team: "shop" } });
  });

  it("adds the provider's default tags to resources", () => {
    const { inputs } = graph.one("aws:s3/bucket:Bucket");
    assert.deepEqual(inputs["tags"], { owner: "nobody", min: "1" });
    assert.deepEqual(inputs["tagsAll"], { owner: "nobody", min: "1", team: "shop" });
  });

  it("is read from --config-file, matched to the stacks in order", async () => {
    const other = join(fixture("typed-config"), "config", "other.yaml");
    const own = join(fixture("typed-config"), "Pulumi.dev.yaml");
    const run = await rehearseJson(["new", "old", ...program, "--config-file", other, "--config-file", own]);
    assert.equal(run.status, 0, run.stderr);
    assert.equal(run.graph("preview", "new").stack.outputs["count"], 8);
    assert.equal(run.graph("preview", "new").stack.outputs["owner"], "somebody");
    assert.equal(run.graph("preview", "old").stack.outputs["count"], 3);
  });
});

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fixture, type Graph, type JsonRun, pack, parsed, rehearseJson } from "../support/rehearse";

/** The fields of a resource in `pulumi stack export` that the tests use. */
interface StateResource {
  readonly urn: string;
  readonly custom: boolean;
  readonly parent?: string;
  readonly dependencies?: readonly string[];
  readonly provider?: string;
  readonly [field: string]: unknown;
}

/** The state that \`--export\` writes. */
interface State {
  readonly version: number;
  readonly deployment: { readonly manifest: object; readonly resources: readonly StateResource[] };
}

function args(name: string): string[] {
  return ["dev", "--program", fixture(name), "--policy-pack", pack("allows")];
}

describe("resource options", () => {
  const folder = mkdtempSync(join(tmpdir(), "rehearse-export-"));
  const file = join(folder, "state.json");
  let run: JsonRun;
  let up: Graph;
  let state: State;
  const inState = (name: string): StateResource => {
    const found = state.deployment.resources.filter(({ urn }) => urn.endsWith(`::${name}`));
    assert.equal(found.length, 1, name);
    return found[0] as StateResource;
  };

  before(async () => {
    run = await rehearseJson([...args("resource-options"), "--mode", "up", "--export", file]);
    assert.equal(run.status, 0, run.stderr);
    up = run.graph("up");
    state = parsed<State>(readFileSync(file, "utf8"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("are exported as `pulumi stack export` writes them", () => {
    const { type, custom, protect, ignoreChanges } = inState("first");
    assert.deepEqual(
      { type, custom, protect, ignoreChanges },
      { type: "aws:s3/bucket:Bucket", custom: true, protect: true, ignoreChanges: ["tags", "acl"] },
    );
    const renamed = inState("renamed");
    assert.deepEqual(renamed["customTimeouts"], { create: 300, delete: 5400 });
    assert.equal(renamed["retainOnDelete"], true);
    assert.equal(renamed["protect"], undefined);
    assert.deepEqual(renamed["aliases"], undefined);
    assert.equal(inState("versions")["deletedWith"], inState("first").urn);
  });

  it("inherit protect from the parent only", () => {
    assert.equal(inState("guarded-inside")["protect"], true);
    assert.equal(inState("plain-inside")["protect"], undefined);
  });

  it("turn a dependency on a component into dependencies on its children", () => {
    const after = up.one("aws:s3/bucket:Bucket", "after");
    assert.ok(after.dependencies.includes(up.one("aws:s3/bucket:Bucket", "plain-inside").urn));
    assert.deepEqual(
      after.propertyDependencies["tags"],
      ["first", "renamed"].map((name) => up.one("aws:s3/bucket:Bucket", name).urn),
    );
  });

  it("keep dependsOn out of the property dependencies", () => {
    const versions = up.one("aws:s3/bucketVersioning:BucketVersioning");
    const [first, renamed] = ["first", "renamed"].map((name) => up.one("aws:s3/bucket:Bucket", name).urn);
    assert.deepEqual([...versions.dependencies].sort(), [first, renamed]);
    assert.deepEqual(versions.propertyDependencies["bucket"], [first]);
  });

  describe("in the exported state", () => {
    it("have version 3, a manifest and every resource", () => {
      assert.equal(state.version, 3);
      assert.deepEqual(Object.keys(state.deployment.manifest), ["time", "magic", "version"]);
      assert.deepEqual(
        state.deployment.resources.map(({ urn }) => urn),
        up.resources.map(({ urn }) => urn),
      );
    });

    it("list the dependencies of a resource before the resource", () => {
      const seen = new Set<string>();
      for (const { urn, parent, provider, dependencies = [] } of state.deployment.resources) {
        const needed = [
          ...dependencies,
          ...(parent ? [parent] : []),
          ...(provider ? [provider.replace(/::[^:]*$/, "")] : []),
        ];
        for (const need of needed) assert.ok(seen.has(need), `${urn} comes before ${need}`);
        seen.add(urn);
      }
      assert.equal(seen.size, 10);
    });

    it("name the provider of a custom resource by URN and ID, and no provider for a component", () => {
      const provider = inState("default_7_48_0");
      assert.equal(inState("first").provider, `${provider.urn}::${String(provider["id"])}`);
      assert.equal(inState("guarded").provider, undefined);
      assert.equal(inState("guarded").custom, false);
    });

    it("omit empty fields", () => {
      const root = inState("resource-options-dev");
      assert.deepEqual(Object.keys(root), ["urn", "custom", "type", "created", "modified"]);
    });
  });
});

describe("transforms", () => {
  let up: Graph;
  before(async () => {
    const run = await rehearseJson([...args("transforms"), "--mode", "up"]);
    assert.equal(run.status, 0, run.stderr);
    up = run.graph("up");
  });

  it("of the parent and of the stack both change a resource", () => {
    const { inputs } = up.one("aws:s3/bucket:Bucket", "left-books");
    assert.deepEqual(inputs["tags"], { own: "yes", parent: "yes", stack: "yes" });
    assert.equal(inputs["forceDestroy"], true);
  });

  it("combine with the older transformations", () => {
    const { inputs } = up.one("aws:s3/bucket:Bucket", "right-books");
    assert.deepEqual(inputs["tags"], { own: "yes", old: "yes", stack: "yes" });
    assert.equal(inputs["forceDestroy"], true);
  });

  it("get a mapping that contains a secret, not a secret mapping", () => {
    const { inputs } = up.one("aws:sns/topic:Topic");
    assert.deepEqual(inputs["tags"], { own: "yes", token: "[secret]", more: "yes" });
  });

  it("of a resource keep its dependencies, but in up not by property, which the SDK does not send back", () => {
    const topic = up.one("aws:sns/topic:Topic");
    assert.equal(topic.inputs["displayName"], "T");
    const policy = up.one("aws:sns/topicPolicy:TopicPolicy");
    assert.equal(policy.inputs["policy"], '{"changed":true}');
    assert.deepEqual(policy.dependencies, [topic.urn]);
    // As on the true engine; policies can't rely on property dependencies here.
    assert.deepEqual(policy.propertyDependencies["arn"], []);
  });
});

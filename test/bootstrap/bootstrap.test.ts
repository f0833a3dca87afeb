import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Graph, rehearse, rehearseJson, ROOT } from "../support/rehearse";

const ARGS = ["account", "--program", join(ROOT, "bootstrap"), "--policy-pack", join(ROOT, "policies")];

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: { readonly StringEquals?: Record<string, string> };
}
const statements = (policy: unknown): readonly Statement[] =>
  (JSON.parse(String(policy)) as { readonly Statement: readonly Statement[] }).Statement;

describe("The bootstrap program", () => {
  let graph: Graph;
  before(async () => {
    const run = await rehearseJson([...ARGS, "--mode", "up"]);
    assert.equal(run.status, 0, run.stdout + run.stderr);
    graph = run.graph("up");
  });

  it("gives each environment two roles, each for jobs in the environment of its name alone", () => {
    const subjects = graph.ofType("aws:iam/role:Role").map(({ name, inputs }) => {
      const [trust] = statements(inputs["assumeRolePolicy"]);
      const { StringEquals = {}, ...others } = trust?.Condition ?? {};
      assert.deepEqual(others, {}, "a condition beside equality, such as StringLike");
      return [name, StringEquals["token.actions.githubusercontent.com:sub"]];
    });
    const names = ["dev", "prod", "review"].flatMap((name) => [`${name}-preview`, name]);
    assert.deepEqual(
      subjects.sort(),
      names.map((name) => [name, `repo:your-org/web-store:environment:${name}`]).sort(),
    );
  });

  it("lets previews read alone", () => {
    const attached = graph.ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment");
    const own = graph.ofType("aws:iam/rolePolicy:RolePolicy");
    for (const { name, inputs } of attached.filter((one) => one.name.endsWith("-preview"))) {
      assert.equal(inputs["policyArn"], "arn:aws:iam::aws:policy/ReadOnlyAccess");
      const actions = statements(own.find((one) => one.name === name)?.inputs["policy"]).flatMap(
        ({ Action }) => Action,
      );
      assert.deepEqual(
        actions.filter((action) => /Put|Delete|Create|Encrypt|Generate|\*/.test(action)),
        [],
      );
    }
  });

  it("bounds every role: none touches the roles of pipelines, users or boundaries", () => {
    const boundary = graph.one("aws:iam/policy:Policy");
    for (const { outputs, inputs } of graph.ofType("aws:iam/role:Role")) {
      assert.equal(inputs["permissionsBoundary"], boundary.outputs["arn"]);
      assert.match(String(outputs["arn"]), /role\/web-store-github-/);
    }
    const denied = statements(boundary.inputs["policy"]).filter(({ Effect }) => Effect === "Deny");
    const everywhere = denied.find(({ Resource }) => Resource === "*")?.Action ?? [];
    for (const action of ["iam:*User*", "iam:*PermissionsBoundary", "iam:AttachRolePolicy"])
      assert.ok(everywhere.includes(action), action);
    assert.match(String(denied.at(-1)?.Resource), /:role\/web-store-github-\*$/);
  });

  it("keeps every version of the state, encrypted by a key that rotates, and away from the public", () => {
    const config = (type: string) => graph.one(`aws:s3/${type}`).inputs;
    assert.deepEqual(config("bucketVersioning:BucketVersioning")["versioningConfiguration"], {
      status: "Enabled",
    });
    assert.equal(graph.one("aws:kms/key:Key").inputs["enableKeyRotation"], true);
    assert.equal(config("bucketPublicAccessBlock:BucketPublicAccessBlock")["restrictPublicBuckets"], true);
    const encryption = JSON.stringify(
      config("bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"),
    );
    assert.match(encryption, /aws:kms/);
  });

  it("refuses a name that would let others in, before anything is created", async () => {
    const folder = mkdtempSync(join(tmpdir(), "bootstrap-"));
    const file = join(folder, "Pulumi.account.yaml");
    const config = {
      "aws:region": "eu-west-1",
      "web-store-bootstrap:repository": "octo/*",
      "web-store-bootstrap:environments": ["*"],
    };
    writeFileSync(file, JSON.stringify({ config }));
    const { status, stdout } = await rehearse([...ARGS, "--config-file", file]);
    rmSync(folder, { recursive: true });
    assert.equal(status, 3);
    assert.match(stdout, /repository is "octo\/\*"[^]*environments has "\*"/);
    assert.doesNotMatch(stdout, /aws:iam/);
  });
});

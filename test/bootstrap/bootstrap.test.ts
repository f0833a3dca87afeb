import assert from "node:assert/strict";

import { rehearseBootstrap } from "../support/bootstrap";
import { type Document, rolesOf } from "../support/iam";
import { type Graph, parsed, text } from "../support/rehearse";

const ISSUER = "token.actions.githubusercontent.com";

/** The conditions of each role on a job's token, which must all test for equality. */
function trustOf(graph: Graph): Record<string, unknown> {
  const roles = graph.ofType("aws:iam/role:Role").map(({ name, inputs }) => {
    const { Statement } = parsed<Document>(inputs["assumeRolePolicy"]);
    assert.equal(Statement.length, 1);
    const { StringEquals, ...others } = Statement[0]?.Condition ?? {};
    assert.deepEqual(others, {}, "a condition other than equality, such as StringLike");
    return [name, StringEquals];
  });
  return Object.fromEntries(roles) as Record<string, unknown>;
}

const trusts = (repository: string, environment: string, ref?: string): unknown => ({
  [`${ISSUER}:aud`]: "sts.amazonaws.com",
  [`${ISSUER}:sub`]: `repo:${repository}:environment:${environment}`,
  ...(ref === undefined ? {} : { [`${ISSUER}:ref`]: ref }),
});

describe("The bootstrap program", () => {
  let graph: Graph;
  before(async () => {
    const run = await rehearseBootstrap();
    assert.equal(run.status, 0, run.stdout + run.stderr);
    graph = run.graph("up");
  });

  it("creates two roles for each environment, only for its jobs, and the deploying role only for main", () => {
    assert.deepEqual(trustOf(graph), {
      dev: trusts("octo/store", "dev", "refs/heads/main"),
      "dev-preview": trusts("octo/store", "dev-preview"),
      prod: trusts("octo/store", "prod", "refs/heads/main"),
      "prod-preview": trusts("octo/store", "prod-preview"),
    });
  });

  it("uses GitHub's IDs in its trust policies, and lets pull request jobs only review", async () => {
    const run = await rehearseBootstrap({
      repository: "octo@123/store@456",
      environments: ["dev", "review"],
    });
    assert.equal(run.status, 0, run.stdout + run.stderr);
    assert.deepEqual(trustOf(run.graph("up")), {
      dev: trusts("octo@123/store@456", "dev", "refs/heads/main"),
      "dev-preview": trusts("octo@123/store@456", "dev-preview"),
      review: trusts("octo@123/store@456", "review"),
      "review-preview": trusts("octo@123/store@456", "review-preview"),
    });
  });

  it("sets the boundary on every role, and only the program's own policies", () => {
    const boundary = graph.one("aws:iam/policy:Policy", "pipelines").outputs["arn"];
    for (const { inputs } of graph.ofType("aws:iam/role:Role"))
      assert.equal(inputs["permissionsBoundary"], boundary);
    for (const { name, policies } of rolesOf(graph).values())
      // `rolesOf` fails for a policy that the program doesn't create.
      assert.equal(policies.length, name.endsWith("-preview") ? 2 : 3);
    assert.equal(
      graph.stack.outputs["permissionsBoundary"],
      graph.one("aws:iam/policy:Policy", "workloads").outputs["arn"],
    );
  });

  // Characters without white space: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  it("stays within IAM's size limits for policies", () => {
    const sizes = (type: string, property: string): [string, number][] =>
      graph
        .ofType(type)
        .map(({ name, inputs }) => [name, text(inputs[property]).replaceAll(/\s/g, "").length]);
    const limits = [
      { type: "aws:iam/policy:Policy", property: "policy", limit: 6144 },
      { type: "aws:iam/rolePolicy:RolePolicy", property: "policy", limit: 10_240 },
      { type: "aws:iam/role:Role", property: "assumeRolePolicy", limit: 2048 },
    ];
    for (const { type, property, limit } of limits) {
      assert.notEqual(sizes(type, property).length, 0, type);
      for (const [name, size] of sizes(type, property))
        assert.ok(size <= limit, `${type} ${name}: ${size} of ${limit}`);
    }
    const attached = graph
      .ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
      .map(({ inputs }) => text(inputs["role"]));
    for (const role of attached) assert.ok(attached.filter((one) => one === role).length <= 10, role);
  });

  it("keeps every version of the state, encrypted with a rotating key, and private", () => {
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

  it("refuses a name that would let others in before it creates anything", async () => {
    const { status, stdout, stderr } = await rehearseBootstrap({
      repository: "octo/*",
      environments: ["*", "dev-preview"],
    });
    assert.equal(status, 2);
    const said = stdout + stderr;
    assert.match(
      said,
      /repository is \\?"octo\/\*\\?"[^]*environments has \\?"\*\\?"[^]*environments has \\?"dev-preview\\?"/,
    );
    assert.doesNotMatch(said, /aws:iam/);
  });

  it("refuses review in the account of prod", async () => {
    const { status, stdout, stderr } = await rehearseBootstrap({ environments: ["dev", "prod", "review"] });
    assert.equal(status, 2);
    assert.match(stdout + stderr, /environments has review and prod[^]*in an account without them/);
  });

  it("refuses application actions that lead to other roles, or cover a whole service", async () => {
    const applicationActions = ["sqs:SendMessage", "iam:PassRole", "sqs:*", "*"];
    const { status, stdout, stderr } = await rehearseBootstrap({ applicationActions });
    assert.equal(status, 2);
    const said = [...(stdout + stderr).matchAll(/applicationActions has \\?"([^"\\]+)\\?"/g)];
    assert.deepEqual([...new Set(said.map(([, action]) => action))], ["iam:PassRole", "sqs:*", "*"]);
  });

  it("refuses anything but one role's ARN for a hosted zone", async () => {
    const good = "arn:aws:iam::210987654321:role/store-dns";
    const bad = ["arn:aws:iam::210987654321:role/*", "arn:aws:iam::*:role/store-dns", "store-dns", "*"];
    const { status, stdout, stderr } = await rehearseBootstrap({ hostedZoneRoleArns: [good, ...bad] });
    assert.equal(status, 2);
    const said = [...(stdout + stderr).matchAll(/hostedZoneRoleArns has \\?"([^"\\]+)\\?"/g)];
    assert.deepEqual([...new Set(said.map(([, arn]) => arn))], bad);
  });
});

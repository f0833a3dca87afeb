import assert from "node:assert/strict";

import { type JsonResource, stackJson } from "../../packages/rehearse/report/json";
import { actionsOf, CALLS, TOOLS } from "../support/aws-calls";
import { rehearseBootstrap } from "../support/bootstrap";
import {
  arnsAsked,
  mayDo,
  mayDoAsNamed,
  type Request,
  type Role,
  rolesOf,
  type Statement,
} from "../support/iam";
import { ourStacks } from "../support/our-stacks";
import { Graph, parsed, text } from "../support/rehearse";
import { type Attack, escalations, secrets } from "./attacks";

/** A role of another account for its hosted zone. */
const DNS_ROLE = "arn:aws:iam::210987654321:role/store-dns";

describe("The pipelines' roles", () => {
  let bootstrap: Graph;
  let deploys: Role;
  let previews: Role;
  let workloads: string;
  let stacks: readonly Graph[];
  before(async () => {
    // The example with-postgres sends messages.
    const applicationActions = ["sqs:SendMessage", "sqs:GetQueueUrl"];
    bootstrap = (await rehearseBootstrap({ applicationActions, hostedZoneRoleArns: [DNS_ROLE] })).graph("up");
    const roles = rolesOf(bootstrap);
    deploys = roles.get("prod") as Role;
    previews = roles.get("prod-preview") as Role;
    workloads = boundary("workloads");
    stacks = [...(await ourStacks())].map(([stack, { resources }]) => {
      const rehearsal = { stack, mode: "up", findings: [], unjudged: [], outputs: {} } as const;
      return new Graph(stackJson({ ...rehearsal, resources: [...resources.values()] }));
    });
  });

  const boundary = (name: string): string =>
    text(bootstrap.one("aws:iam/policy:Policy", name).outputs["arn"]);
  const context = (action: string, resource: JsonResource): Request["context"] => {
    if (action === "iam:PassRole") return { "iam:PassedToService": serviceOf(resource) };
    if (/^iam:(CreateRole|PutRole|UpdateAssumeRolePolicy)/.test(action))
      return { "iam:PermissionsBoundary": workloads };
    if (resource.type === "aws:ec2/launchTemplate:LaunchTemplate" && action !== "ec2:CreateLaunchTemplate")
      return {
        "aws:ResourceTag/Project": text((resource.inputs["tags"] as Record<string, unknown>)["Project"]),
      };
    return {};
  };

  it("are tested with every type that a stack has", () => {
    const types = new Set(stacks.flatMap(({ resources }) => resources.map(({ type }) => type)));
    const unknown = [...types].filter((type) => type.startsWith("aws:") && CALLS[type] === undefined);
    assert.deepEqual(unknown, [], "add them to test/support/aws-calls.ts");
  });

  it("deploy every stack and example, and preview them without changing anything", async () => {
    const wrong: string[] = [];
    const tried = new Set<string>();
    for (const resource of stacks.flatMap(({ resources }) => resources)) {
      const [reads, writes] = CALLS[resource.type] ?? [[], []];
      for (const action of [...actionsOf(reads), ...actionsOf(writes)])
        for (const arn of await arnsAsked(action, resource)) {
          if (tried.size === tried.add(`${action} ${withoutIds(arn)}`).size) continue;
          const request = { action, resource: arn, context: context(action, resource) };
          if (!(await mayDo(deploys, request))) wrong.push(`a deployment is refused ${action} on ${arn}`);
          const isRead = actionsOf(reads).includes(action);
          // The check above proves that such a request exists.
          if ((await mayDoAsNamed(previews, request)) !== isRead)
            wrong.push(`a preview is ${isRead ? "refused" : "allowed"} ${action} on ${arn}`);
        }
    }
    assert.deepEqual(wrong, []);
    assert.ok(tried.size > 500, `${tried.size} calls tried`);
  }).timeout(600_000);

  it("allow the tools' requests", async () => {
    const nothing = { type: "", name: "", inputs: {}, outputs: {} } as unknown as JsonResource;
    for (const action of actionsOf(TOOLS))
      for (const resource of await arnsAsked(action, nothing))
        for (const role of [deploys, previews])
          assert.ok(await mayDo(role, { action, resource }), `${role.name} is refused ${action}`);
  });

  it("may read the secret of a login's client, and no other one; may configure its user pool", async () => {
    const action = "secretsmanager:GetSecretValue";
    const of = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:123456789012:${resource}`;
    for (const role of [deploys, previews]) {
      const resource = of("secretsmanager", "secret:web-store-login-AbCdEf");
      assert.ok(await mayDo(role, { action, resource }), role.name);
      await refused([role], [[action, of("secretsmanager", "secret:web-store-database-AbCdEf")]]);
    }
    const pool: Attack = [
      "cognito-idp:DescribeUserPoolClient",
      of("cognito-idp", "userpool/eu-west-1_AbCdEfGhI"),
    ];
    assert.ok(await mayDo(deploys, { action: pool[0], resource: pool[1] }));
    await refused([previews], [pool]);
  });

  it("may run a release command with the store's documents, on the store's instances", async () => {
    const ours = { "ssm:resourceTag/Project": "web-store" };
    const of = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:123456789012:${resource}`;
    const calls: Attack[] = [
      ["ssm:SendCommand", of("ssm", "document/web-store-release-1234567")],
      ["ssm:SendCommand", of("ec2", "instance/i-0123456789abcdef0"), ours],
      ["ssm:ListCommands", "*"],
      ["ssm:GetCommandInvocation", "*"],
      ["ssm:PutParameter", of("ssm", "parameter/web-store-release-1234567")],
    ];
    for (const [action, resource, its] of calls)
      assert.ok(await mayDo(deploys, { action, resource, context: its }), `refused ${action} on ${resource}`);
    await refused([previews], calls);
  });

  it("may assume the hosted zone roles that the bootstrap names, and no other role in those accounts", async () => {
    const action = "sts:AssumeRole";
    const others = [`${DNS_ROLE}-admin`, DNS_ROLE.replace("store-dns", "admin")];
    for (const role of [deploys, previews]) {
      assert.ok(await mayDo(role, { action, resource: DNS_ROLE }), role.name);
      await refused(
        [role, unlimited(role)],
        others.map((other): Attack => [action, other]),
      );
    }
    const plain = rolesOf((await rehearseBootstrap()).graph("up"));
    for (const name of ["prod", "prod-preview"])
      await refused([plain.get(name) as Role, unlimited(plain.get(name) as Role)], [[action, DNS_ROLE]]);
  });

  it("allow a first deployment to create AWS's service-linked roles", async () => {
    const action = "iam:CreateServiceLinkedRole";
    for (const service of ["autoscaling", "elasticloadbalancing", "spot", "vpcorigin.cloudfront", "wafv2"]) {
      const name = `${service}.amazonaws.com`;
      const resource = `arn:aws:iam::123456789012:role/aws-service-role/${name}/AWSServiceRole`;
      assert.ok(
        await mayDo(deploys, { action, resource, context: { "iam:AWSServiceName": name } }),
        `refused for ${name}`,
      );
    }
  });

  const refused = async (roles: readonly Role[], attacks: readonly Attack[]): Promise<void> => {
    const allowed: string[] = [];
    for (const [action, resource, its] of attacks)
      for (const role of roles)
        if (await mayDo(role, { action, resource, context: its }))
          allowed.push(`${role.name}: ${action} on ${resource} ${JSON.stringify(its ?? {})}`);
    assert.deepEqual(allowed, []);
  };

  for (const way of Object.keys(escalations("", "")))
    it(`gain no permission by ${way}`, async () => {
      const attacks = escalations(workloads, boundary("pipelines"))[way] ?? [];
      await refused([deploys, previews], attacks);
    });

  it("are kept from the pipelines', others' and unbounded roles by the boundary only", async () => {
    const anything = unlimited(deploys);
    const ways = escalations(workloads, boundary("pipelines"));
    for (const way of [
      "a role without the boundary",
      "another boundary",
      "a managed policy",
      "people and their keys",
      "the pipelines' own roles",
      "the store's roles for other services",
    ])
      await refused([anything], ways[way] ?? assert.fail(way));
  });

  for (const what of Object.keys(secrets))
    it(`do not read in previews: ${what}`, () => refused([previews], secrets[what] ?? []));

  it("cannot change the state's bucket and key", async () => {
    const bucket = text(bootstrap.one("aws:s3/bucket:Bucket").outputs["arn"]);
    const key = text(bootstrap.one("aws:kms/key:Key").outputs["arn"]);
    const state = `${bucket}/.pulumi/stacks/web-store/prod.json`;
    const able = (role: Role, action: string, resource: string) => mayDo(role, { action, resource });
    for (const role of [deploys, previews]) {
      assert.ok(await able(role, "s3:GetObject", state));
      assert.ok(await able(role, "s3:ListBucket", bucket));
      assert.ok(await able(role, "kms:Decrypt", key));
    }
    for (const action of ["s3:PutObject", "s3:DeleteObject"]) {
      assert.ok(await able(deploys, action, state), action);
      assert.ok(!(await able(previews, action, state)), action);
    }
    assert.ok(await able(deploys, "kms:GenerateDataKey", key));
    const tampering: Attack[] = [
      ["s3:DeleteObjectVersion", state],
      ...[
        "s3:PutBucketPolicy",
        "s3:PutBucketVersioning",
        "s3:PutLifecycleConfiguration",
        "s3:DeleteBucket",
      ].map((action): Attack => [action, bucket]),
      ...["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:CreateGrant", "kms:DisableKey"].map(
        (action): Attack => [action, key],
      ),
    ];
    const anything = unlimited(deploys);
    await refused([deploys, previews, anything], tampering);
  });

  it("leave the store's roles their policies' permissions, and limit any further ones", async () => {
    const document = parsed<{ Statement: readonly Statement[] }>(
      bootstrap.one("aws:iam/policy:Policy", "workloads").inputs["policy"],
    );
    const roles = stacks.flatMap((graph) => [...rolesOf(graph, document).values()]);
    const lost: string[] = [];
    const tried = new Set<string>();
    for (const role of roles)
      for (const { Action, Resource, Condition } of role.policies.flatMap(({ Statement }) => Statement))
        for (const action of [Action ?? []].flat())
          for (const resource of [Resource ?? []].flat()) {
            if (tried.size === tried.add(`${action} ${withoutIds(resource)}`).size) continue;
            const its = Object.assign({}, ...Object.values(Condition ?? {})) as Request["context"];
            const sample = resource === "*" ? resource : resource.replaceAll("*", "any");
            if (!(await mayDoAsNamed(role, { action, resource: sample, context: its })))
              lost.push(`${role.name}: ${action} on ${resource}`);
          }
    assert.deepEqual(lost, []);
    assert.ok(tried.size > 20, `${tried.size} permissions tried`);

    const anything = unlimited(roles[0] as Role);
    const state = text(bootstrap.one("aws:s3/bucket:Bucket").outputs["arn"]);
    await refused(
      [anything],
      [
        ...Object.values(escalations(workloads, boundary("pipelines"))).flat(),
        [
          "iam:CreateRole",
          "arn:aws:iam::123456789012:role/web-store-x",
          { "iam:PermissionsBoundary": workloads },
        ],
        ["s3:GetObject", `${state}/.pulumi/stacks/web-store/prod.json`],
        ["s3:PutObject", "arn:aws:s3:::web-store-releases-1234567/store/x.cjs"],
        ["dynamodb:Scan", "arn:aws:dynamodb:eu-west-1:123456789012:table/web-store-orders-1234567"],
        [
          "kms:Decrypt",
          text(bootstrap.one("aws:kms/key:Key").outputs["arn"]),
          { "kms:ViaService": "s3.eu-west-1.amazonaws.com" },
        ],
        ["kms:Decrypt", "arn:aws:kms:eu-west-1:123456789012:key/1"],
      ],
    );
  });
});

/** The role with all permissions that its boundary allows. */
function unlimited(role: Role): Role {
  return { ...role, policies: [{ Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }] };
}

/** The service that a role's trust policy names. */
function serviceOf({ inputs }: JsonResource): string {
  const trust = inputs["assumeRolePolicy"];
  const { Statement } = (typeof trust === "string" ? JSON.parse(trust) : trust) as {
    readonly Statement: readonly { readonly Principal: { readonly Service: string } }[];
  };
  return Statement[0]?.Principal.Service ?? "nobody";
}

/** Names that differ only in random parts are checked once. */
function withoutIds(arn: string): string {
  return arn.replaceAll(/-[0-9a-f]{7}\b|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{12,}/g, "");
}

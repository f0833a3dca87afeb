import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Values } from "../../packages/rehearse/values";
import { mayDo, rolesOf } from "../support/iam";
import { type Graph, type JsonRun, rehearseJson, rehearseStacks } from "../support/rehearse";
import { isAccepted } from "../support/settings";
import { withLeast } from "../support/stack-file";

const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const QUEUE = "arn:aws:sqs:eu-west-1:123456789012:orders";
const IMAGE = `public.ecr.aws/shop/store@sha256:${"0".repeat(64)}`;

const permissions = { orders: { actions: ["sqs:SendMessage"], resources: [QUEUE] } };
const egress = {
  postgres: { port: 5432, cidr: "10.20.0.0/16" },
  cache: { port: 6379, securityGroupId: "sg-0123456789abcdef0" },
  metrics: { protocol: "udp", port: 8125, cidr: "10.20.0.0/16" },
};

/** The application of each stack. */
const STACKS: Readonly<Record<string, Values>> = {
  plain: { "web-store:application": { source: "container", image: IMAGE } },
  open: { "web-store:application": { source: "container", image: IMAGE, permissions, egress } },
  closed: {
    "web-store:network.natGateways": "none",
    "web-store:application": {
      permissions: {
        ...permissions,
        table: {
          actions: ["dynamodb:Query"],
          resources: ["arn:aws:dynamodb:eu-west-1:123456789012:table/carts"],
        },
      },
    },
  },
  green: { "web-store:application": { egress }, "web-store:blueGreen": { enabled: true } },
};

describe("The application's access", () => {
  let run: JsonRun;
  const graph = (stack: string): Graph => run.graph("up", stack);
  before(async () => {
    run = await rehearseStacks(withLeast(STACKS));
  });

  it("includes one egress rule for each entry of egress, besides HTTPS", () => {
    const ways = (stack: string, instance: string) =>
      graph(stack)
        .ofType(EGRESS)
        .filter(({ name }) => name.startsWith(`${instance}-instance-egress-`))
        .map(({ name, inputs }) => [
          name.slice(`${instance}-instance-egress-`.length),
          inputs["ipProtocol"],
          inputs["fromPort"],
          inputs["toPort"],
          inputs["cidrIpv4"] ?? inputs["referencedSecurityGroupId"],
        ])
        .sort();
    const all = [
      ["cache", "tcp", 6379, 6379, "sg-0123456789abcdef0"],
      ["metrics", "udp", 8125, 8125, "10.20.0.0/16"],
      ["postgres", "tcp", 5432, 5432, "10.20.0.0/16"],
    ];
    assert.deepEqual(ways("open", "web-store"), all);
    assert.deepEqual(ways("plain", "web-store"), []);
    for (const colour of ["web-store", "web-store-green"])
      assert.deepEqual(ways("green", colour), all, colour);
  });

  it("to AWS includes what permissions allow, and nothing else", async () => {
    const role = (stack: string) => {
      const found = rolesOf(graph(stack)).get("web-store-instance");
      assert.ok(found);
      return found;
    };
    const asked: readonly (readonly [stack: string, action: string, resource: string, may: boolean])[] = [
      ["open", "sqs:SendMessage", QUEUE, true],
      ["open", "sqs:SendMessage", `${QUEUE}-of-others`, false],
      ["open", "sqs:PurgeQueue", QUEUE, false],
      ["plain", "sqs:SendMessage", QUEUE, false],
    ];
    for (const [stack, action, resource, may] of asked)
      assert.equal(await mayDo(role(stack), { action, resource }), may, `${stack}: ${action} on ${resource}`);
  });

  it("from a container includes the metadata service only if the application has permissions", () => {
    const hops = (stack: string) =>
      (graph(stack).one("aws:ec2/launchTemplate:LaunchTemplate").inputs["metadataOptions"] as Values)[
        "httpPutResponseHopLimit"
      ];
    assert.equal(hops("plain"), 1);
    assert.equal(hops("open"), 2);
    assert.equal(hops("closed"), 1);
  });

  it("uses endpoints for the services in permissions if there is no NAT gateway", () => {
    const services = graph("closed")
      .ofType("aws:ec2/vpcEndpoint:VpcEndpoint")
      .map(({ inputs }) => String(inputs["serviceName"]).replace("com.amazonaws.eu-west-1.", ""));
    assert.deepEqual(services.sort(), ["dynamodb", "s3", "sqs", "ssm", "ssmmessages"]);
  });
});

describe("with-postgres", () => {
  const POSTGRES = join("examples", "with-postgres");

  it("opens the database's security group to the store's, by a stack reference, and the store's egress to the database", async () => {
    const store = await rehearseJson(["--config-file", `${POSTGRES}.yaml`, "--mode", "up"]);
    const { outputs } = store.graph("up", "with-postgres").stack;
    const folder = mkdtempSync(join(tmpdir(), "with-postgres-"));
    try {
      const answers = join(folder, "answers.json");
      writeFileSync(answers, JSON.stringify({ stackReferences: { "organization/web-store/prod": outputs } }));
      const run = await rehearseJson([
        "prod",
        "--program",
        POSTGRES,
        "--answers",
        answers,
        "--mode",
        "both",
        "--policy-pack",
        "policies",
      ]);
      assert.equal(run.status, 0, run.stderr);
      const up = run.graph("up", "prod");
      assert.deepEqual(up.stack.findings, []);
      assert.match(
        String(up.stack.outputs["secretArn"]),
        /^arn:aws:secretsmanager:eu-west-1:\d{12}:secret:rds!db-/,
      );
      assert.ok(isAccepted({ "environment.LOGIN.secretArn": String(up.stack.outputs["secretArn"]) }));
      const { inputs } = up.one("aws:ec2/securityGroup:SecurityGroup");
      const instances = store
        .graph("up", "with-postgres")
        .one("aws:ec2/securityGroup:SecurityGroup", "web-store-instance");
      assert.equal(inputs["vpcId"], outputs["vpcId"]);
      const [ingress] = inputs["ingress"] as Values[];
      assert.deepEqual(ingress?.["securityGroups"], [instances.outputs["id"]]);
      assert.deepEqual(
        up.one("aws:rds/subnetGroup:SubnetGroup").inputs["subnetIds"],
        outputs["privateSubnetIds"],
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
    const way = store.graph("up", "with-postgres").one(EGRESS, "web-store-instance-egress-postgres");
    assert.equal(way.inputs["fromPort"], 5432);
  });
});

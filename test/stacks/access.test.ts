import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Values } from "../../packages/rehearse/values";
import { mayDo, rolesOf } from "../support/iam";
import { type Graph, type JsonRun, rehearseJson, rehearseStacks } from "../support/rehearse";
import { isAccepted, messageOf } from "../support/settings";
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

/** By stack: its application. */
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

describe("What the application reaches", () => {
  let run: JsonRun;
  const graph = (stack: string): Graph => run.graph("up", stack);
  before(async () => {
    run = await rehearseStacks(withLeast(STACKS));
  });

  it("is what egress names, by a rule each, beside HTTPS", () => {
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

  it("in AWS is what permissions allow, and nothing else", async () => {
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

  it("is the metadata service from a container only if that may do something", () => {
    const hops = (stack: string) =>
      (graph(stack).one("aws:ec2/launchTemplate:LaunchTemplate").inputs["metadataOptions"] as Values)[
        "httpPutResponseHopLimit"
      ];
    assert.equal(hops("plain"), 1);
    assert.equal(hops("open"), 2);
    assert.equal(hops("closed"), 1);
  });

  it("has endpoints to what permissions name, where there is no NAT gateway", () => {
    const services = graph("closed")
      .ofType("aws:ec2/vpcEndpoint:VpcEndpoint")
      .map(({ inputs }) => String(inputs["serviceName"]).replace("com.amazonaws.eu-west-1.", ""));
    assert.deepEqual(services.sort(), ["dynamodb", "s3", "sqs", "ssm", "ssmmessages"]);
  });
});

describe("settings of what the application reaches", () => {
  const application = (value: object): Record<string, string> => ({ application: JSON.stringify(value) });
  const permitted = (actions: string[], resources: string[]): Record<string, string> =>
    application({ permissions: { x: { actions, resources } } });
  const opened = (...targets: object[]): Record<string, string> =>
    application({ egress: Object.fromEntries(targets.map((target, index) => [`t${index}`, target])) });
  const postgres = { port: 5432, cidr: "10.20.0.0/16" };
  const noNat = { "network.natGateways": "none" };

  for (const [title, set, says] of [
    [
      "* on *",
      permitted(["sqs:*"], ["*"]),
      /allowed: ARNs, as the action sqs:\* has a wildcard: \* on \* is everything/,
    ],
    ["part of a name on *", permitted(["s3:Get*"], [QUEUE, "*"]), /the action s3:Get\* has a wildcard/],
    ["* on all buckets", permitted(["s3:*"], ["arn:aws:s3:::*"]), /in place of arn:aws:s3:::\*/],
    ["every service", permitted(["*"], [QUEUE]), /allowed: 1 to 50 actions, each a service and a name/],
    [
      "every role",
      permitted(["iam:PassRole"], ["*"]),
      /with iam:PassRole on everything, an instance could become whatever/,
    ],
    ["no action", permitted([], [QUEUE]), /permissions\.x\.actions\n {2}got: {5}\[\]/],
    ["what is no ARN", permitted(["sqs:SendMessage"], ["orders"]), /allowed: 1 to 50 ARNs/],
    [
      "more than a role's policies hold",
      permitted(
        ["sqs:SendMessage"],
        Array.from({ length: 50 }, (_, index) => `${QUEUE}-${String(index).padEnd(150, "x")}`),
      ),
      /fewer or shorter statements: IAM takes 9240 characters, and .* this makes \d{5}/,
    ],
    [
      "a service without an endpoint, without NAT",
      { ...permitted(["polly:SynthesizeSpeech"], ["*"]), ...noNat },
      /remove those of polly, or set network\.natGateways to single or perZone/,
    ],
    ["neither range nor group", opened({ port: 5432 }), /allowed: one of cidr and securityGroupId/],
    [
      "both of them",
      opened({ ...postgres, securityGroupId: "sg-0123456789abcdef0" }),
      /t0\.cidr\n {2}got: {5}10\.20\.0\.0\/16\n {2}allowed: nothing beside securityGroupId/,
    ],
    [
      "HTTPS again",
      opened({ port: 443, cidr: "10.0.0.0/8" }),
      /a port other than 443: HTTPS is open to everywhere/,
    ],
    [
      "the same twice",
      opened(postgres, postgres),
      /t1\n[^]*another protocol, port or target than that of t0/,
    ],
    [
      "bits behind the prefix",
      opened({ port: 5432, cidr: "10.20.0.1/16" }),
      /without bits set behind the prefix/,
    ],
    [
      "a port beyond the last",
      opened({ port: 65_536, cidr: "10.0.0.0/8" }),
      /a whole number from 1 to 65535/,
    ],
    ["no security group", opened({ port: 5432, securityGroupId: "orders" }), /the id of a security group/],
    [
      "the internet, without NAT",
      { ...opened({ port: 587, cidr: "0.0.0.0/0" }), ...noNat },
      /a range within 10\.0\.0\.0\/8, 172\.16\.0\.0\/12, 192\.168\.0\.0\/16, as network\.natGateways is none/,
    ],
  ] as const) {
    it(`are refused: ${title}`, () => {
      const message = messageOf(set);
      assert.match(message, says);
      assert.match(message, /^Stack dev has 1 setting to correct/);
    });
  }

  for (const [title, set] of [
    ["an action that takes no resource", permitted(["cloudwatch:PutMetricData"], ["*"])],
    ["wildcards on what begins alike", permitted(["s3:Get*", "s3:List*"], ["arn:aws:s3:::assets-*"])],
    ["the same port by another protocol", opened(postgres, { ...postgres, protocol: "udp" })],
    ["mail", opened({ port: 587, cidr: "0.0.0.0/0" })],
    ["a private range without NAT", { ...opened(postgres), ...noNat }],
  ] as const) {
    it(`are accepted: ${title}`, () => assert.ok(isAccepted(set), title));
  }
});

describe("with-postgres", () => {
  const POSTGRES = join("examples", "with-postgres");

  it("is let in by the database's stack, which reads the store's, and reached by its egress", async () => {
    const store = await rehearseJson(["--config-file", `${POSTGRES}.yaml`, "--mode", "up"]);
    const { outputs } = store.graph("up", "with-postgres").stack;
    const folder = mkdtempSync(join(tmpdir(), "with-postgres-"));
    try {
      const answers = join(folder, "answers.json");
      writeFileSync(answers, JSON.stringify({ stackReferences: { "organization/web-store/prod": outputs } }));
      const run = await rehearseJson([
        ...["prod", "--program", POSTGRES, "--answers", answers, "--mode", "both"],
        ...["--policy-pack", "policies"],
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

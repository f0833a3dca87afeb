import assert from "node:assert/strict";

import { check } from "../../../packages/rehearse/cloud/index";
import { SIGNATURE, UNKNOWN, type Values } from "../../../packages/rehearse/values";
import { pack, programOf, rehearseWarm } from "../../support/rehearse";
import { up, urnOf } from "./support";

/** The faults that the provider's check reports for a resource, each with its property. */
function faults(type: string, inputs: Values): string[] {
  const token = `aws:${type}`;
  const { failures } = check(token, "web", urnOf(token, "web"), inputs, up);
  return failures.map(
    ({ property, reason }) => `${property}: ${reason.replace(/ \(the AWS provider's own check\)$/, "")}`,
  );
}

const GROUP = { minSize: 1, maxSize: 2, launchTemplate: { id: "lt-1" } };
const TARGETS = { vpcId: "vpc-1", port: 80, protocol: "HTTP" };
const RULE = { type: "ingress", fromPort: 443, toPort: 443, protocol: "tcp", securityGroupId: "sg-1" };
const BUDGET = { budgetType: "COST", timeUnit: "MONTHLY", limitAmount: "500", limitUnit: "USD" };
const RECORD = { zoneId: "Z1", name: "a", type: "A", ttl: 60, records: ["192.0.2.1"] };
const LISTENER = {
  loadBalancerArn: "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/web/1",
  defaultActions: [{ type: "forward", targetGroupArn: UNKNOWN }],
};

/** Inputs, and the faults that the provider reports, in order: the property and the beginning of the reason. */
const CASES: readonly (readonly [type: string, inputs: Values, ...faults: string[]])[] = [
  // Arguments of which at most one may be given.
  ["autoscaling/group:Group", { ...GROUP, vpcZoneIdentifiers: ["subnet-1"] }],
  [
    "autoscaling/group:Group",
    { ...GROUP, vpcZoneIdentifiers: ["subnet-1"], availabilityZones: ["eu-central-1a"] },
    "availabilityZones: conflicts with vpcZoneIdentifiers",
  ],
  [
    "autoscaling/group:Group",
    { ...GROUP, vpcZoneIdentifiers: UNKNOWN, availabilityZones: ["eu-central-1a"] },
  ],
  ["autoscaling/group:Group", { ...GROUP, vpcZoneIdentifiers: ["subnet-1"], availabilityZones: [] }],
  [
    "iam/role:Role",
    { name: "a", namePrefix: "b", assumeRolePolicy: "{}" },
    "name: conflicts with namePrefix",
  ],
  ["ec2/securityGroupRule:SecurityGroupRule", { ...RULE, cidrBlocks: ["10.0.0.0/8"], self: false }],
  [
    "ec2/securityGroupRule:SecurityGroupRule",
    { ...RULE, cidrBlocks: ["10.0.0.0/8"], sourceSecurityGroupId: "sg-2" },
    "cidrBlocks: conflicts with sourceSecurityGroupId",
  ],
  // "Conflicts with `costFilter` and requires `metrics`"
  [
    "budgets/budget:Budget",
    {
      ...BUDGET,
      filterExpression: { dimensions: { key: "SERVICE", values: ["Amazon S3"] } },
      metrics: "UnblendedCost",
    },
  ],
  [
    "budgets/budget:Budget",
    { ...BUDGET, costTypes: { includeTax: false }, metrics: "UnblendedCost" },
    "costTypes: conflicts with metrics",
  ],
  // Arguments of which exactly one, or at least one, must be given.
  [
    "autoscaling/group:Group",
    { minSize: 1, maxSize: 2 },
    ": one of launchConfiguration, launchTemplate, mixedInstancesPolicy must be given",
  ],
  ["autoscaling/group:Group", { minSize: 1, maxSize: 2, launchConfiguration: UNKNOWN }],
  [
    "autoscaling/group:Group",
    { ...GROUP, launchConfiguration: "web" },
    ": only one of launchConfiguration, launchTemplate, mixedInstancesPolicy can be given, but launchConfiguration and launchTemplate are",
  ],
  [
    "autoscaling/attachment:Attachment",
    { autoscalingGroupName: "g" },
    ": one of elb, lbTargetGroupArn must be given",
  ],
  ["ssm/parameter:Parameter", { type: "String" }, ": one of insecureValue, value, valueWo must be given"],
  ["sqs/queue:Queue", { kmsMasterKeyId: "k", sqsManagedSseEnabled: false }],
  [
    "sqs/queue:Queue",
    { kmsMasterKeyId: "k", sqsManagedSseEnabled: true, delaySeconds: 901 },
    "kmsMasterKeyId: conflicts with sqsManagedSseEnabled",
    "delaySeconds: it must be from 0 to 900",
  ],
  [
    "ec2/instance:Instance",
    { ami: "ami-1", instanceType: "t3.micro", userData: "a", userDataBase64: "YQ==" },
    "userData: conflicts with userDataBase64",
  ],
  [
    "route53/record:Record",
    { ...RECORD, weightedRoutingPolicies: [{ weight: 1 }], latencyRoutingPolicies: [] },
    "weightedRoutingPolicies: setIdentifier must be given with it",
  ],
  [
    "route53/record:Record",
    {
      ...RECORD,
      setIdentifier: "a",
      weightedRoutingPolicies: [{ weight: 1 }],
      failoverRoutingPolicies: [{ type: "PRIMARY" }],
    },
    "failoverRoutingPolicies: conflicts with weightedRoutingPolicies",
  ],
  ["lb/loadBalancer:LoadBalancer", {}, ": one of subnetMappings, subnets must be given"],
  ["alb/loadBalancer:LoadBalancer", {}, ": one of subnetMappings, subnets must be given"],
  [
    "ec2/vpcEndpoint:VpcEndpoint",
    { vpcId: "vpc-1" },
    ": one of resourceConfigurationArn, serviceName, serviceNetworkArn must be given",
  ],
  // A conditional requirement: all strategies except those that manage themselves.
  ["bedrock/agentcoreMemoryStrategy:AgentcoreMemoryStrategy", { memoryId: "m", type: "CUSTOM" }],
  ["ebs/volume:Volume", { availabilityZone: "eu-central-1a" }, ": one of size, snapshotId must be given"],
  ["lambda/function:Function", { role: "r" }, ": one of code, imageUri, s3Bucket must be given"],
  [
    "route53/record:Record",
    { name: "w", type: "A", zoneId: "Z1" },
    ": one of aliases, records must be given",
  ],
  [
    "acm/certificate:Certificate",
    { certificateBody: "x" },
    "certificateBody: privateKey must be given with it",
    ": one of domainName, privateKey must be given",
  ],
  // The values of arguments.
  ["lb/targetGroup:TargetGroup", TARGETS],
  [
    "lb/targetGroup:TargetGroup",
    { ...TARGETS, port: 70000, protocol: "http", healthCheck: { interval: 4 } },
    "healthCheck: healthCheck.interval: it must be from 5 to 300",
    "port: it must be from 1 to 65535",
    "protocol: it must be one of HTTP, HTTPS",
  ],
  [
    "lb/targetGroup:TargetGroup",
    { ...TARGETS, namePrefix: "toolong" },
    "namePrefix: its length must be from 0 to 6",
  ],
  ["lb/targetGroup:TargetGroup", { ...TARGETS, protocolVersion: "http2" }],
  ["lb/listener:Listener", LISTENER],
  [
    "lb/listener:Listener",
    { ...LISTENER, certificateArn: "web", defaultActions: [{ type: "forwards" }] },
    "certificateArn: it is not an ARN",
    "defaultActions: defaultActions[0].type: it must be one of forward, redirect",
  ],
  ["ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" }],
  ["ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/33" }, "cidrBlock: it is not an IPv4 network"],
  ["ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/8" }, "cidrBlock: its prefix length must be from 16 to 28"],
  ["ec2/vpc:Vpc", { cidrBlock: "10.0.1.0/16" }, "cidrBlock: it isn't the first address of its network"],
  ["cloudwatch/logGroup:LogGroup", { retentionInDays: 10 }, "retentionInDays: it must be one of 0, 1, 3"],
  [
    "ec2/subnet:Subnet",
    { vpcId: "vpc-1", cidrBlock: "10.01.0/24" },
    "cidrBlock: it is not an IPv4 network such as",
  ],
  ["ec2/subnet:Subnet", { vpcId: "vpc-1", cidrBlock: "10.0.1.0/24" }],
  // Values of another type than the SDK declares, which JavaScript doesn't check.
  ["ec2/vpc:Vpc", { cidrBlock: {} }, "cidrBlock: it is a mapping; it must be a string"],
  ["ec2/vpc:Vpc", { cidrBlock: ["10.0.0.0/16"] }, "cidrBlock: it is a list; it must be a string"],
  ["ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16", tags: "x" }, "tags: it is a string; it must be a mapping"],
  [
    "ec2/vpc:Vpc",
    { cidrBlock: "10.0.0.0/16", enableDnsSupport: "no-such-word" },
    "enableDnsSupport: it is a string; it must be a boolean",
  ],
  ["ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16", enableDnsSupport: "true", enableDnsHostnames: "0" }],
  ["sqs/queue:Queue", { delaySeconds: "soon" }, "delaySeconds: it is a string; it must be a number"],
  ["sqs/queue:Queue", { delaySeconds: "3", maxMessageSize: "0x1000", messageRetentionSeconds: "" }],
  // Go's parsing: tRUE is no boolean, and underscores stand between digits.
  ["sqs/queue:Queue", { fifoQueue: "tRUE" }, "fifoQueue: it is a string; it must be a boolean"],
  ["sqs/queue:Queue", { delaySeconds: "0_7", maxMessageSize: "0x_1000", messageRetentionSeconds: "1_000" }],
  ["sqs/queue:Queue", { delaySeconds: "3_" }, "delaySeconds: it is a string; it must be a number"],
  ["sqs/queue:Queue", { delaySeconds: " 3" }, "delaySeconds: it is a string; it must be a number"],
  [
    "ec2/vpc:Vpc",
    { cidrBlock: "10.0.0.0/16", enableDnsSupport: [] },
    "enableDnsSupport: it is a list; it must be a bool",
  ],
  [
    "sns/topic:Topic",
    { tags: { owner: {}, team: "shop", cost: 3, shift: UNKNOWN } },
    'tags: tags["owner"]: it is a mapping; it must be a string',
  ],
  [
    "rds/subnetGroup:SubnetGroup",
    { subnetIds: ["subnet-1", UNKNOWN, []] },
    "subnetIds: subnetIds[2]: it is a list",
  ],
  ["rds/subnetGroup:SubnetGroup", { subnetIds: "subnet-1" }],
  // A range, an image or a source, in the provider's and AWS's format.
  [
    "ec2/instance:Instance",
    { ami: "", instanceType: "m7g.large" },
    ": one of ami, launchTemplate must be given",
  ],
  [
    "ec2/instance:Instance",
    { ami: "ami-1", instanceType: {} },
    "instanceType: it is a mapping; it must be a string",
  ],
  ["ec2/instance:Instance", { launchTemplate: { name: "web" } }],
  [
    "ec2/securityGroupRule:SecurityGroupRule",
    RULE,
    ": one of cidrBlocks, ipv6CidrBlocks, prefixListIds, self, sourceSecurityGroupId must be given",
  ],
  ["ec2/securityGroupRule:SecurityGroupRule", { ...RULE, self: true }],
  ["cloudwatch/logGroup:LogGroup", { retentionInDays: "7", skipDestroy: "true", name: 3 }],
  ["ec2/subnet:Subnet", { vpcId: { [SIGNATURE]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn" } }],
  ["iam/policy:Policy", { policy: { Version: "2012-10-17" } }],
  // Arguments that the SDK requires inside a block.
  ["lb/listener:Listener", { ...LISTENER, defaultActions: [{}] }, ": defaultActions[0].type must be given"],
  ["lb/listener:Listener", { ...LISTENER, defaultActions: UNKNOWN }],
];

describe("the AWS provider's own checks", () => {
  for (const [type, inputs, ...expected] of CASES) {
    it(`${expected.length === 0 ? "accept" : "refuse"} ${type} ${JSON.stringify(inputs)}`, () => {
      const found = faults(type, inputs).sort();
      assert.equal(found.length, expected.length, found.join("\n"));
      for (const [index, start] of [...expected].sort().entries())
        assert.ok(found[index]?.startsWith(start), `${found[index]} doesn't begin with ${start}`);
    });
  }

  it("fail a preview as Pulumi does, all at once, with no secret in a message", async () => {
    const program = programOf(`
      const { secret } = require("@pulumi/pulumi");
      new aws.lb.TargetGroup("a", { port: 0, protocol: "HTTP", vpcId: "vpc-1" });
      new aws.lb.LoadBalancer("b", {});
      new aws.ec2.Vpc("c", { cidrBlock: secret("10.9.9.9/99") });`);
    const args = ["dev", "--program", program, "--policy-pack", pack("allows"), "--mode"];
    const { status, stdout } = await rehearseWarm([...args, "preview"]);
    assert.equal(status, 3);
    const own = "(the AWS provider's own check)";
    for (const line of [
      `error: aws:lb/targetGroup:TargetGroup resource 'a': property port value 0 has a problem: it must be from 1 to 65535 ${own}`,
      `error: aws:lb/loadBalancer:LoadBalancer resource 'b' has a problem: one of subnetMappings, subnets must be given ${own}`,
      "error: aws:ec2/vpc:Vpc resource 'c': property cidrBlock value [secret] has a problem: it is not an IPv4 network",
    ])
      assert.ok(stdout.includes(line), stdout);
    assert.ok(!stdout.includes("10.9.9.9"));
    const errors = (await rehearseWarm([...args, "up"])).stdout.match(/error:/g);
    assert.equal(errors?.length, 1, "an update stops at the first");
  });
});

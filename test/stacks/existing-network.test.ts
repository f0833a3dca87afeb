import assert from "node:assert/strict";

import type { Values } from "../../packages/rehearse/values";
import { existing, PRIVATE, PUBLIC, VPC, zones } from "../support/existing-network";
import { type Graph, type JsonRun, rehearseStacks } from "../support/rehearse";
import { withLeast } from "../support/stack-file";

/** Each stack's settings. */
const STACKS: Readonly<Record<string, Values>> = {
  public: {
    "web-store:network": { availabilityZones: zones, ipv6: true, existing },
    "web-store:application": { source: "store" },
    "web-store:healthCheck": { path: "/readyz" },
    "web-store:loadBalancing": { engine: "haproxy" },
    "web-store:statusFunction": { enabled: true },
  },
  internal: {
    "web-store:network": {
      availabilityZones: zones,
      existing: { vpcId: VPC, privateSubnetIds: PRIVATE, cidrBlock: "172.20.0.0/20" },
    },
    "web-store:internal": { enabled: true, sourceRanges: ["10.8.0.0/16"] },
  },
  "behind-cloudfront": {
    "web-store:network": { availabilityZones: zones, existing: { vpcId: VPC, privateSubnetIds: PRIVATE } },
    "web-store:cdn": { enabled: true },
  },
};

/** Types of a network's resources, except for the store's own security groups. */
const OF_NETWORKS =
  /^(awsx:|aws:ec2\/(vpc|subnet|defaultSecurityGroup|route|internetGateway|egressOnly|natGateway|eip|flowLog)|web-store:components:(Network|FlowLogs|Endpoints)$)/i;

describe("An existing network", () => {
  let run: JsonRun;
  const graph = (stack: string): Graph => run.graph("up", stack);
  before(async () => {
    run = await rehearseStacks(withLeast(STACKS), "--policy-pack", "policies");
  });

  for (const stack of Object.keys(STACKS)) {
    it(`is left unchanged: ${stack}`, () => {
      const made = graph(stack).resources.filter(({ type }) => OF_NETWORKS.test(type));
      assert.deepEqual(
        made.map(({ urn }) => urn),
        [],
      );
    });

    it(`contains the whole store: ${stack}`, () => {
      const named = (text: string): string[] => text.match(/\b(vpc|subnet)-[0-9a-f]{8,17}\b/g) ?? [];
      const groups = graph(stack).ofType("aws:autoscaling/group:Group");
      assert.ok(groups.length > 0);
      for (const { inputs } of groups) assert.deepEqual(inputs["vpcZoneIdentifiers"], PRIVATE);
      const balancer = graph(stack).one("aws:lb/loadBalancer:LoadBalancer").inputs;
      assert.deepEqual(balancer["subnets"], stack === "public" ? PUBLIC : PRIVATE);
      assert.equal(balancer["internal"], stack !== "public");
      for (const type of ["aws:ec2/securityGroup:SecurityGroup", "aws:lb/targetGroup:TargetGroup"])
        for (const { urn, inputs } of graph(stack).ofType(type))
          if (inputs["targetType"] !== "lambda") assert.equal(inputs["vpcId"], VPC, urn);
      const known = new Set([VPC, ...PRIVATE, ...PUBLIC]);
      for (const { urn, inputs } of graph(stack).resources)
        for (const id of named(JSON.stringify(inputs))) assert.ok(known.has(id), `${urn} has ${id}`);
    });

    it(`is in the stack's outputs: ${stack}`, () => {
      const { vpcId, privateSubnetIds, publicSubnetIds } = graph(stack).stack.outputs;
      assert.deepEqual(
        [vpcId, privateSubnetIds, publicSubnetIds],
        [VPC, PRIVATE, stack === "public" ? PUBLIC : []],
      );
    });
  }

  it("reaches an internal store from its own range, not from the default one", () => {
    const ranges = graph("internal")
      .ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
      .flatMap(({ inputs }) => inputs["cidrIpv4"] ?? []);
    assert.deepEqual([...new Set(ranges)].sort(), ["10.8.0.0/16", "172.20.0.0/20"]);
  });

  it("serves IPv6 if its subnets have it", () => {
    const { inputs } = graph("public").one("aws:lb/loadBalancer:LoadBalancer");
    assert.equal(inputs["ipAddressType"], "dualstack");
  });
});

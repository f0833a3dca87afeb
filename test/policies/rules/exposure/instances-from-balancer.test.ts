import assert from "node:assert/strict";
import { packForSuite, UNKNOWN, urnOf } from "../../../support/pack";
import type { TestResource } from "../../../support/pack";
import type { Props } from "../../../support/policy-cases";
import { blamed } from "./cases";

type Links = Readonly<Record<string, readonly TestResource[]>>;

/** A resource whose properties refer to others. */
const make = (type: string, name: string, props: Props, links: Links = {}): TestResource => ({
  type,
  name,
  props,
  propertyDependencies: Object.fromEntries(
    Object.entries(links).map(([property, to]) => [property, to.map(urnOf)]),
  ),
});

const targets = (protocol: unknown, name = "targets") =>
  make("aws:lb/targetGroup:TargetGroup", name, { arn: UNKNOWN, protocol });
const instances = make("aws:ec2/securityGroup:SecurityGroup", "instances", { id: UNKNOWN });
const balancers = make("aws:ec2/securityGroup:SecurityGroup", "balancers", { id: UNKNOWN });
const balancer = make(
  "aws:lb/loadBalancer:LoadBalancer",
  "front",
  { securityGroups: [UNKNOWN] },
  { securityGroups: [balancers] },
);
const template = (groups: readonly TestResource[], places = groups.length) =>
  make(
    "aws:ec2/launchTemplate:LaunchTemplate",
    "template",
    { id: UNKNOWN, networkInterfaces: [{ securityGroups: Array<unknown>(places).fill(UNKNOWN) }] },
    { networkInterfaces: groups },
  );
const fleet = (of: TestResource, ...groups: TestResource[]) =>
  make(
    "aws:autoscaling/group:Group",
    "fleet",
    { name: UNKNOWN, launchTemplate: { id: UNKNOWN }, targetGroupArns: groups.map(() => UNKNOWN) },
    { launchTemplate: [of], targetGroupArns: groups },
  );
const ingress = (into: readonly TestResource[], props: Props, name = "rule") =>
  make(
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    name,
    { securityGroupId: UNKNOWN, ipProtocol: "tcp", fromPort: 443, toPort: 443, ...props },
    { securityGroupId: into },
  );
const world = ingress([instances], { cidrIpv4: "0.0.0.0/0" });

describe("instances-from-balancer", () => {
  const pack = packForSuite({ directory: "policies" });
  const judge = async (...resources: TestResource[]) =>
    blamed(pack(), "instances-from-balancer", [...new Set(resources)]);
  const http = targets("HTTP");
  const own = template([instances]);

  it("passes instances that the balancer alone reaches", async () => {
    const from = ingress([instances], { referencedSecurityGroupId: UNKNOWN });
    const front = ingress([balancers], { cidrIpv4: "0.0.0.0/0" }, "front-door");
    assert.deepEqual(
      await judge(http, instances, balancers, balancer, own, fleet(own, http), from, front),
      {},
    );
  });

  it("refuses HTTPS from the world, which the resource rule allows", async () => {
    const found = await judge(http, instances, own, fleet(own, http), world);
    assert.deepEqual(Object.keys(found), ["instances"]);
    assert.match(found["instances"]!, /instances of "template" behind an Application Load Balancer use it/);
  });

  it("refuses the world in halves, inline and in rules", async () => {
    const inline = [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/1"] }];
    const group = { ...instances, props: { id: UNKNOWN, ingress: inline } };
    const half = ingress([instances], { cidrIpv4: "128.0.0.0/1" });
    assert.deepEqual(Object.keys(await judge(http, group, own, fleet(own, http), half)), ["instances"]);
  });

  it("passes networks of one's own, be they public addresses, and sources unknown in preview", async () => {
    for (const cidrIpv4 of ["10.0.0.0/8", "141.2.0.0/16", UNKNOWN, null]) {
      const office = ingress([instances], { cidrIpv4 });
      assert.deepEqual(await judge(http, instances, own, fleet(own, http), office), {});
    }
  });

  it("passes targets of a Network Load Balancer, who see their clients' addresses", async () => {
    for (const protocol of ["TCP", "TLS", "UDP", UNKNOWN, null, ["HTTP"]]) {
      const group = targets(protocol);
      assert.deepEqual(await judge(group, instances, own, fleet(own, group), world), {});
    }
  });

  it("passes instances that are behind both kinds, or behind a target group outside the stack", async () => {
    const tcp = targets("TCP", "tcp");
    assert.deepEqual(await judge(http, tcp, instances, own, fleet(own, http, tcp), world), {});
    const outside = fleet(own, http);
    const both = { ...outside, props: { ...outside.props, targetGroupArns: [UNKNOWN, "arn:elsewhere"] } };
    assert.deepEqual(await judge(http, instances, own, both, world), {});
  });

  it("passes instances behind nothing", async () => {
    assert.deepEqual(await judge(http, instances, own, fleet(own), world), {});
  });

  it("follows every way into a target group", async () => {
    const bare = fleet(own);
    const attachment = make(
      "aws:autoscaling/attachment:Attachment",
      "attachment",
      { autoscalingGroupName: UNKNOWN, lbTargetGroupArn: UNKNOWN },
      { autoscalingGroupName: [bare], lbTargetGroupArn: [http] },
    );
    const source = make(
      "aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment",
      "source",
      { autoscalingGroupName: UNKNOWN, trafficSource: { identifier: UNKNOWN } },
      { autoscalingGroupName: [bare], trafficSource: [http] },
    );
    for (const joined of [attachment, source]) {
      assert.deepEqual(Object.keys(await judge(http, instances, own, bare, joined, world)), ["instances"]);
    }
    const single = make(
      "aws:ec2/instance:Instance",
      "single",
      { id: UNKNOWN, vpcSecurityGroupIds: [UNKNOWN] },
      { vpcSecurityGroupIds: [instances] },
    );
    const registered = make(
      "aws:lb/targetGroupAttachment:TargetGroupAttachment",
      "registered",
      { targetId: UNKNOWN, targetGroupArn: UNKNOWN },
      { targetId: [single], targetGroupArn: [http] },
    );
    assert.deepEqual(Object.keys(await judge(http, instances, single, registered, world)), ["instances"]);
  });

  it("follows known ids in up", async () => {
    const group = { ...instances, props: { id: "sg-1" } };
    const own = template([]);
    const known = { ...own, props: { id: "lt-1", vpcSecurityGroupIds: ["sg-0", "sg-1"] } };
    const rule = ingress([], { securityGroupId: "sg-1", cidrIpv4: "0.0.0.0/0" });
    assert.deepEqual(Object.keys(await judge(http, group, known, fleet(known, http), rule)), ["instances"]);
  });

  it("does not take the balancer's group for the instances' when both come out of one component", async () => {
    const component = make("acme:web:Web", "component", {});
    const [a, b] = [instances, balancers].map((group) => ({ ...group, parent: urnOf(component) }));
    const vague = template([component], 1);
    const front = ingress([component], { cidrIpv4: "0.0.0.0/0" });
    const all = [component, a!, b!, balancer, http, vague, fleet(vague, http)];
    assert.deepEqual(await judge(...all, front), {});
    assert.deepEqual(Object.keys(await judge(...all, world)), ["instances"]);
  });
});

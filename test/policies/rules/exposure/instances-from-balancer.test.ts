import assert from "node:assert/strict";
import { packForSuite, UNKNOWN, urnOf } from "../../../support/pack";
import type { TestResource } from "../../../support/pack";
import { blamed, type Props } from "../../../support/rule-suite";

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

  it("passes instances that only the balancer reaches", async () => {
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

  it("refuses the world in two halves, inline and in rules", async () => {
    const inline = [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/1"] }];
    const group = { ...instances, props: { id: UNKNOWN, ingress: inline } };
    const half = ingress([instances], { cidrIpv4: "128.0.0.0/1" });
    assert.deepEqual(Object.keys(await judge(http, group, own, fleet(own, http), half)), ["instances"]);
  });

  it("passes the program's own networks, even with public addresses, and sources that are unknown in preview", async () => {
    for (const cidrIpv4 of ["10.0.0.0/8", "141.2.0.0/16", UNKNOWN, null]) {
      const office = ingress([instances], { cidrIpv4 });
      assert.deepEqual(await judge(http, instances, own, fleet(own, http), office), {});
    }
  });

  it("passes targets of a Network Load Balancer, which see their clients' addresses", async () => {
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

  it("ignores what the provider will fill in, which a preview shows as unknown", async () => {
    const fleetOf = fleet(own, http);
    const filledIn = {
      ...fleetOf,
      props: { ...fleetOf.props, trafficSources: UNKNOWN, loadBalancers: UNKNOWN },
    };
    assert.deepEqual(Object.keys(await judge(http, instances, own, filledIn, world)), ["instances"]);
  });

  it("adds up the security groups of an instance", async () => {
    const second = make("aws:ec2/securityGroup:SecurityGroup", "second", { id: UNKNOWN });
    const both = template([instances, second]);
    const halves = [
      ingress([instances], { cidrIpv4: "0.0.0.0/1" }, "low"),
      ingress([second], { cidrIpv4: "128.0.0.0/1" }, "high"),
    ];
    const found = await judge(http, instances, second, both, fleet(both, http), ...halves);
    // Each half alone is already too wide for a private network.
    assert.deepEqual(Object.keys(found), ["instances", "second"]);
    const parts = [3, 13].flatMap((octet, n) => [
      ingress([n === 0 ? instances : second], { cidrIpv4: `${octet}.0.0.0/16` }, `part-${octet}`),
    ]);
    const spread = await judge(http, instances, second, both, fleet(both, http), ...parts);
    assert.deepEqual(Object.keys(spread), ["template"]);
    assert.match(spread["template"]!, /"instances" and "second" together let the world in/);
  });

  it("judges the tasks of an ECS service, but not those behind a Network Load Balancer", async () => {
    const service = (targets: TestResource) =>
      make(
        "aws:ecs/service:Service",
        "service",
        {
          loadBalancers: [{ targetGroupArn: UNKNOWN, containerName: "web", containerPort: 8080 }],
          networkConfiguration: { securityGroups: [UNKNOWN], subnets: UNKNOWN },
        },
        { loadBalancers: [targets], networkConfiguration: [instances] },
      );
    assert.deepEqual(Object.keys(await judge(http, instances, service(http), world)), ["instances"]);
    const tcp = targets("TCP", "tcp");
    assert.deepEqual(await judge(tcp, instances, service(tcp), world), {});
  });

  it("reads the prefix lists in the stack", async () => {
    const list = make("aws:ec2/managedPrefixList:ManagedPrefixList", "list", {
      id: "pl-1",
      entries: [{ cidr: "0.0.0.0/0" }],
    });
    const listed = ingress([instances], { prefixListId: "pl-1" });
    assert.deepEqual(Object.keys(await judge(http, instances, own, fleet(own, http), listed, list)), [
      "instances",
    ]);
    assert.deepEqual(await judge(http, instances, own, fleet(own, http), listed), {});
  });

  it("passes instances that no load balancer serves", async () => {
    assert.deepEqual(await judge(http, instances, own, fleet(own), world), {});
  });

  it("follows every way of attaching instances to a target group", async () => {
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

  it("ignores an attachment to a Classic Load Balancer", async () => {
    const joined = fleet(own, http);
    const classic = make(
      "aws:autoscaling/attachment:Attachment",
      "classic",
      { autoscalingGroupName: UNKNOWN, elb: "classic" },
      { autoscalingGroupName: [joined] },
    );
    assert.deepEqual(Object.keys(await judge(http, instances, own, joined, classic, world)), ["instances"]);
  });

  it("reads an unknown list of target groups by its dependencies", async () => {
    const whole = fleet(own, http);
    const unread = { ...whole, props: { ...whole.props, targetGroupArns: UNKNOWN } };
    assert.deepEqual(Object.keys(await judge(http, instances, own, unread, world)), ["instances"]);
  });

  it("follows known IDs in up", async () => {
    const group = { ...instances, props: { id: "sg-1" } };
    const own = template([]);
    const known = { ...own, props: { id: "lt-1", vpcSecurityGroupIds: ["sg-0", "sg-1"] } };
    const rule = ingress([], { securityGroupId: "sg-1", cidrIpv4: "0.0.0.0/0" });
    assert.deepEqual(Object.keys(await judge(http, group, known, fleet(known, http), rule)), ["instances"]);
  });

  it("does not count the balancer's group as the instances' group if both come from one component", async () => {
    const component = make("acme:web:Web", "component", {});
    const [a, b] = [instances, balancers].map((group) => ({ ...group, parent: urnOf(component) }));
    const vague = template([component], 1);
    const front = ingress([component], { cidrIpv4: "0.0.0.0/0" });
    const all = [component, a!, b!, balancer, http, vague, fleet(vague, http)];
    assert.deepEqual(await judge(...all, front), {});
    assert.deepEqual(Object.keys(await judge(...all, world)), ["instances"]);
  });
});

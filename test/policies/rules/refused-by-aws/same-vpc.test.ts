import {
  AUTO_SCALING_GROUP,
  LISTENER,
  LISTENER_RULE,
  LOAD_BALANCER,
  SECURITY_GROUP,
  SUBNET,
  TARGET_GROUP,
  VPC,
} from "../../../../policies/resources";
import { secret, UNKNOWN, urnOf } from "../../../support/pack";
import type { TestResource } from "../../../support/pack";
import { RuleSuite } from "../../../support/rule-suite";

const vpc = (name: string): TestResource => ({ type: VPC[0], name, props: { id: UNKNOWN } });
const [one, two] = [vpc("one"), vpc("two")];
const within = (type: string, name: string, place: TestResource | string): TestResource =>
  typeof place === "string"
    ? { type, name, props: { id: UNKNOWN, arn: UNKNOWN, vpcId: place } }
    : {
        type,
        name,
        props: { id: UNKNOWN, arn: UNKNOWN, vpcId: UNKNOWN },
        propertyDependencies: { vpcId: [urnOf(place)] },
      };
/** A resource with properties that refer to others, all still unknown. */
const naming = (
  type: string,
  name: string,
  lists: Readonly<Record<string, readonly TestResource[]>>,
): TestResource => ({
  type,
  name,
  // Internal, because otherwise the rule on relations requires an internet gateway.
  props: {
    arn: UNKNOWN,
    internal: true,
    ...Object.fromEntries(Object.keys(lists).map((property) => [property, UNKNOWN])),
  },
  propertyDependencies: Object.fromEntries(
    Object.entries(lists).map(([key, list]) => [key, list.map(urnOf)]),
  ),
});

describe("same-vpc", () => {
  const suite = new RuleSuite("relations");
  const subnet = within(SUBNET[0], "subnet", one);
  const near = within(SECURITY_GROUP[0], "near", one);
  const far = within(SECURITY_GROUP[0], "far", two);
  const balancer = (group: TestResource): TestResource =>
    naming(LOAD_BALANCER[0], "alb", { subnets: [subnet], securityGroups: [group] });
  const targets = within(TARGET_GROUP[0], "targets", two);
  const abroad = within(SUBNET[0], "abroad", two);
  /** A list with a known length. */
  const counted = (
    type: string,
    name: string,
    property: string,
    to: readonly TestResource[],
  ): TestResource => ({
    type,
    name,
    props: { internal: true, [property]: to.map(() => UNKNOWN) },
    propertyDependencies: { [property]: to.map(urnOf) },
  });
  const route = { type: "aws:ec2/route:Route", name: "route", props: {} };
  const base = [one, two, subnet, near, far, targets, route];
  suite.checkStacks([
    { title: "passes a balancer in one VPC", stack: [...base, balancer(near)], says: [] },
    {
      title: "passes an unknown VPC",
      stack: [
        ...base,
        within(SECURITY_GROUP[0], "loose", UNKNOWN),
        balancer(within(SECURITY_GROUP[0], "loose", one)),
      ],
      says: [],
    },
    {
      title: "passes absent lists and other types",
      stack: [{ type: LOAD_BALANCER[0], props: { subnets: null, securityGroups: "x" } }],
      says: [],
    },
    {
      title: "passes subnets mixed with other values",
      stack: [...base, naming(LOAD_BALANCER[0], "alb", { subnets: [subnet, route], securityGroups: [far] })],
      says: [],
    },
    {
      title: "passes groups of two VPCs, as one may be the right one",
      stack: [...base, naming(LOAD_BALANCER[0], "alb", { subnets: [subnet], securityGroups: [near, far] })],
      says: [],
    },
    {
      title: "passes a known subnet outside the stack",
      stack: [...base, { ...balancer(far), props: { subnets: ["subnet-1"], securityGroups: UNKNOWN } }],
      says: [],
    },
    {
      title: "refuses security groups of another VPC",
      stack: [...base, balancer(far)],
      says: [["alb", "subnets and securityGroups lie in different VPCs; they must lie in the same VPC"]],
    },
    {
      title: "refuses them by their IDs, as in up, secret or not",
      stack: [
        { type: SUBNET[0], name: "subnet", props: { id: "subnet-1", vpcId: "vpc-1" } },
        { type: SECURITY_GROUP[0], name: "group", props: { id: "sg-1", vpcId: secret("vpc-2") } },
        { type: LOAD_BALANCER[0], name: "alb", props: { subnets: ["subnet-1"], securityGroups: ["sg-1"] } },
      ],
      says: [["alb", "subnets and securityGroups lie in different VPCs; they must lie in the same VPC"]],
    },
    {
      title: "refuses target groups in another VPC than an Auto Scaling group's subnets",
      stack: [
        ...base,
        naming(AUTO_SCALING_GROUP[0], "fleet", { vpcZoneIdentifiers: [subnet], targetGroupArns: [targets] }),
      ],
      says: [
        [
          "fleet",
          "vpcZoneIdentifiers and targetGroupArns lie in different VPCs; they must lie in the same VPC",
        ],
      ],
    },
    {
      title: "refuses a forward to another VPC than the load balancer's",
      stack: [
        ...base,
        balancer(near),
        naming(LISTENER[0], "https", { loadBalancerArn: [balancer(near)], defaultActions: [targets] }),
      ],
      says: [
        ["https", "loadBalancerArn and defaultActions lie in different VPCs; they must lie in the same VPC"],
      ],
    },
    {
      title: "refuses a rule that forwards to another VPC than the load balancer's",
      stack: [
        ...base,
        balancer(near),
        naming(LISTENER[0], "https", { loadBalancerArn: [balancer(near)] }),
        naming(LISTENER_RULE[0], "api", {
          listenerArn: [naming(LISTENER[0], "https", {})],
          actions: [targets],
        }),
      ],
      says: [["api", "listenerArn and actions lie in different VPCs; they must lie in the same VPC"]],
    },
    {
      title: "refuses subnets in two VPCs, for a group and for a load balancer",
      stack: [
        ...base,
        abroad,
        counted(LOAD_BALANCER[0], "alb", "subnets", [subnet, abroad]),
        counted(AUTO_SCALING_GROUP[0], "fleet", "vpcZoneIdentifiers", [subnet, abroad]),
      ],
      says: [
        ["alb", "subnets lie in different VPCs; they must lie in the same VPC"],
        ["fleet", "vpcZoneIdentifiers lie in different VPCs; they must lie in the same VPC"],
      ],
    },
    {
      title: "refuses security groups of two VPCs",
      stack: [...base, counted(LOAD_BALANCER[0], "alb", "securityGroups", [near, far])],
      says: [["alb", "securityGroups lie in different VPCs; they must lie in the same VPC"]],
    },
    {
      title: "passes a component with more subnets than the list has elements",
      stack: [
        ...base,
        abroad,
        { ...counted(LOAD_BALANCER[0], "alb", "subnets", [subnet, abroad]), props: { subnets: [UNKNOWN] } },
      ],
      says: [],
    },
  ]);
});

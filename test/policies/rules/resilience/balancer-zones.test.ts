import { CLASSIC_LOAD_BALANCER, LOAD_BALANCER, SUBNET } from "../../../../policies/resources";
import { secret, UNKNOWN, urnOf } from "../../../support/pack";
import type { TestResource } from "../../../support/pack";
import { RuleSuite } from "../refused-by-aws/cases";

describe("balancer-zones", () => {
  const suite = new RuleSuite("balancer-zones", "advisory");
  suite.check(LOAD_BALANCER[0], [
    { title: "passes two subnets", props: { subnets: ["a", UNKNOWN] }, says: [] },
    { title: "passes an unknown list", props: { subnets: UNKNOWN }, says: [] },
    {
      title: "passes absent, null, empty and odd lists, which AWS judges",
      props: { subnets: null, subnetMappings: [], availabilityZones: "a" },
      says: [],
    },
    {
      title: "advises against one subnet of a Network Load Balancer",
      props: { loadBalancerType: "network", subnets: [secret("a")] },
      says: ["subnets has 1 different element; it must have 2"],
    },
    {
      title: "counts the same subnet once",
      props: { subnetMappings: [{ subnetId: "a" }, { subnetId: "a" }] },
      says: ["subnetMappings has 1"],
    },
  ]);
  suite.check(CLASSIC_LOAD_BALANCER[0], [
    {
      title: "passes a Classic Load Balancer in two zones",
      props: { availabilityZones: ["eu-west-1a", "eu-west-1b"] },
      says: [],
    },
    {
      title: "advises against one zone",
      props: { availabilityZones: ["eu-west-1a"] },
      says: ["availabilityZones has 1"],
    },
  ]);
  for (const type of LOAD_BALANCER) {
    suite.check(type, [{ title: `judges ${type}`, props: { subnets: [UNKNOWN] }, says: ["subnets"] }]);
  }
});

describe("balancer-zones-stack", () => {
  const suite = new RuleSuite("balancer-zones-stack", "advisory");
  const subnet = (name: string, availabilityZone: unknown): TestResource => ({
    type: SUBNET[0],
    name,
    props: { id: UNKNOWN, availabilityZone },
  });
  const balancer = (subnets: unknown, ...sources: TestResource[]): TestResource => ({
    type: LOAD_BALANCER[0],
    name: "lb",
    props: { subnets },
    propertyDependencies: { subnets: sources.map(urnOf) },
  });
  const [a, b, alsoA, unknown] = [
    subnet("a", "eu-west-1a"),
    subnet("b", "eu-west-1b"),
    subnet("alsoA", "eu-west-1a"),
    subnet("u", UNKNOWN),
  ];
  const route = { type: "aws:ec2/route:Route", name: "route", props: {} };
  const base = [a, b, alsoA, unknown, route];
  suite.checkStacks([
    { title: "passes two zones", stack: [...base, balancer(UNKNOWN, a, b)], says: [] },
    { title: "passes a zone that is unknown", stack: [...base, balancer(UNKNOWN, a, unknown)], says: [] },
    {
      title: "passes an absent or odd zone",
      stack: [subnet("n", null), subnet("o", ["x"]), balancer(UNKNOWN, subnet("n", 0), subnet("o", 0))],
      says: [],
    },
    {
      title: "passes subnets with something else mixed in",
      stack: [...base, balancer(UNKNOWN, a, route)],
      says: [],
    },
    { title: "passes subnets of elsewhere", stack: [...base, balancer(["subnet-1", "subnet-2"])], says: [] },
    {
      title: "leaves a list of one to the resource rule",
      stack: [...base, balancer([UNKNOWN], a)],
      says: [],
    },
    {
      title: "advises against one zone for two subnets",
      stack: [...base, balancer([UNKNOWN, UNKNOWN], a, alsoA)],
      says: [["lb", "subnets lie in 1 zone"]],
    },
    {
      title: "advises against an unknown list that can hold but one",
      stack: [...base, balancer(UNKNOWN, a)],
      says: [["lb", "subnets lie in 1 zone"]],
    },
    {
      title: "advises by the ids, as in up",
      stack: [
        { type: SUBNET[0], name: "x", props: { id: "subnet-1", availabilityZone: secret("eu-west-1a") } },
        { type: SUBNET[0], name: "y", props: { id: "subnet-2", availabilityZone: "eu-west-1a" } },
        balancer(["subnet-1", "subnet-2"]),
      ],
      says: [["lb", "subnets lie in 1 zone"]],
    },
  ]);
});

import { LOAD_BALANCER, SUBNET } from "../../../../policies/resources";
import { secret, UNKNOWN, urnOf } from "../../../support/pack";
import type { TestResource } from "../../../support/pack";
import { RuleSuite } from "../../../support/rule-suite";

const mapped = (...ids: unknown[]): object[] => ids.map((subnetId) => ({ subnetId }));

describe("balancer-subnets", () => {
  const suite = RuleSuite.ofProse("balancer-subnets");
  suite.checkSentences(LOAD_BALANCER[0], [
    { title: "passes two subnets", props: { subnets: ["subnet-1", "subnet-2"] }, says: [] },
    {
      title: "passes two secret subnets",
      props: { subnets: [secret("subnet-1"), secret("subnet-2")] },
      says: [],
    },
    { title: "passes two unknown subnets", props: { subnets: [UNKNOWN, UNKNOWN] }, says: [] },
    { title: "passes a list that is unknown as a whole", props: { subnets: UNKNOWN }, says: [] },
    { title: "passes a load balancer without subnets, which the provider refuses", props: {}, says: [] },
    { title: "passes null", props: { subnets: null }, says: [] },
    { title: "passes a value that is not a list", props: { subnets: "subnet-1" }, says: [] },
    { title: "passes two mappings", props: { subnetMappings: mapped(UNKNOWN, "subnet-2") }, says: [] },
    {
      title: "passes an unknown mapping beside a known one",
      props: { subnetMappings: [UNKNOWN, ...mapped("a")] },
      says: [],
    },
    {
      title: "passes one subnet of a Network Load Balancer",
      props: { loadBalancerType: "network", subnets: ["a"] },
      says: [],
    },
    {
      title: "passes one subnet of a balancer of unknown type",
      props: { loadBalancerType: UNKNOWN, subnets: ["a"] },
      says: [],
    },
    {
      title: "passes one subnet on an Outpost",
      props: { customerOwnedIpv4Pool: "pool", subnets: ["a"] },
      says: [],
    },
    {
      title: "passes an empty list beside mappings",
      props: { subnets: UNKNOWN, subnetMappings: mapped("a", "b") },
      says: [],
    },
    {
      title: "refuses one subnet",
      props: { subnets: ["subnet-1"] },
      says: ["subnets names one subnet; AWS requires at least two, in different zones"],
    },
    {
      title: "refuses one unknown subnet",
      props: { subnets: [UNKNOWN] },
      says: ["subnets names one subnet; AWS requires at least two, in different zones"],
    },
    {
      title: "refuses no subnet",
      props: { subnets: [] },
      says: ["subnets names no subnet; AWS requires at least two, in different zones"],
    },
    {
      title: "does not count null",
      props: { subnets: ["a", null] },
      says: ["subnets names one subnet; AWS requires at least two, in different zones"],
    },
    {
      title: "counts the same subnet once",
      props: { subnets: ["a", "a"] },
      says: ["subnets names one subnet; AWS requires at least two, in different zones"],
    },
    {
      title: "refuses one mapping",
      props: { subnetMappings: mapped("a") },
      says: ["subnetMappings names one subnet; AWS requires at least two, in different zones"],
    },
    {
      title: "refuses subnets and mappings at once",
      props: { subnets: ["a", "b"], subnetMappings: mapped("a", "b") },
      says: ["subnets and subnetMappings are both set; AWS allows only one of them"],
    },
    {
      title: "refuses a subnet mapped twice, also for a Network Load Balancer",
      props: { loadBalancerType: "network", subnetMappings: mapped("a", "b", "a") },
      says: ["subnetMappings has the same subnet twice; AWS allows each subnet only once"],
    },
  ]);
  for (const type of LOAD_BALANCER) {
    suite.checkSentences(type, [
      {
        title: `judges ${type}`,
        props: { subnets: ["a"] },
        says: ["subnets names one subnet; AWS requires at least two, in different zones"],
      },
    ]);
  }
});

describe("balancer-subnets-stack", () => {
  const suite = new RuleSuite("relations");
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
    { title: "passes an unknown zone", stack: [...base, balancer(UNKNOWN, a, unknown)], says: [] },
    {
      title: "passes an absent zone, or one of another type",
      stack: [subnet("n", null), subnet("o", ["x"]), balancer(UNKNOWN, subnet("n", 0), subnet("o", 0))],
      says: [],
    },
    {
      title: "passes subnets mixed with other values",
      stack: [...base, balancer(UNKNOWN, a, route)],
      says: [],
    },
    {
      title: "passes subnets outside the stack",
      stack: [...base, balancer(["subnet-1", "subnet-2"])],
      says: [],
    },
    {
      title: "leaves a list with one element to the resource rule",
      stack: [...base, balancer([UNKNOWN], a)],
      says: [],
    },
    {
      title: "refuses one zone for two subnets",
      stack: [...base, balancer([UNKNOWN, UNKNOWN], a, alsoA)],
      says: [
        [
          "lb",
          "subnets has 2 elements, but two of the subnets lie in the same zone; each must lie in a different zone",
        ],
      ],
    },
    {
      title: "refuses two of three in one zone, for a Network Load Balancer and for mappings, too",
      stack: [
        ...base,
        {
          ...balancer(UNKNOWN),
          props: { loadBalancerType: "network", subnetMappings: Array(3).fill({ subnetId: UNKNOWN }) },
          propertyDependencies: { subnetMappings: [a, b, alsoA].map(urnOf) },
        },
      ],
      says: [
        [
          "lb",
          "subnetMappings has 3 elements, but two of the subnets lie in the same zone; each must lie in a different zone",
        ],
      ],
    },
    {
      title: "passes an unknown list, whose length is unknown",
      stack: [...base, balancer(UNKNOWN, a, alsoA)],
      says: [],
    },
    {
      title: "passes a component with more subnets than the list has elements",
      stack: [...base, balancer([UNKNOWN, UNKNOWN], a, alsoA, b)],
      says: [],
    },
    {
      title: "refuses one zone by the subnets' IDs, as in up",
      stack: [
        { type: SUBNET[0], name: "x", props: { id: "subnet-1", availabilityZone: secret("eu-west-1a") } },
        { type: SUBNET[0], name: "y", props: { id: "subnet-2", availabilityZone: "eu-west-1a" } },
        balancer(["subnet-1", "subnet-2"]),
      ],
      says: [
        [
          "lb",
          "subnets has 2 elements, but two of the subnets lie in the same zone; each must lie in a different zone",
        ],
      ],
    },
  ]);
});

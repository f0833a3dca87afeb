import assert from "node:assert/strict";
import { AUTO_SCALING_GROUP, SUBNET } from "../../../../policies/resources";
import { secret, UNKNOWN, urnOf } from "../../../support/pack";
import type { TestResource } from "../../../support/pack";
import { RuleSuite } from "../../../support/rule-suite";

const [GROUP] = AUTO_SCALING_GROUP;

describe("group-zones", () => {
  const suite = new RuleSuite("group-zones");
  suite.checkSentences(GROUP, [
    { title: "passes two subnets", props: { vpcZoneIdentifiers: ["a", UNKNOWN] }, says: [] },
    { title: "passes two zones", props: { availabilityZones: ["eu-west-1a", "eu-west-1b"] }, says: [] },
    { title: "passes an unknown list", props: { vpcZoneIdentifiers: UNKNOWN }, says: [] },
    {
      title: "passes absent and empty lists, and other types",
      props: { vpcZoneIdentifiers: [], availabilityZones: "a" },
      says: [],
    },
    {
      title: "advises against one subnet",
      props: { vpcZoneIdentifiers: [UNKNOWN] },
      says: ["vpcZoneIdentifiers has 1 different element; it must have at least 2"],
    },
    {
      title: "advises against one zone, given as a secret",
      props: { availabilityZones: [secret("a"), null] },
      says: ["availabilityZones has 1 different element; it must have at least 2"],
    },
  ]);
});

describe("group-zones-stack", () => {
  const suite = new RuleSuite("group-zones-stack");
  const subnet = (name: string, availabilityZone: unknown): TestResource => ({
    type: SUBNET[0],
    name,
    props: { id: UNKNOWN, availabilityZone },
  });
  const group = (vpcZoneIdentifiers: unknown, ...sources: TestResource[]): TestResource => ({
    type: GROUP,
    name: "fleet",
    props: { vpcZoneIdentifiers },
    propertyDependencies: { vpcZoneIdentifiers: sources.map(urnOf) },
  });
  const [a, b, alsoA] = [
    subnet("a", "eu-west-1a"),
    subnet("b", secret("eu-west-1b")),
    subnet("alsoA", "eu-west-1a"),
  ];
  const base = [a, b, alsoA];
  suite.checkStacks([
    { title: "passes two zones", stack: [...base, group(UNKNOWN, a, b)], says: [] },
    {
      title: "passes an unknown zone",
      stack: [a, subnet("u", UNKNOWN), group(UNKNOWN, a, subnet("u", 0))],
      says: [],
    },
    {
      title: "passes subnets outside the stack, and null",
      stack: [...base, group(["subnet-1", "subnet-2"]), group(null)],
      says: [],
    },
    {
      title: "leaves a list with one element to the resource rule",
      stack: [...base, group([UNKNOWN], a)],
      says: [],
    },
    {
      title: "advises against one zone",
      stack: [...base, group(UNKNOWN, a, alsoA)],
      says: [["fleet", "the subnets of vpcZoneIdentifiers are in 1 zone; they must be in at least 2"]],
    },
    {
      title: "identifies zones by their IDs if they have no names",
      stack: [
        { type: SUBNET[0], name: "x", props: { id: "subnet-1", availabilityZoneId: "euw1-az1" } },
        { type: SUBNET[0], name: "y", props: { id: "subnet-2", availabilityZoneId: "euw1-az1" } },
        group(["subnet-1", "subnet-2"]),
      ],
      says: [["fleet", "the subnets of vpcZoneIdentifiers are in 1 zone; they must be in at least 2"]],
    },
    {
      title: "uses known IDs, whatever the list's dependencies",
      stack: [
        { type: SUBNET[0], name: "x", props: { id: "subnet-1", availabilityZone: "eu-west-1a" } },
        { type: SUBNET[0], name: "y", props: { id: "subnet-2", availabilityZone: "eu-west-1a" } },
        b,
        group(["subnet-1", "subnet-2"], b, group([])),
      ],
      says: [["fleet", "the subnets of vpcZoneIdentifiers are in 1 zone; they must be in at least 2"]],
    },
  ]);

  it("uses the configured number of zones, and states how many zones there are", async () => {
    await suite
      .pack()
      .configure({
        "group-zones": { level: "advisory", zones: 3 },
        "group-zones-stack": { level: "advisory", zones: 3 },
      });
    const [[, text = ""] = []] = await suite.sentencesOfStack([
      ...base,
      group([UNKNOWN, UNKNOWN, UNKNOWN], a, b),
    ]);
    assert.match(text, /are in 2 zones; they must be in at least 3\.$/);
    const { findings } = await suite.pack().analyze(group(["x", "y"]));
    const own = findings.find(({ policy }) => policy === "group-zones");
    assert.ok(
      own?.message.includes("\nvpcZoneIdentifiers has 2 different elements; it must have at least 3.\n"),
    );
    await suite.pack().configure({});
  });
});

import { PEERING, SUBNET, VPC, VPC_RANGE } from "../../../../policies/resources";
import assert from "node:assert/strict";
import fc from "fast-check";
import { overlaps } from "../../../../policies/rules/refused-by-aws/relations/networks";
import { parsed } from "../../../support/cidr";
import { secret, UNKNOWN, urnOf } from "../../../support/pack";
import type { TestResource } from "../../../support/pack";
import { RuleSuite } from "../../../support/rule-suite";

const vpc = (name: string, cidrBlock: unknown): TestResource => ({
  type: VPC[0],
  name,
  props: { id: UNKNOWN, cidrBlock },
});
const one = vpc("one", "10.0.0.0/16");
const two = vpc("two", "10.0.0.0/16");
const three = vpc("three", "10.3.0.0/16");
const peering = (near: TestResource, far: TestResource): TestResource => ({
  type: PEERING[0],
  name: "peering",
  props: { vpcId: UNKNOWN, peerVpcId: UNKNOWN },
  propertyDependencies: { vpcId: [urnOf(near)], peerVpcId: [urnOf(far)] },
});
const within = (type: string, name: string, place: TestResource, cidrBlock: unknown): TestResource => ({
  type,
  name,
  props: { vpcId: UNKNOWN, cidrBlock },
  propertyDependencies: { vpcId: [urnOf(place)] },
});
const subnet = (name: string, cidrBlock: unknown, place = one): TestResource =>
  within(SUBNET[0], name, place, cidrBlock);
const range = (cidrBlock: unknown, place = one): TestResource =>
  within(VPC_RANGE[0], "range", place, cidrBlock);

describe("cidr-overlaps", () => {
  const suite = new RuleSuite("relations");
  const overlap = 'cidrBlock overlaps that of subnet "a" in the same VPC; it must not';
  const outside = "cidrBlock lies outside the VPC's ranges; it must lie within one of them";
  suite.checkStacks([
    { title: "passes peered VPCs with separate ranges", stack: [one, three, peering(one, three)], says: [] },
    {
      title: "passes peered VPCs if one is unknown, or not in the stack",
      stack: [one, vpc("u", UNKNOWN), peering(one, vpc("u", UNKNOWN)), peering(one, vpc("elsewhere", ""))],
      says: [],
    },
    {
      title: "refuses peered VPCs that share addresses",
      stack: [one, two, peering(one, two)],
      says: [["peering", "vpcId and peerVpcId name VPCs whose addresses overlap; they must not"]],
    },
    {
      title: "refuses peered VPCs by their secondary ranges",
      stack: [one, three, range("10.7.0.0/16"), range("10.7.128.0/17", three), peering(three, one)],
      says: [["peering", "vpcId and peerVpcId name VPCs whose addresses overlap; they must not"]],
    },
    {
      title: "passes adjacent subnets",
      stack: [one, subnet("a", "10.0.0.0/24"), subnet("b", "10.0.1.0/24")],
      says: [],
    },
    {
      title: "passes the same range in two VPCs",
      stack: [one, two, subnet("a", "10.0.0.0/24"), subnet("b", "10.0.0.0/24", two)],
      says: [],
    },
    { title: "passes unknown ranges", stack: [one, subnet("a", UNKNOWN), subnet("b", UNKNOWN)], says: [] },
    {
      title: "passes absent and malformed ranges",
      stack: [one, ...[null, ["10.0.0.0/24"], "x", "::/0"].map((cidr, at) => subnet(`s${at}`, cidr))],
      says: [],
    },
    {
      title: "passes an unknown range of the VPC",
      stack: [vpc("one", UNKNOWN), subnet("a", "10.9.0.0/24")],
      says: [],
    },
    {
      title: "passes a subnet in the VPC's secondary range",
      stack: [one, range("10.1.0.0/16"), subnet("a", "10.1.0.0/24")],
      says: [],
    },
    {
      title: "passes a subnet that may be in an unknown secondary range",
      stack: [one, range(UNKNOWN), subnet("a", "10.1.0.0/24")],
      says: [],
    },
    {
      title: "passes a subnet that may be in a secondary range of an unknown VPC",
      stack: [
        one,
        { type: VPC_RANGE[0], name: "range", props: { vpcId: UNKNOWN, cidrBlock: "10.1.0.0/16" } },
        subnet("a", "10.1.0.0/24"),
      ],
      says: [],
    },
    {
      title: "passes subnets of unknown VPCs",
      stack: ["a", "b"].map((name) => ({
        type: SUBNET[0],
        name,
        props: { vpcId: UNKNOWN, cidrBlock: "10.0.0.0/24" },
      })),
      says: [],
    },
    {
      title: "refuses a subnet within another one, secret or not",
      stack: [one, subnet("b", secret("10.0.0.128/25")), subnet("a", "10.0.0.0/24")],
      says: [["b", overlap]],
    },
    {
      title: "refuses the same range twice",
      stack: [one, subnet("a", "10.0.0.0/24"), subnet("b", "10.0.0.0/24")],
      says: [["b", overlap]],
    },
    {
      title: "refuses the same range twice in a VPC outside the stack",
      stack: ["a", "b"].map((name) => ({
        type: SUBNET[0],
        name,
        props: { vpcId: "vpc-1", cidrBlock: "10.0.0.0/24" },
      })),
      says: [["b", overlap]],
    },
    {
      title: "refuses a subnet outside the VPC",
      stack: [one, subnet("a", "10.1.0.0/24")],
      says: [["a", outside]],
    },
    {
      title: "refuses a subnet larger than the VPC",
      stack: [one, subnet("a", "10.0.0.0/15")],
      says: [["a", outside]],
    },
    {
      title: "finds an overlap beside an unknown range",
      stack: [one, subnet("x", UNKNOWN), subnet("a", "10.0.0.0/24"), subnet("b", "10.0.0.0/25")],
      says: [["b", overlap]],
    },
  ]);

  it("finds exactly the ranges that overlap an earlier one, as a comparison of all pairs does", () => {
    const ranges = fc.array(
      fc
        .tuple(fc.nat(63), fc.integer({ min: 26, max: 32 }))
        .map(([host, prefix]) => parsed(`10.0.0.${host}/${prefix}`)),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(ranges, (all) => {
        const pairs = overlaps(all);
        for (const [later, earlier] of pairs)
          assert.ok(later.first <= earlier.last && earlier.first <= later.last);
        const later = new Set(pairs.map(([range]) => range));
        const left = all.filter((range) => !later.has(range));
        for (const a of left)
          for (const b of left) assert.ok(a === b || a.last < b.first || b.last < a.first);
      }),
    );
  });
});

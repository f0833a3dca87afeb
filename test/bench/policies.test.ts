import assert from "node:assert/strict";

import { network } from "../../bench/policies/cloudformation/network";
import type { Program } from "../../bench/policies/corpus";
import { difference, type Reported } from "../../bench/policies/findings";
import { rowsOf, type Tool, verdictsOf } from "../../bench/policies/verdicts";
import type { Resource } from "../../packages/rehearse/engine/resource";

const found = (check: string, resource: string, fails = true): Reported => ({
  check,
  resource,
  fails,
  message: "",
});

describe("A tool's finding in an attack and not in the fixed program", () => {
  it("is identified by check and resource, whatever its message", () => {
    const said = { ...found("A", "Door"), message: "port 80" };
    assert.deepEqual(difference([said], [{ ...said, message: "port 443" }]), []);
    assert.deepEqual(difference([said], [found("A", "Window")]), [said]);
  });

  it("is counted by how often a check finds a resource", () => {
    assert.equal(difference([found("A", "Door"), found("A", "Door")], [found("A", "Door")]).length, 1);
  });
});

describe("A verdict on a tool", () => {
  const attack = (name: string): Program => ({ name, kind: "attack", area: "tls" });
  const programs: Program[] = [
    ...["seen", "unseen", "unsaid", "refused"].map(attack),
    { name: "house", kind: "sound", area: "sound" },
  ];
  const tool = (reads: Tool["reads"]): Tool => ({
    title: "it",
    version: "1",
    isOurs: false,
    reads,
    reports: new Map([
      ["seen", [found("A", "Door", false), found("B", "Door")]],
      ["seen.mended", [found("B", "Door")]],
      ["unseen", [found("B", "Door")]],
      ["unseen.mended", [found("B", "Door")]],
      ["unsaid", []],
      ["unsaid.mended", []],
      ["refused", [found("B", "Door"), found("C", "Door")]],
      ["refused.mended", [found("B", "Door")]],
      ["house", [found("B", "Door"), found("D", "Door", false)]],
    ]),
  });

  it("counts an attack as caught if the fix removes the finding, and as refused if a build would have failed", () => {
    const { attacks } = verdictsOf(tool("template"), programs, new Set(["unsaid"]));
    assert.deepEqual(
      attacks.map(({ program, outcome, refused }) => [program.name, outcome, refused]),
      [
        ["seen", "caught", false],
        ["unseen", "missed", false],
        ["unsaid", "not expressible", false],
        ["refused", "caught", true],
      ],
    );
  });

  it("excuses no tool that judged the program itself", () => {
    const { attacks } = verdictsOf(tool("program"), programs, new Set(["unsaid"]));
    assert.equal(attacks[2]?.outcome, "missed");
  });

  it("counts a failed build of a compliant program as a false alarm", () => {
    const { falseAlarms } = verdictsOf(tool("template"), programs, new Set());
    assert.deepEqual([...falseAlarms], [["house", [found("B", "Door")]]]);
  });

  it("is written by program, as CSV", () => {
    const verdicts = verdictsOf(tool("template"), programs, new Set(["unsaid"]));
    assert.deepEqual(rowsOf([verdicts], programs, new Map([["seen", ["Door", 'the "key"']]])).split("\n"), [
      "area,program,it,not in the template",
      'tls,seen,A,"Door; the ""key"""',
      "tls,unseen,missed,",
      "tls,unsaid,not expressible,",
      "tls,refused,C,",
      "sound,house,B,",
      "",
    ]);
  });
});

describe("A subnet in CloudFormation", () => {
  const rangeOf = (ipv6CidrBlock: string, vpcId: Resource["inputs"][string]): unknown => {
    const shape = network["aws:ec2/subnet:Subnet"]?.shape;
    const shaped = shape?.({ vpcId, ipv6CidrBlock }, () => undefined, "shop");
    assert.ok(shaped !== undefined && !Array.isArray(shaped));
    const { Ipv6CidrBlock, ipv6CidrBlock: written } = shaped as Resource["inputs"];
    return Ipv6CidrBlock ?? written;
  };

  it("gets its part of the range that AWS gives the VPC, instead of a made-up one", () => {
    const range = { "Fn::Select": [0, { "Fn::GetAtt": ["Shop", "Ipv6CidrBlocks"] }] };
    for (const [block, index] of [
      ["2001:db8:590a:8b00::/64", 0],
      ["2001:db8:590a:8b1f::/64", 31],
      ["2001:db8:5:102::/64", 2],
    ] as const) {
      const part = { "Fn::Select": [index, { "Fn::Cidr": [range, 256, 64] }] };
      assert.deepEqual(rangeOf(block, { Ref: "Shop" }), part);
    }
  });

  it("keeps an explicit range", () => {
    assert.equal(rangeOf("2a05:d018:1:2::/64", { Ref: "Shop" }), "2a05:d018:1:2::/64");
    assert.equal(rangeOf("2001:db8:590a:8b00::/64", "vpc-0123456789abcdef0"), "2001:db8:590a:8b00::/64");
  });
});

import assert from "node:assert/strict";

import { network } from "../../bench/policies/cloudformation/network";
import type { Program } from "../../bench/policies/corpus";
import { difference, type Reported } from "../../bench/policies/findings";
import { add, mend, ref, remove, set } from "../../bench/policies/mend";
import { type Tool, verdictsOf } from "../../bench/policies/verdicts";
import { newResource, type Resource } from "../../packages/rehearse/engine/resource";

const found = (check: string, resource: string, fails = true): Reported => ({
  ...{ check, resource, fails, message: "" },
});

const resource = (type: string, name: string, inputs: Resource["inputs"]): Resource =>
  newResource({
    ...{ type, name, inputs, urn: `urn:pulumi:s::p::${type}::${name}`, id: `${name}-id`, custom: true },
    ...{ parent: "", outputs: { ...inputs, arn: `${name}-arn` } },
  });

describe("What a tool says of an attack and not of the mended program", () => {
  it("is told by check and resource, however the message reads", () => {
    const said = { ...found("A", "Door"), message: "port 80" };
    assert.deepEqual(difference([said], [{ ...said, message: "port 443" }]), []);
    assert.deepEqual(difference([said], [found("A", "Window")]), [said]);
  });

  it("counts how often a check fires on a resource", () => {
    assert.equal(difference([found("A", "Door"), found("A", "Door")], [found("A", "Door")]).length, 1);
  });
});

describe("Mending an attack", () => {
  const program = [
    resource("aws:lb/listener:Listener", "http", {
      port: 80,
      defaultActions: [{ type: "forward" }, { type: "x" }],
    }),
    resource("aws:lb/loadBalancer:LoadBalancer", "shop", { name: "shop" }),
  ];

  it("changes inputs and outputs, and leaves the attack as it was", () => {
    const steps = [
      set("Listener http", {
        port: 443,
        "defaultActions[0].type": "redirect",
        "defaultActions[1]": undefined,
        loadBalancerArn: ref("LoadBalancer shop", "arn"),
      }),
    ];
    const [listener] = mend(program, steps);
    const expected = { port: 443, defaultActions: [{ type: "redirect" }], loadBalancerArn: "shop-arn" };
    assert.deepEqual(listener?.inputs, expected);
    assert.deepEqual(listener?.outputs, { ...expected, arn: "http-arn" });
    assert.deepEqual(listener?.propertyDependencies["loadBalancerArn"], [program[1]?.urn]);
    assert.equal(program[0]?.inputs["port"], 80);
  });

  it("removes and adds resources", () => {
    const steps = [remove("Listener http"), add("aws:sns/topic:Topic", "calls", { name: "calls" })];
    assert.deepEqual(
      mend(program, steps).map(({ type, name, inputs }) => [type, name, inputs]),
      [
        ["aws:lb/loadBalancer:LoadBalancer", "shop", { name: "shop" }],
        ["aws:sns/topic:Topic", "calls", { name: "calls" }],
      ],
    );
  });

  it("refuses to change what isn't there", () => {
    assert.throws(() => mend(program, [remove("Listener https")]), /0 resources are called "Listener https"/);
  });
});

describe("A verdict on a tool", () => {
  const attack = (name: string): Program => ({ name, kind: "attack", area: "tls" });
  const programs: Program[] = [
    ...["seen", "unseen", "unsaid", "unmended"].map(attack),
    { name: "house", kind: "sound", area: "sound" },
  ];
  const tool = (reads: Tool["reads"]): Tool => ({
    ...{ title: "it", version: "1", isOurs: false, reads },
    reports: new Map([
      ["seen", [found("A", "Door", false), found("B", "Door")]],
      ["seen.mended", [found("B", "Door")]],
      ["unseen", [found("B", "Door")]],
      ["unseen.mended", [found("B", "Door")]],
      ["unsaid", []],
      ["unsaid.mended", []],
      ["unmended", [found("B", "Door"), found("C", "Door")]],
      ["house", [found("B", "Door"), found("D", "Door", false)]],
    ]),
  });

  it("calls an attack caught if mending it silences the tool, and refused if a build would have failed", () => {
    const { attacks } = verdictsOf(tool("template"), programs, new Set(["unsaid"]));
    assert.deepEqual(
      attacks.map(({ program, outcome, refused }) => [program.name, outcome, refused]),
      [
        ["seen", "caught", false],
        ["unseen", "missed", false],
        ["unsaid", "not expressible", false],
        ["unmended", "caught", true],
      ],
    );
  });

  it("takes what fires on compliant programs for no sign, where mending is not written down", () => {
    const { attacks } = verdictsOf(tool("template"), programs, new Set());
    assert.deepEqual(attacks[3]?.because, [found("C", "Door")]);
  });

  it("excuses nobody who saw the program itself", () => {
    const { attacks } = verdictsOf(tool("program"), programs, new Set(["unsaid"]));
    assert.equal(attacks[2]?.outcome, "missed");
  });

  it("takes what would fail the build of a compliant program for a false alarm", () => {
    const { falseAlarms } = verdictsOf(tool("template"), programs, new Set());
    assert.deepEqual([...falseAlarms], [["house", [found("B", "Door")]]]);
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

  it("gets its part of the range that AWS gives the VPC, instead of one that was made up", () => {
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

  it("keeps a range of its own", () => {
    assert.equal(rangeOf("2a05:d018:1:2::/64", { Ref: "Shop" }), "2a05:d018:1:2::/64");
    assert.equal(rangeOf("2001:db8:590a:8b00::/64", "vpc-0123456789abcdef0"), "2001:db8:590a:8b00::/64");
  });
});

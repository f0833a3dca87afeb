import assert from "node:assert/strict";

import { architectureOf, commonArchitecture } from "../../components/fleet/instance-type";

describe("architectureOf", () => {
  const expected = {
    arm64: [
      "t4g.micro",
      "m7g.large",
      "c7gn.16xlarge",
      "r8gd.metal-24xl",
      "x2gd.medium",
      "im4gn.large",
      "is4gen.xlarge",
      "a1.medium",
      "g5g.xlarge",
    ],
    x86_64: [
      "t2.nano",
      "t3a.small",
      "m7i-flex.large",
      "m7a.2xlarge",
      "c6id.metal",
      "g5.xlarge",
      "gr6.4xlarge",
      "x2iezn.12xlarge",
    ],
  } as const;
  for (const [architecture, instanceTypes] of Object.entries(expected)) {
    for (const instanceType of instanceTypes) {
      it(`returns ${architecture} for ${instanceType}`, () =>
        assert.equal(architectureOf(instanceType), architecture));
    }
  }

  for (const text of [
    "",
    "t4g",
    ".micro",
    "t4g.",
    "t4g.tiny",
    "T4G.MICRO",
    "t4g.micro ",
    "micro.t4g",
    "mac2.metal",
    "db.t4g.micro",
  ]) {
    it(`returns none for ${JSON.stringify(text)}, which is no Linux instance type`, () => {
      assert.equal(architectureOf(text), undefined);
    });
  }
});

describe("commonArchitecture", () => {
  it("is the architecture of all types, or none if they differ or one is unknown", () => {
    assert.equal(commonArchitecture(["t4g.small", "m7g.large"]), "arm64");
    assert.equal(commonArchitecture(["t3.small"]), "x86_64");
    assert.equal(commonArchitecture(["t4g.small", "t3.small"]), undefined);
    assert.equal(commonArchitecture(["t4g.small", "tiny"]), undefined);
    assert.equal(commonArchitecture([]), undefined);
  });
});

import { SUBNET, VPC, VPC_RANGE } from "../../../../policies/resources";
import fc from "fast-check";
import assert from "node:assert/strict";
import { secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite } from "../../../support/rule-suite";

describe("cidr-sizes", () => {
  const suite = RuleSuite.ofProse("cidr-sizes");
  for (const type of [...VPC, ...VPC_RANGE, ...SUBNET]) {
    suite.checkSentences(type, [
      { title: `passes the largest ${type}`, props: { cidrBlock: "10.0.0.0/16" }, says: [] },
      { title: `passes the smallest ${type}`, props: { cidrBlock: secret("10.0.0.0/28") }, says: [] },
      { title: `passes an absent range, as with IPAM, for ${type}`, props: {}, says: [] },
      { title: `passes an unknown range for ${type}`, props: { cidrBlock: UNKNOWN }, says: [] },
      { title: `passes null for ${type}`, props: { cidrBlock: null }, says: [] },
      { title: `passes values of other types for ${type}`, props: { cidrBlock: ["10.0.0.0/8"] }, says: [] },
      {
        title: `refuses a larger ${type}`,
        props: { cidrBlock: "10.0.0.0/8" },
        says: ["cidrBlock has a prefix length of 8; AWS allows 16 to 28"],
      },
      {
        title: `refuses a smaller, secret ${type}`,
        props: { cidrBlock: secret("10.0.0.0/29") },
        says: ["cidrBlock has a prefix length of 29; AWS allows 16 to 28"],
      },
    ]);
  }

  it("refuses every prefix outside 16 to 28", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 32 }), async (prefix) => {
        const problems = await suite.sentencesOf({
          type: SUBNET[0],
          props: { cidrBlock: `10.0.0.0/${prefix}` },
        });
        assert.equal(problems.length, prefix >= 16 && prefix <= 28 ? 0 : 1);
      }),
      { numRuns: 60, examples: [[15], [16], [28], [29]] },
    );
  });
});

import assert from "node:assert/strict";
import fc from "fast-check";
import { AUTO_SCALING_GROUP } from "../../../../policies/resources";
import { secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite } from "../../../support/rule-suite";

describe("auto-scaling-sizes", () => {
  const suite = RuleSuite.ofProse("group-sizes");
  const [type] = AUTO_SCALING_GROUP;
  suite.checkSentences(type, [
    { title: "passes sizes in order", props: { minSize: 1, desiredCapacity: 2, maxSize: 3 }, says: [] },
    { title: "passes equal and absent sizes", props: { minSize: 0, maxSize: 0 }, says: [] },
    {
      title: "passes unknown sizes",
      props: { minSize: UNKNOWN, desiredCapacity: UNKNOWN, maxSize: UNKNOWN },
      says: [],
    },
    {
      title: "passes an unknown size between two known ones",
      props: { minSize: 2, desiredCapacity: UNKNOWN, maxSize: 3 },
      says: [],
    },
    {
      title: "passes null and secrets",
      props: { minSize: secret(1), desiredCapacity: null, maxSize: "3" },
      says: [],
    },
    {
      title: "refuses a negative size",
      props: { minSize: -1, maxSize: 3 },
      says: ["minSize is -1; it must be a whole number of at least 0"],
    },
    {
      title: "refuses wrong types",
      props: { minSize: [1], maxSize: "many" },
      says: [
        "minSize is a list; it must be a whole number of at least 0",
        "maxSize is another string (not shown, as it may be secret); it must be a whole number of at least 0",
      ],
    },
    {
      title: "refuses a desired size outside both bounds",
      props: { minSize: 4, desiredCapacity: 3, maxSize: 2 },
      says: [
        "minSize is 4, but desiredCapacity is 3; minSize must not be greater",
        "minSize is 4, but maxSize is 2; minSize must not be greater",
        "desiredCapacity is 3, but maxSize is 2; desiredCapacity must not be greater",
      ],
    },
    {
      title: "judges the other sizes beside an unknown one",
      props: { minSize: 4, desiredCapacity: UNKNOWN, maxSize: 3 },
      says: ["minSize is 4, but maxSize is 3; minSize must not be greater"],
    },
  ]);

  it("accepts exactly the sizes that are in order", async () => {
    const size = fc.integer({ min: 0, max: 3 });
    await fc.assert(
      fc.asyncProperty(size, size, size, async (minSize, desiredCapacity, maxSize) => {
        const problems = await suite.sentencesOf({ type, props: { minSize, desiredCapacity, maxSize } });
        assert.equal(problems.length === 0, minSize <= desiredCapacity && desiredCapacity <= maxSize);
      }),
      { numRuns: 60 },
    );
  });
});

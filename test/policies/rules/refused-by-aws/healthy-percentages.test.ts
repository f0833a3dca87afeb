import assert from "node:assert/strict";
import fc from "fast-check";
import { AUTO_SCALING_GROUP } from "../../../../policies/resources";
import { secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite, type Props } from "../../../support/rule-suite";

const refresh = (preferences: unknown): Props => ({ instanceRefresh: { strategy: "Rolling", preferences } });
const maintenance = (minHealthyPercentage: unknown, maxHealthyPercentage: unknown): Props => ({
  instanceMaintenancePolicy: { minHealthyPercentage, maxHealthyPercentage },
});

describe("healthy-percentages", () => {
  const suite = RuleSuite.ofProse("refresh-percentages");
  const maintained = RuleSuite.ofProse("maintenance-percentages");
  const [type] = AUTO_SCALING_GROUP;
  suite.checkSentences(type, [
    { title: "passes a group without percentages", props: {}, says: [] },
    {
      title: "passes a valid pair",
      props: refresh({ minHealthyPercentage: 90, maxHealthyPercentage: 120 }),
      says: [],
    },
    { title: "passes a single percentage", props: refresh({ maxHealthyPercentage: 200 }), says: [] },
    {
      title: "passes unknown percentages",
      props: { ...refresh(UNKNOWN), ...maintenance(UNKNOWN, UNKNOWN) },
      says: [],
    },
    {
      title: "passes null and secrets",
      props: refresh({ minHealthyPercentage: null, maxHealthyPercentage: secret(150) }),
      says: [],
    },
    {
      title: "refuses -1 in a refresh",
      props: refresh({ minHealthyPercentage: -1 }),
      says: [
        "instanceRefresh.preferences.minHealthyPercentage is -1; it must be a whole number from 0 to 100",
      ],
    },
    {
      title: "refuses a minimum above the maximum",
      props: refresh({ minHealthyPercentage: 110, maxHealthyPercentage: 90 }),
      says: [
        "instanceRefresh.preferences.minHealthyPercentage is 110; it must be a whole number from 0 to 100",
        "instanceRefresh.preferences.maxHealthyPercentage is 90; it must be a whole number from 100 to 200",
      ],
    },
  ]);
  maintained.checkSentences(type, [
    { title: "passes an unknown policy", props: maintenance(UNKNOWN, UNKNOWN), says: [] },
    { title: "passes -1, which removes a policy", props: maintenance(-1, -1), says: [] },
    {
      title: "refuses a pair more than 100 apart",
      props: maintenance(50, 200),
      says: [
        "instanceMaintenancePolicy.minHealthyPercentage is 50, but maxHealthyPercentage is 200; AWS allows a difference of at most 100",
      ],
    },
    {
      title: "refuses wrong types",
      props: maintenance([1], "all"),
      says: [
        "instanceMaintenancePolicy.minHealthyPercentage is a list; it must be a whole number from 0 to 100, or -1",
        "instanceMaintenancePolicy.maxHealthyPercentage is another string (not shown, as it may be secret); it must be a whole number from 100 to 200, or -1",
      ],
    },
  ]);

  it("accepts exactly the pairs within the bounds and no more than 100 apart", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: -5, max: 110 }),
        fc.integer({ min: 90, max: 210 }),
        async (min, max) => {
          const preferences = { minHealthyPercentage: min, maxHealthyPercentage: max };
          const problems = await suite.sentencesOf({ type, props: refresh(preferences) });
          const isSound = min >= 0 && min <= 100 && max >= 100 && max <= 200 && max - min <= 100;
          assert.equal(problems.length === 0, isSound, `${min} ${max}: ${problems.join()}`);
        },
      ),
      { numRuns: 100 },
    );
  });
});

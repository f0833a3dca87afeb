import assert from "node:assert/strict";
import fc from "fast-check";
import { TARGET_GROUP } from "../../../../policies/resources";
import { secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite } from "../../../support/rule-suite";

const routed = (minimumHealthyTargetsCount: unknown, minimumHealthyTargetsPercentage: unknown) => ({
  protocol: "HTTP",
  targetGroupHealth: {
    unhealthyStateRouting: { minimumHealthyTargetsCount, minimumHealthyTargetsPercentage },
  },
});

describe("fail-open", () => {
  const suite = new RuleSuite("fail-open");
  afterEach(() => suite.reset());

  suite.check(TARGET_GROUP[0], [
    { title: "passes absent settings", props: {}, says: [] },
    { title: "passes null settings", props: routed(null, null), says: [] },
    { title: "passes AWS's defaults, set explicitly", props: routed(1, "off"), says: [] },
    { title: "passes half of the targets, as a secret", props: routed("1", secret("50")), says: [] },
    {
      title: "ignores the settings of DNS failover",
      props: { targetGroupHealth: { dnsFailover: { minimumHealthyTargetsCount: "3" } } },
      says: [],
    },
    {
      title: "refuses a count, which may include all targets",
      props: routed(2, "off"),
      says: [
        "targetGroupHealth.unhealthyStateRouting.minimumHealthyTargetsCount is 2; " +
          "it must be left out, or a literal whole number from 1 to 1",
      ],
    },
    {
      title: "refuses all targets",
      props: routed(1, "100"),
      says: ['minimumHealthyTargetsPercentage is "100"; it must be left out, "off", or'],
    },
    { title: "refuses both at once", props: routed(9, "90"), says: [/Count is 9[^]*Percentage is "90"/] },
    {
      title: "refuses a percentage of zero",
      props: routed(0, "0"),
      says: [/Count is 0[^]*Percentage is "0"/],
    },
    { title: "refuses an unknown percentage", props: routed(1, UNKNOWN), says: ["Percentage is not known"] },
    {
      title: "refuses unknown settings",
      props: { targetGroupHealth: UNKNOWN },
      says: [/Count is not known[^]*Percentage is not known/],
    },
    { title: "refuses counts that are off", props: routed("off", "off"), says: ['Count is "off"'] },
    {
      title: "refuses the wrong type",
      props: routed([1], {}),
      says: [/Count is a list[^]*Percentage is an obj/],
    },
  ]);
  suite.checkTypes(TARGET_GROUP, routed(2, "100"));
  suite.checkSilence(TARGET_GROUP[0], routed(1, secret("hunter2")));

  it("accepts up to the configured numbers and no more", async () => {
    const [counts, shares] = [fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 99 })];
    await fc.assert(
      fc.asyncProperty(counts, shares, async (maxHealthyCount, maxHealthyPercentage) => {
        await suite.configure({ maxHealthyCount, maxHealthyPercentage });
        const problems = async (count: number, share: number): Promise<number> =>
          (await suite.judge({ type: TARGET_GROUP[0], props: routed(count, String(share)) })).length;
        assert.equal(await problems(maxHealthyCount, maxHealthyPercentage), 0);
        assert.equal(await problems(maxHealthyCount + 1, maxHealthyPercentage), 1);
        assert.equal(await problems(maxHealthyCount, maxHealthyPercentage + 1), 1);
      }),
      { numRuns: 15 },
    );
  });
});

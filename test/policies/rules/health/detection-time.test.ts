import assert from "node:assert/strict";
import fc from "fast-check";
import { CLASSIC_LOAD_BALANCER, TARGET_GROUP } from "../../../../policies/resources";
import { secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite } from "../../../support/rule-suite";

const checked = (interval: unknown, unhealthyThreshold: unknown, more: object = {}) => ({
  protocol: "HTTP",
  healthCheck: { interval, unhealthyThreshold, ...more },
});

describe("health-detection-time", () => {
  const suite = new RuleSuite("health-detection-time");
  afterEach(() => suite.reset());

  suite.check(TARGET_GROUP[0], [
    { title: "passes 45 seconds", props: checked(15, 3), says: [] },
    { title: "passes the provider's defaults, left out", props: { healthCheck: {} }, says: [] },
    { title: "passes the provider's defaults, in null", props: checked(null, null), says: [] },
    { title: "passes exactly the maximum number of seconds", props: checked(200, 3), says: [] },
    { title: "passes digits and secrets", props: checked("30", secret(2)), says: [] },
    { title: "leaves an absent check to target-group-health", props: {}, says: [] },
    {
      title: "ignores a check that is off",
      props: { targetType: "lambda", ...checked(300, 10, { enabled: false }) },
      says: [],
    },
    {
      title: "refuses one second more",
      props: checked(601, 1),
      says: [
        "healthCheck.interval times healthCheck.unhealthyThreshold is 601 seconds; it must be at most 600",
      ],
    },
    { title: "refuses AWS's own worst case", props: checked(300, 10), says: ["is 3000 seconds"] },
    {
      title: "refuses a long interval with the threshold left out",
      props: checked(201, null),
      says: ["603"],
    },
    { title: "refuses an unknown interval", props: checked(UNKNOWN, 2), says: ["interval is not known"] },
    {
      title: "refuses an unknown threshold",
      props: checked(30, UNKNOWN),
      says: ["unhealthyThreshold is not known"],
    },
    { title: "refuses an unknown check", props: { healthCheck: UNKNOWN }, says: ["interval is not known"] },
    { title: "refuses the wrong type", props: checked([30], 2), says: ["interval is a list"] },
    {
      title: "refuses a slow check with enabled: true",
      props: checked(300, 10, { enabled: true }),
      says: ["3000"],
    },
    {
      title: "refuses a slow check that may be off",
      props: checked(300, 10, { enabled: UNKNOWN }),
      says: ["3000"],
    },
  ]);
  suite.checkTypes([...TARGET_GROUP, ...CLASSIC_LOAD_BALANCER], checked(300, 10));
  suite.checkSilence(TARGET_GROUP[0], checked(secret("hunter2"), 3));

  it("ignores an absent check, however short the time allowed", async () => {
    await suite.configure({ maxSeconds: 10 });
    assert.deepEqual(await suite.judge({ type: TARGET_GROUP[0], props: { protocol: "HTTP" } }), []);
    assert.equal((await suite.judge({ type: TARGET_GROUP[0], props: { healthCheck: {} } })).length, 1);
  });

  it("accepts up to the configured seconds and no more", async () => {
    const numbers = [fc.integer({ min: 5, max: 300 }), fc.integer({ min: 2, max: 10 })] as const;
    await fc.assert(
      fc.asyncProperty(...numbers, async (interval, threshold) => {
        const props = checked(interval, threshold);
        await suite.configure({ maxSeconds: interval * threshold });
        assert.equal((await suite.judge({ type: TARGET_GROUP[0], props })).length, 0);
        if (interval * threshold === 10) return; // The minimum that can be configured.
        await suite.configure({ maxSeconds: interval * threshold - 1 });
        assert.equal((await suite.judge({ type: TARGET_GROUP[0], props })).length, 1);
      }),
      { numRuns: 15 },
    );
  });
});

import assert from "node:assert/strict";

import { healthyPercentages, mostInstances, refreshPreferences } from "../../components/fleet/refresh";

describe("healthyPercentages", () => {
  it("allow one instance more than wanted, even in a small group", () => {
    for (let size = 1; size <= 1000; size += 1) {
      const { minHealthyPercentage, maxHealthyPercentage } = healthyPercentages(size);
      assert.equal(minHealthyPercentage, 100);
      assert.ok(Math.floor((size * maxHealthyPercentage) / 100) > size, String(size));
    }
  });

  it("stay within the 100 points that EC2 Auto Scaling allows between the two", () => {
    for (const size of [1, 2, 1000]) {
      const { minHealthyPercentage, maxHealthyPercentage } = healthyPercentages(size);
      assert.ok(maxHealthyPercentage - minHealthyPercentage <= 100);
    }
  });
});

describe("mostInstances", () => {
  it("is the largest number of instances in a group during a refresh", () => {
    assert.equal(mostInstances(12, 3), 18);
    assert.equal(mostInstances(3, 1), 6);
  });
});

describe("refreshPreferences", () => {
  const none = { checkpointPercents: [], checkpointDelayMinutes: 30, alarmNames: [], skipMatching: false };

  it("leave what is not set to AWS, and the delay without checkpoints, which AWS would refuse", () => {
    assert.deepEqual(refreshPreferences(none), {});
  });

  it("contain every setting, with the delay in seconds", () => {
    assert.deepEqual(refreshPreferences({ ...none, checkpointPercents: [10, 50] }), {
      checkpointPercentages: [10, 50],
      checkpointDelay: "1800",
    });
    assert.deepEqual(refreshPreferences({ ...none, alarmNames: ["errors"] }), {
      alarmSpecification: { alarms: ["errors"] },
    });
    assert.deepEqual(refreshPreferences({ ...none, skipMatching: true }), { skipMatching: true });
  });
});

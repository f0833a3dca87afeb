import assert from "node:assert/strict";

import { healthyPercentages, mostInstances } from "../../components/fleet/refresh";

describe("healthyPercentages", () => {
  it("leave room for one instance more than wanted, however small the group", () => {
    for (let size = 1; size <= 1000; size += 1) {
      const { minHealthyPercentage, maxHealthyPercentage } = healthyPercentages(size);
      assert.equal(minHealthyPercentage, 100);
      assert.ok(Math.floor((size * maxHealthyPercentage) / 100) > size, String(size));
    }
  });

  it("stay within the 100 points between the two that EC2 Auto Scaling allows", () => {
    for (const size of [1, 2, 1000]) {
      const { minHealthyPercentage, maxHealthyPercentage } = healthyPercentages(size);
      assert.ok(maxHealthyPercentage - minHealthyPercentage <= 100);
    }
  });
});

describe("mostInstances", () => {
  it("is what a group may hold while it is replaced", () => {
    assert.equal(mostInstances(12, 3), 18);
    assert.equal(mostInstances(3, 1), 6);
  });
});

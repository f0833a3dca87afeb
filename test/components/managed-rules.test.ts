import assert from "node:assert/strict";

import { capacityOf, INCLUDED_CAPACITY, MANAGED_RULES } from "../../components/edge/managed-rules";

describe("capacityOf", () => {
  it("adds what the groups and the rate limit take", () => {
    assert.equal(capacityOf([]), 2);
    assert.equal(capacityOf(["AWSManagedRulesCommonRuleSet", "AWSManagedRulesAmazonIpReputationList"]), 727);
  });

  it("shows that all groups together cost extra, and any one less doesn't, but the smallest", () => {
    assert.equal(capacityOf(MANAGED_RULES), 1527);
    const without = MANAGED_RULES.filter((left) => {
      return capacityOf(MANAGED_RULES.filter((one) => one !== left)) > INCLUDED_CAPACITY;
    });
    assert.deepEqual(without, ["AWSManagedRulesAmazonIpReputationList"]);
  });
});

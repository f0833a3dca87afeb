import assert from "node:assert/strict";

import { MANAGED_RULES, type ManagedRules } from "../../components/edge/managed-rules";
import { capacityOf, INCLUDED_CAPACITY } from "../../components/edge/web-acl-capacity";

const withGroups = (managedRules: readonly ManagedRules[]): number =>
  capacityOf({ managedRules, rateLimits: [], ruleGroups: [], ipSets: 0 });

describe("capacityOf", () => {
  it("adds up the groups and the rate limit", () => {
    assert.equal(withGroups([]), 2);
    assert.equal(withGroups(["AWSManagedRulesCommonRuleSet", "AWSManagedRulesAmazonIpReputationList"]), 727);
  });

  it("exceeds the included capacity with all groups together, but not if any group other than the smallest is left out", () => {
    assert.equal(withGroups(MANAGED_RULES), 1527);
    const without = MANAGED_RULES.filter((left) => {
      return withGroups(MANAGED_RULES.filter((one) => one !== left)) > INCLUDED_CAPACITY;
    });
    assert.deepEqual(without, ["AWSManagedRulesAmazonIpReputationList"]);
  });

  it("adds address sets, the user's rule groups, and each path limit with its transformations and methods", () => {
    const limit = { path: "/login", requestsPer5Minutes: 50 };
    const rateLimits = [
      { name: "login", ...limit, methods: ["POST"] },
      { name: "search", ...limit, methods: [] },
    ];
    const ruleGroups = [{ name: "shop", arn: "arn", capacityUnits: 100 }];
    // 2, then 2 + 2 + 30 + 2 and 2 + 2 + 30.
    assert.equal(capacityOf({ managedRules: [], rateLimits, ruleGroups, ipSets: 3 }), 2 + 36 + 34 + 100 + 3);
  });
});

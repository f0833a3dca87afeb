import assert from "node:assert/strict";

import { targetGroupHealth } from "../../components/target-group-health";
import { type TrafficPolicy, targetGroupPolicy } from "../../components/traffic-policy";
import { isAccepted } from "../support/settings";

const common = { deregistrationDelaySeconds: 30, crossZone: true, stickinessSeconds: 0 } as const;

/** What no balancer does. `tsc` fails here should one of these combinations compile. */
const illegal: readonly TrafficPolicy[] = [
  // @ts-expect-error Least outstanding requests does not start slowly.
  { ...common, algorithm: "leastOutstandingRequests", slowStartSeconds: 30 },
  // @ts-expect-error Nor does weighted random.
  { ...common, algorithm: "weightedRandom", anomalyMitigation: false, slowStartSeconds: 30 },
  // @ts-expect-error Round robin weighs nothing, and so mitigates nothing.
  { ...common, algorithm: "roundRobin", slowStartSeconds: 0, anomalyMitigation: true },
  // @ts-expect-error Nor does least outstanding requests.
  { ...common, algorithm: "leastOutstandingRequests", anomalyMitigation: true },
  // @ts-expect-error A cookie's target may be out of a zone's reach.
  { ...common, algorithm: "leastOutstandingRequests", crossZone: false, stickinessSeconds: 60 },
  // @ts-expect-error AWS's spelling is for AWS.
  { ...common, algorithm: "round_robin", slowStartSeconds: 0 },
];

// @ts-expect-error Weighted random has to say whether it mitigates; as a setting it has a default.
const _incomplete: TrafficPolicy = { ...common, algorithm: "weightedRandom" };

/** They can be spelt as well when nothing is in the way: what does not compile above is the combination. */
const legal: readonly TrafficPolicy[] = [
  { ...common, algorithm: "roundRobin", slowStartSeconds: 30 },
  { ...common, algorithm: "leastOutstandingRequests" },
  { ...common, algorithm: "weightedRandom", anomalyMitigation: true },
  { deregistrationDelaySeconds: 0, algorithm: "leastOutstandingRequests", crossZone: false },
  { ...common, algorithm: "leastOutstandingRequests", stickinessSeconds: 60 },
];

describe("A traffic policy", () => {
  it("speaks AWS's language to AWS", () => {
    const words = legal.map((policy) => targetGroupPolicy(policy).loadBalancingAlgorithmType);
    assert.deepEqual(words.slice(0, 3), ["round_robin", "least_outstanding_requests", "weighted_random"]);
  });

  it("says all to AWS, what is off too, since AWS keeps what is left out", () => {
    assert.deepEqual(targetGroupPolicy({ ...common, algorithm: "leastOutstandingRequests" }), {
      deregistrationDelay: 30,
      loadBalancingAlgorithmType: "least_outstanding_requests",
      loadBalancingAnomalyMitigation: "off",
      loadBalancingCrossZoneEnabled: "use_load_balancer_configuration",
      slowStart: 0,
      stickiness: { enabled: false, type: "lb_cookie", cookieDuration: 86_400 },
    });
    for (const policy of legal)
      assert.ok(Object.values(targetGroupPolicy(policy)).every((value) => value !== undefined));
  });

  it("neither compiles nor is accepted as a setting when no balancer could follow it", () => {
    const accepts = ({ deregistrationDelaySeconds: _, ...policy }: TrafficPolicy): boolean =>
      isAccepted({ loadBalancing: JSON.stringify(policy) });
    assert.deepEqual(
      illegal.map(accepts),
      illegal.map(() => false),
    );
    assert.deepEqual(
      legal.map(accepts),
      legal.map(() => true),
    );
  });

  it("hands on what is on", () => {
    assert.equal(
      targetGroupPolicy({ ...common, algorithm: "roundRobin", slowStartSeconds: 60 }).slowStart,
      60,
    );
    const random = targetGroupPolicy({ ...common, algorithm: "weightedRandom", anomalyMitigation: true });
    assert.equal(random.loadBalancingAnomalyMitigation, "on");
    const sticky = targetGroupPolicy({
      ...common,
      algorithm: "leastOutstandingRequests",
      stickinessSeconds: 600,
    });
    assert.deepEqual(sticky.stickiness, { enabled: true, type: "lb_cookie", cookieDuration: 600 });
    const zonal = targetGroupPolicy({
      algorithm: "leastOutstandingRequests",
      crossZone: false,
      deregistrationDelaySeconds: 0,
    });
    assert.equal(zonal.loadBalancingCrossZoneEnabled, "false");
  });
});

describe("Target group health", () => {
  it("never gives up health checks for a count, whatever the percentages", () => {
    assert.deepEqual(
      targetGroupHealth({
        dnsMinimumHealthyTargetCount: 0,
        dnsMinimumHealthyTargetPercentage: 60,
        routingMinimumHealthyTargetPercentage: 40,
      }),
      {
        dnsFailover: { minimumHealthyTargetsCount: "off", minimumHealthyTargetsPercentage: "60" },
        unhealthyStateRouting: { minimumHealthyTargetsCount: 1, minimumHealthyTargetsPercentage: "40" },
      },
    );
  });
});

import assert from "node:assert/strict";

import { targetGroupHealth } from "../../components/load-balancer/target-group-health";
import {
  type AlbTrafficPolicy,
  type Draining,
  haproxyPolicy,
  type HaproxyTrafficPolicy,
  targetGroupPolicy,
} from "../../components/load-balancer/traffic-policy";
import { isAccepted } from "../support/settings";

const common = { deregistrationDelaySeconds: 30, crossZone: true, stickinessSeconds: 0 } as const;

/** Combinations that an Application Load Balancer doesn't support. `tsc` fails here if one of them compiles. */
const illegal: readonly AlbTrafficPolicy[] = [
  // @ts-expect-error Only HAProxy has weights.
  { ...common, algorithm: "weightedRoundRobin", slowStartSeconds: 0 },
  // @ts-expect-error Least outstanding requests does not start slowly.
  { ...common, algorithm: "leastOutstandingRequests", slowStartSeconds: 30 },
  // @ts-expect-error Neither does weighted random.
  { ...common, algorithm: "weightedRandom", anomalyMitigation: false, slowStartSeconds: 30 },
  // @ts-expect-error Round robin has no weights, and therefore no anomaly mitigation.
  { ...common, algorithm: "roundRobin", slowStartSeconds: 0, anomalyMitigation: true },
  // @ts-expect-error Neither has least outstanding requests.
  { ...common, algorithm: "leastOutstandingRequests", anomalyMitigation: true },
  // @ts-expect-error A cookie's target may be in another zone.
  { ...common, algorithm: "leastOutstandingRequests", crossZone: false, stickinessSeconds: 60 },
  // @ts-expect-error AWS's spelling is used only for AWS.
  { ...common, algorithm: "round_robin", slowStartSeconds: 0 },
];

// @ts-expect-error Weighted random must say whether it mitigates anomalies; only the setting has a default.
const _incomplete: AlbTrafficPolicy = { ...common, algorithm: "weightedRandom" };

/** The same values compile in allowed combinations: the errors above are due to the combinations. */
const legal: readonly AlbTrafficPolicy[] = [
  { ...common, algorithm: "roundRobin", slowStartSeconds: 30 },
  { ...common, algorithm: "leastOutstandingRequests" },
  { ...common, algorithm: "weightedRandom", anomalyMitigation: true },
  { deregistrationDelaySeconds: 0, algorithm: "leastOutstandingRequests", crossZone: false },
  { ...common, algorithm: "leastOutstandingRequests", stickinessSeconds: 60 },
];

/** Combinations that HAProxy doesn't support. */
const illegalForHaproxy: readonly HaproxyTrafficPolicy[] = [
  // @ts-expect-error HAProxy's random choice is uneven: its hash ring gives servers shares of different sizes.
  { ...common, algorithm: "weightedRandom", anomalyMitigation: false },
  // @ts-expect-error Errors take a server out of service; they don't lower its weight.
  { ...common, algorithm: "roundRobin", slowStartSeconds: 0, anomalyMitigation: true },
  // @ts-expect-error Proxies send requests to all zones.
  { algorithm: "leastOutstandingRequests", crossZone: false, deregistrationDelaySeconds: 0 },
  // @ts-expect-error HAProxy's spelling is used only in its configuration.
  { ...common, algorithm: "leastconn" },
];

const legalForHaproxy: readonly HaproxyTrafficPolicy[] = [
  { ...common, algorithm: "roundRobin", slowStartSeconds: 30 },
  { ...common, algorithm: "weightedRoundRobin", slowStartSeconds: 30 },
  { ...common, algorithm: "leastOutstandingRequests", slowStartSeconds: 30, stickinessSeconds: 60 },
];

describe("A traffic policy", () => {
  it("uses AWS's names for AWS", () => {
    const words = legal.map((policy) => targetGroupPolicy(policy).loadBalancingAlgorithmType);
    assert.deepEqual(words.slice(0, 3), ["round_robin", "least_outstanding_requests", "weighted_random"]);
  });

  it("sets every AWS attribute, even those that are off, because AWS keeps attributes that are left out", () => {
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

  it("is neither a valid type nor a valid setting if no balancer supports it", () => {
    const accepts = (
      engine: string,
      { deregistrationDelaySeconds: _, ...policy }: object & Draining,
    ): boolean => isAccepted({ loadBalancing: JSON.stringify({ engine, ...policy }) });
    const answers = [
      illegal.map((policy) => accepts("alb", policy)),
      legal.map((policy) => accepts("alb", policy)),
      illegalForHaproxy.map((policy) => accepts("haproxy", policy)),
      legalForHaproxy.map((policy) => accepts("haproxy", policy)),
    ];
    assert.deepEqual(answers, [
      illegal.map(() => false),
      legal.map(() => true),
      illegalForHaproxy.map(() => false),
      legalForHaproxy.map(() => true),
    ]);
  });

  it("is valid for both balancers if both support it", () => {
    const both: AlbTrafficPolicy & HaproxyTrafficPolicy = {
      ...common,
      algorithm: "roundRobin",
      slowStartSeconds: 60,
    };
    assert.deepEqual([targetGroupPolicy(both).slowStart, haproxyPolicy(both).slowStartSeconds], [60, 60]);
  });

  it("uses HAProxy's names for HAProxy", () => {
    const words = legalForHaproxy.map(haproxyPolicy).map(({ balance, weighted }) => [balance, weighted]);
    assert.deepEqual(words, [
      ["roundrobin", false],
      ["roundrobin", true],
      ["leastconn", false],
    ]);
    assert.equal(haproxyPolicy({ ...common, algorithm: "leastOutstandingRequests" }).slowStartSeconds, 0);
  });

  it("passes on features that are on", () => {
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
  it("never ignores health checks because of a count, whatever the percentages", () => {
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

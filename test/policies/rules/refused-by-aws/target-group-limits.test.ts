import assert from "node:assert/strict";
import { TARGET_GROUP } from "../../../../policies/resources";
import { secret, UNKNOWN } from "../../../support/pack";
import type { Props } from "../../../support/policy-cases";
import { RuleSuite } from "./cases";

const HTTP = { protocol: "HTTP", port: 80, vpcId: UNKNOWN };
const http = (props: Props): Props => ({ ...HTTP, ...props });
const tcp = (props: Props): Props => ({ protocol: "TCP", port: 443, vpcId: UNKNOWN, ...props });

describe("target-group-limits", () => {
  const suite = new RuleSuite("target-group-limits");

  describe("on a target group for HTTP", () => {
    suite.check(TARGET_GROUP[0], [
      { title: "passes the plain one", props: HTTP, says: [] },
      {
        title: "passes the provider's own defaults",
        props: http({
          slowStart: 0,
          deregistrationDelay: 300,
          targetType: "instance",
          proxyProtocolV2: false,
        }),
        says: [],
      },
      {
        title: "passes slow start with round robin",
        props: http({ slowStart: 30, loadBalancingAlgorithmType: "round_robin" }),
        says: [],
      },
      {
        title: "passes anomaly mitigation with random weights",
        props: http({ loadBalancingAlgorithmType: "weighted_random", loadBalancingAnomalyMitigation: "on" }),
        says: [],
      },
      {
        title: "passes anomaly mitigation that is off",
        props: http({ loadBalancingAnomalyMitigation: "off" }),
        says: [],
      },
      {
        title: "passes a cookie",
        props: http({ stickiness: { type: "lb_cookie", cookieDuration: 604800 } }),
        says: [],
      },
      {
        title: "passes the application's cookie",
        props: http({ stickiness: { type: "app_cookie", cookieName: "session", cookieDuration: 1 } }),
        says: [],
      },
      {
        title: "passes a foreign stickiness that is off",
        props: http({ stickiness: { type: "source_ip", enabled: false } }),
        says: [],
      },
      {
        title: "passes everything unknown",
        props: {
          protocol: UNKNOWN,
          port: UNKNOWN,
          targetType: UNKNOWN,
          slowStart: UNKNOWN,
          deregistrationDelay: UNKNOWN,
          loadBalancingAlgorithmType: UNKNOWN,
          loadBalancingAnomalyMitigation: UNKNOWN,
          protocolVersion: UNKNOWN,
          stickiness: { type: UNKNOWN, cookieDuration: UNKNOWN, cookieName: UNKNOWN },
        },
        says: [],
      },
      { title: "passes an unknown stickiness", props: http({ stickiness: UNKNOWN }), says: [] },
      {
        title: "passes an unknown algorithm with slow start and mitigation",
        props: http({
          slowStart: 30,
          loadBalancingAnomalyMitigation: "on",
          loadBalancingAlgorithmType: UNKNOWN,
        }),
        says: [],
      },
      { title: "passes null", props: http({ slowStart: null, stickiness: null }), says: [] },
      {
        title: "passes digits and secrets",
        props: http({ deregistrationDelay: "30", slowStart: secret(60) }),
        says: [],
      },
      {
        title: "passes a protocol version in lower case",
        props: http({ protocolVersion: "grpc" }),
        says: [],
      },
      ...["roundRobin", "leastOutstandingRequests", "weightedRandom"].map((word) => ({
        title: `refuses ${word}, as the typings write it`,
        props: http({ loadBalancingAlgorithmType: word }),
        says: [`loadBalancingAlgorithmType is "${word}"; it must be "round_robin"`],
      })),
      {
        title: "refuses the typings' cross-zone word",
        props: http({ loadBalancingCrossZoneEnabled: "useLoadBalancerConfiguration" }),
        says: ["loadBalancingCrossZoneEnabled"],
      },
      {
        title: "takes true for cross-zone in either form",
        props: http({ loadBalancingCrossZoneEnabled: true }),
        says: [],
      },
      {
        title: "refuses slow start with the fewest requests",
        props: http({ slowStart: 30, loadBalancingAlgorithmType: "least_outstanding_requests" }),
        says: ['slowStart is 30 and loadBalancingAlgorithmType is "least_outstanding_requests"'],
      },
      {
        title: "refuses slow start with random weights",
        props: http({ slowStart: 30, loadBalancingAlgorithmType: "weighted_random" }),
        says: ["slowStart is 30"],
      },
      {
        title: "refuses anomaly mitigation without an algorithm",
        props: http({ loadBalancingAnomalyMitigation: "on" }),
        says: ["loadBalancingAlgorithmType is not set"],
      },
      {
        title: "refuses anomaly mitigation with round robin",
        props: http({ loadBalancingAnomalyMitigation: "on", loadBalancingAlgorithmType: "round_robin" }),
        says: ['loadBalancingAlgorithmType is "round_robin"; it must be "weighted_random"'],
      },
      {
        title: "refuses stickiness by address",
        props: http({ stickiness: { type: "source_ip" } }),
        says: ['stickiness.type is "source_ip"; it must be "lb_cookie", "app_cookie" for this protocol'],
      },
      {
        title: "refuses the typings' stickiness, even when it is off",
        props: http({ stickiness: { type: "lbCookie", enabled: false } }),
        says: ['stickiness.type is "lbCookie"'],
      },
      {
        title: "refuses the application's cookie without a name",
        props: http({ stickiness: { type: "app_cookie" } }),
        says: ["stickiness.cookieName is not set"],
      },
      {
        title: "refuses a name that AWS keeps for itself",
        props: http({ stickiness: { type: "app_cookie", cookieName: "AWSALBAPP-1" } }),
        says: ["stickiness.cookieName is another string"],
      },
      {
        title: "refuses a made-up protocol version",
        props: http({ protocolVersion: "HTTP3" }),
        says: ["protocolVersion"],
      },
      {
        title: "refuses wrong types",
        props: http({
          deregistrationDelay: [30],
          slowStart: { seconds: 30 },
          stickiness: { type: ["lb_cookie"] },
        }),
        says: ["deregistrationDelay is a list", "slowStart is an object", "stickiness.type is a list"],
      },
      {
        title: "lets one unknown mask no sibling",
        props: http({ slowStart: UNKNOWN, deregistrationDelay: 3601 }),
        says: ["deregistrationDelay is 3601"],
      },
    ]);

    for (const [property, low, high] of [
      ["deregistrationDelay", 0, 3600],
      ["slowStart", 30, 900],
      ["port", 1, 65535],
    ] as const) {
      it(`takes ${property} from ${low} to ${high} and no other`, async () => {
        for (const [value, passes] of [
          [low, true],
          [high, true],
          [low - 1, false],
          [high + 1, false],
          [low + 0.5, false],
        ] as const) {
          const faults = await suite.faultsOf({ type: TARGET_GROUP[0], props: http({ [property]: value }) });
          assert.equal(faults.length === 0, passes, `${property} ${value}: ${faults.join()}`);
        }
      });
    }

    it("takes a cookie from one second to a week and no other", async () => {
      for (const [cookieDuration, count] of [
        [0, 1],
        [1, 0],
        [604_800, 0],
        [604_801, 1],
      ]) {
        const props = http({ stickiness: { type: "lb_cookie", cookieDuration } });
        assert.equal((await suite.faultsOf({ type: TARGET_GROUP[0], props })).length, count);
      }
    });
  });

  describe("on a target group for TCP", () => {
    suite.check(TARGET_GROUP[0], [
      { title: "passes stickiness by address", props: tcp({ stickiness: { type: "source_ip" } }), says: [] },
      { title: "passes the provider's zero", props: tcp({ slowStart: 0 }), says: [] },
      {
        title: "refuses a cookie",
        props: tcp({ stickiness: { type: "lb_cookie" } }),
        says: ['"source_ip" for this'],
      },
      {
        title: "refuses what only HTTP has",
        props: tcp({ slowStart: 30, loadBalancingAlgorithmType: "round_robin", protocolVersion: "HTTP2" }),
        says: ["slowStart is set", "loadBalancingAlgorithmType is set", "protocolVersion is set"],
      },
    ]);
  });

  describe("on a target group of a Lambda function", () => {
    const lambda = (props: Props): Props => ({ targetType: "lambda", ...props });
    suite.check(TARGET_GROUP[0], [
      { title: "passes the plain one", props: lambda({ lambdaMultiValueHeadersEnabled: true }), says: [] },
      {
        title: "passes the provider's defaults",
        props: lambda({ slowStart: 0, deregistrationDelay: 300 }),
        says: [],
      },
      {
        title: "refuses an address and a capacity",
        props: lambda({ port: 80, protocol: "HTTP", vpcId: "vpc-1", slowStart: 60 }),
        says: ["port is set", "protocol is set", "vpcId is set", "slowStart is set"],
      },
      {
        title: "refuses a check by TCP",
        props: lambda({ healthCheck: { protocol: "TCP" } }),
        says: ['healthCheck.protocol is "TCP"'],
      },
    ]);
  });

  for (const type of TARGET_GROUP) {
    suite.check(type, [{ title: `judges ${type}`, props: http({ slowStart: 1 }), says: ["slowStart is 1"] }]);
  }
});

import assert from "node:assert/strict";
import { TARGET_GROUP } from "../../../../policies/resources";
import { secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite, type Props } from "../../../support/rule-suite";

const HTTP = { protocol: "HTTP", port: 80, vpcId: UNKNOWN };
const http = (props: Props): Props => ({ ...HTTP, ...props });
const tcp = (props: Props): Props => ({ protocol: "TCP", port: 443, vpcId: UNKNOWN, ...props });

describe("target-group-limits", () => {
  const suite = RuleSuite.ofProse("target-group-attributes");

  describe("on a target group for HTTP", () => {
    suite.checkSentences(TARGET_GROUP[0], [
      { title: "passes a minimal target group", props: HTTP, says: [] },
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
        title: "passes another protocol's stickiness that is off",
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
        title: `refuses ${word}, as in the SDK's types`,
        props: http({ loadBalancingAlgorithmType: word }),
        says: [
          `loadBalancingAlgorithmType is "${word}"; it must be "round_robin", "least_outstanding_requests", "weighted_random"`,
        ],
      })),
      {
        title: "refuses the cross-zone value from the SDK's types",
        props: http({ loadBalancingCrossZoneEnabled: "useLoadBalancerConfiguration" }),
        says: [
          'loadBalancingCrossZoneEnabled is "useLoadBalancerConfiguration"; it must be "true", "false", "use_load_balancer_configuration"',
        ],
      },
      {
        title: "accepts true for cross-zone as boolean and text",
        props: http({ loadBalancingCrossZoneEnabled: true }),
        says: [],
      },
      {
        title: "refuses slow start with the fewest requests",
        props: http({ slowStart: 30, loadBalancingAlgorithmType: "least_outstanding_requests" }),
        says: [
          'slowStart is 30, but loadBalancingAlgorithmType is "least_outstanding_requests"; AWS allows it only with "round_robin"',
        ],
      },
      {
        title: "refuses slow start with random weights",
        props: http({ slowStart: 30, loadBalancingAlgorithmType: "weighted_random" }),
        says: [
          'slowStart is 30, but loadBalancingAlgorithmType is "weighted_random"; AWS allows it only with "round_robin"',
        ],
      },
      {
        title: "refuses anomaly mitigation without an algorithm",
        props: http({ loadBalancingAnomalyMitigation: "on" }),
        says: [
          'loadBalancingAnomalyMitigation is "on", but loadBalancingAlgorithmType is not set; it must be "weighted_random"',
        ],
      },
      {
        title: "refuses anomaly mitigation with round robin",
        props: http({ loadBalancingAnomalyMitigation: "on", loadBalancingAlgorithmType: "round_robin" }),
        says: [
          'loadBalancingAnomalyMitigation is "on", but loadBalancingAlgorithmType is "round_robin"; it must be "weighted_random"',
        ],
      },
      {
        title: "refuses source_ip stickiness",
        props: http({ stickiness: { type: "source_ip" } }),
        says: ['stickiness.type is "source_ip"; it must be "lb_cookie", "app_cookie" for this protocol'],
      },
      {
        title: "refuses the stickiness type from the SDK's types, even if it is off",
        props: http({ stickiness: { type: "lbCookie", enabled: false } }),
        says: [
          'stickiness.type is "lbCookie"; it must be "lb_cookie", "app_cookie", "source_ip", "source_ip_dest_ip", "source_ip_dest_ip_proto"',
        ],
      },
      {
        title: "refuses the application's cookie without a name",
        props: http({ stickiness: { type: "app_cookie" } }),
        says: [
          'stickiness.cookieName is not set; with "app_cookie" it must be a name that does not begin with AWSALB, AWSALBAPP or AWSALBTG',
        ],
      },
      {
        title: "refuses a cookie name that AWS reserves",
        props: http({ stickiness: { type: "app_cookie", cookieName: "AWSALBAPP-1" } }),
        says: [
          "stickiness.cookieName is another string (not shown, as it may be secret); it must be a name that does not begin with AWSALB, AWSALBAPP or AWSALBTG",
        ],
      },
      {
        title: "refuses an unknown protocol version",
        props: http({ protocolVersion: "HTTP3" }),
        says: ['protocolVersion is "HTTP3"; it must be "HTTP1", "HTTP2", "GRPC"'],
      },
      {
        title: "refuses wrong types",
        props: http({
          deregistrationDelay: [30],
          slowStart: { seconds: 30 },
          stickiness: { type: ["lb_cookie"] },
        }),
        says: [
          "deregistrationDelay is a list; it must be a whole number from 0 to 3600",
          "slowStart is an object; it must be 0, or a whole number from 30 to 900",
          'stickiness.type is a list; it must be "lb_cookie", "app_cookie", "source_ip", "source_ip_dest_ip", "source_ip_dest_ip_proto"',
        ],
      },
      {
        title: "judges other properties beside an unknown one",
        props: http({ slowStart: UNKNOWN, deregistrationDelay: 3601 }),
        says: ["deregistrationDelay is 3601; it must be a whole number from 0 to 3600"],
      },
    ]);

    for (const [property, low, high] of [
      ["deregistrationDelay", 0, 3600],
      ["slowStart", 30, 900],
      ["port", 1, 65535],
    ] as const) {
      it(`accepts ${property} from ${low} to ${high} and no other`, async () => {
        for (const [value, passes] of [
          [low, true],
          [high, true],
          [low - 1, false],
          [high + 1, false],
          [low + 0.5, false],
        ] as const) {
          const problems = await suite.sentencesOf({
            type: TARGET_GROUP[0],
            props: http({ [property]: value }),
          });
          assert.equal(problems.length === 0, passes, `${property} ${value}: ${problems.join()}`);
        }
      });
    }

    it("accepts a cookie duration from one second to a week and no other", async () => {
      for (const [cookieDuration, count] of [
        [0, 1],
        [1, 0],
        [604_800, 0],
        [604_801, 1],
      ]) {
        const props = http({ stickiness: { type: "lb_cookie", cookieDuration } });
        assert.equal((await suite.sentencesOf({ type: TARGET_GROUP[0], props })).length, count);
      }
    });
  });

  describe("in AWS's words", () => {
    const proto = (protocol: string, props: Props): Props => ({ ...http(props), protocol });
    suite.checkSentences(TARGET_GROUP[0], [
      ...["true", "false", "use_load_balancer_configuration"].map((value) => ({
        title: `passes cross-zone load balancing: ${value}`,
        props: http({ loadBalancingCrossZoneEnabled: value }),
        says: [],
      })),
      {
        title: "shows the camel-case cross-zone value",
        props: http({ loadBalancingCrossZoneEnabled: "useLoadBalancerConfiguration" }),
        says: [
          'loadBalancingCrossZoneEnabled is "useLoadBalancerConfiguration"; it must be "true", "false", "use_load_balancer_configuration"',
        ],
      },
      ...["true", "false"].map((value) => ({
        title: `shows anomaly mitigation that is ${value}`,
        props: http({ loadBalancingAnomalyMitigation: value }),
        says: [`loadBalancingAnomalyMitigation is "${value}"; it must be "on", "off"`],
      })),
      ...["HTTP1", "HTTP2", "GRPC"].map((protocolVersion) => ({
        title: `passes ${protocolVersion}`,
        props: http({ protocolVersion }),
        says: [],
      })),
      {
        title: "lists the protocol versions",
        props: http({ protocolVersion: "HTTP/1.1" }),
        says: ['protocolVersion is "HTTP/1.1"; it must be "HTTP1", "HTTP2", "GRPC"'],
      },
      {
        title: "passes a slow start of zero in digits, and lists the allowed values",
        props: http({ slowStart: "0" }),
        says: [],
      },
      {
        title: "states the range of a slow start",
        props: http({ slowStart: 29 }),
        says: ["slowStart is 29; it must be 0, or a whole number from 30 to 900"],
      },
      ...["lbCookie", "appCookie", "sourceIp", "sourceIpDestIp", "sourceIpDestIpProto"].map((type) => ({
        title: `shows the camel-case ${type}`,
        props: http({ stickiness: { type } }),
        says: [
          `stickiness.type is "${type}"; it must be "lb_cookie", "app_cookie", "source_ip", "source_ip_dest_ip", "source_ip_dest_ip_proto"`,
        ],
      })),
      ...["UDP", "TCP_UDP"].map((protocol) => ({
        title: `refuses a cookie for ${protocol}`,
        props: proto(protocol, { stickiness: { type: "lb_cookie" } }),
        says: ['stickiness.type is "lb_cookie"; it must be "source_ip" for this protocol'],
      })),
      {
        title: "refuses source_ip stickiness for HTTPS",
        props: proto("HTTPS", {
          stickiness: { type: "source_ip" },
          loadBalancingAlgorithmType: "round_robin",
        }),
        says: ['stickiness.type is "source_ip"; it must be "lb_cookie", "app_cookie" for this protocol'],
      },
      ...["source_ip_dest_ip", "source_ip_dest_ip_proto"].map((type) => ({
        title: `passes ${type} of a Gateway Load Balancer`,
        props: proto("GENEVE", { stickiness: { type } }),
        says: [],
      })),
      {
        title: "refuses source_ip stickiness for a Gateway Load Balancer",
        props: proto("GENEVE", { stickiness: { type: "source_ip" } }),
        says: [
          'stickiness.type is "source_ip"; it must be "source_ip_dest_ip", "source_ip_dest_ip_proto" for this protocol',
        ],
      },
      {
        title: "passes any stickiness type for TLS, whose protocol does not determine it",
        props: proto("TLS", { stickiness: { type: "source_ip" } }),
        says: [],
      },
      {
        title: "refuses anomaly mitigation of TCP",
        props: tcp({ loadBalancingAnomalyMitigation: "on" }),
        says: [
          'loadBalancingAnomalyMitigation is "on", but loadBalancingAlgorithmType is not set; it must be "weighted_random"',
          "loadBalancingAnomalyMitigation is set; AWS allows it only for target groups of protocol HTTP or HTTPS",
        ],
      },
      {
        title: "passes stickiness with the text false for enabled",
        props: tcp({ stickiness: { type: "lb_cookie", enabled: "false" } }),
        says: [],
      },
      {
        title: "refuses stickiness with enabled: true",
        props: tcp({ stickiness: { type: "lb_cookie", enabled: true } }),
        says: ['stickiness.type is "lb_cookie"; it must be "source_ip" for this protocol'],
      },
      {
        title: "requires the name of an application's cookie",
        props: http({ stickiness: { type: "app_cookie", cookieName: "" } }),
        says: [
          "stickiness.cookieName is an empty string; it must be a name that does not begin with AWSALB, AWSALBAPP or AWSALBTG",
        ],
      },
      {
        title: "passes a load balancer's cookie with any cookie name",
        props: http({ stickiness: { type: "lb_cookie", cookieName: "AWSALB" } }),
        says: [],
      },
    ]);
  });

  describe("on a target group for TCP", () => {
    suite.checkSentences(TARGET_GROUP[0], [
      { title: "passes source_ip stickiness", props: tcp({ stickiness: { type: "source_ip" } }), says: [] },
      {
        title: "passes a slow start of zero, the provider's default",
        props: tcp({ slowStart: 0 }),
        says: [],
      },
      {
        title: "refuses a cookie",
        props: tcp({ stickiness: { type: "lb_cookie" } }),
        says: ['stickiness.type is "lb_cookie"; it must be "source_ip" for this protocol'],
      },
      {
        title: "refuses properties of HTTP target groups",
        props: tcp({
          slowStart: 30,
          loadBalancingAlgorithmType: "round_robin",
          protocolVersion: "HTTP2",
          targetControlPort: 3000,
        }),
        says: [
          "slowStart is set; AWS allows it only for target groups of protocol HTTP or HTTPS",
          "loadBalancingAlgorithmType is set; AWS allows it only for target groups of protocol HTTP or HTTPS",
          "protocolVersion is set; AWS allows it only for target groups of protocol HTTP or HTTPS",
          "targetControlPort is set; AWS allows it only for target groups of protocol HTTP or HTTPS",
        ],
      },
    ]);
  });

  describe("on a target group of a Lambda function", () => {
    const lambda = (props: Props): Props => ({ targetType: "lambda", ...props });
    suite.checkSentences(TARGET_GROUP[0], [
      {
        title: "passes a minimal target group",
        props: lambda({ lambdaMultiValueHeadersEnabled: true }),
        says: [],
      },
      {
        title: "passes the provider's defaults",
        props: lambda({ slowStart: 0, deregistrationDelay: 300 }),
        says: [],
      },
      {
        title: "passes properties that the provider does not send",
        props: lambda({ port: 80, protocol: "HTTP", vpcId: "vpc-1", slowStart: 60 }),
        says: [],
      },
      {
        title: "refuses a TCP health check",
        props: lambda({ healthCheck: { protocol: "TCP" } }),
        says: ['healthCheck.protocol is "TCP"; AWS cannot check a Lambda function by TCP'],
      },
    ]);
  });

  for (const type of TARGET_GROUP) {
    suite.checkSentences(type, [
      {
        title: `judges ${type}`,
        props: http({ slowStart: 1 }),
        says: ["slowStart is 1; it must be 0, or a whole number from 30 to 900"],
      },
    ]);
  }
});

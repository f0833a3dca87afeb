import assert from "node:assert/strict";
import fc from "fast-check";
import { LISTENER, LISTENER_RULE, TARGET_GROUP } from "../../../../policies/resources";
import { codesAreWithin } from "../../../../policies/rules/health/health-checks";
import { targetHealth } from "../../../../policies/rules/health/target-groups";
import { secret, UNKNOWN, urnOf } from "../../../support/pack";
import type { TestResource } from "../../../support/pack";
import { RuleSuite, configured, orExempt, without, type Props } from "../../../support/rule-suite";

const CHECK = {
  protocol: "HTTP",
  path: "/healthz",
  matcher: "200",
  interval: 15,
  timeout: 5,
  healthyThreshold: 2,
  unhealthyThreshold: 3,
};
const GROUP = { port: 80, protocol: "HTTP", vpcId: UNKNOWN, targetType: "instance" };

/** A target group for HTTP whose health check has the given fields replaced. */
const checked = (fields: Props): Props => ({ ...GROUP, healthCheck: { ...CHECK, ...fields } });

describe("target-group-health", () => {
  const suite = new RuleSuite("target-group-health", { fix: /^Fix: .{9}/ });
  const { pack } = suite;

  const numbers: readonly [field: string, low: number, high: number][] = [
    ["interval", 5, 300],
    ["timeout", 2, 120],
    ["healthyThreshold", 2, 10],
    ["unhealthyThreshold", 2, 10],
  ];

  describe("on a target group", () => {
    suite.checkPartsOfSentences("aws:lb/targetGroup:TargetGroup", [
      { title: "passes an explicit health check", props: checked({}), says: [] },
      {
        title: "passes a health check with known references, as in up",
        props: { ...checked({}), vpcId: "vpc-0a1b2c3d" },
        says: [],
      },
      { title: "passes a health check with enabled: true", props: checked({ enabled: true }), says: [] },
      {
        title: "passes a health check with secret values",
        props: checked({ path: secret("/healthz"), interval: secret(15) }),
        says: [],
      },
      {
        title: "passes numbers written as digits",
        props: checked({ interval: "15", timeout: "5" }),
        says: [],
      },
      {
        title: "passes protocols in lower case, as the provider does",
        props: checked({ protocol: "http" }),
        says: [],
      },
      {
        title: "passes an absent target type, which means instances",
        props: without(checked({}), "targetType"),
        says: [],
      },
      { title: "passes a separate health check port", props: checked({ port: "8080" }), says: [] },
      { title: "passes the traffic port", props: checked({ port: "traffic-port" }), says: [] },
      { title: "passes several codes and ranges", props: checked({ matcher: "200,204,300-399" }), says: [] },
      {
        title: "passes gRPC codes",
        props: {
          ...checked({ matcher: "0,12", path: "/grpc.health.v1.Health/Check" }),
          protocolVersion: "GRPC",
        },
        says: [],
      },
      {
        title: "passes TCP checks of a Network Load Balancer, without path and matcher",
        props: {
          ...GROUP,
          protocol: "TLS",
          healthCheck: { ...without(CHECK, "path", "matcher"), protocol: "TCP" },
        },
        says: [],
      },
      {
        title: "refuses TCP checks of a port other than the serving port",
        props: {
          ...GROUP,
          port: 8443,
          protocol: "TLS",
          healthCheck: { ...without(CHECK, "path", "matcher"), protocol: "TCP", port: "22" },
        },
        says: [
          'healthCheck.protocol is "TCP" and healthCheck.port is 22, but the targets serve port 8443; the port must be "traffic-port"',
        ],
      },
      {
        title: "refuses TCP checks of another port for TCP_UDP",
        props: {
          ...GROUP,
          port: 53,
          protocol: "TCP_UDP",
          healthCheck: { ...without(CHECK, "path", "matcher"), protocol: "TCP", port: "22" },
        },
        says: ["healthCheck.port is 22, but the targets serve port 53"],
      },
      {
        title: "passes TCP checks of the serving port, by its number",
        props: {
          ...GROUP,
          port: "8443",
          protocol: "TLS",
          healthCheck: { ...without(CHECK, "path", "matcher"), protocol: "TCP", port: "8443" },
        },
        says: [],
      },
      ...["UDP", "QUIC", "geneve"].map((protocol) => ({
        title: `passes TCP checks of another port for ${protocol}, which no check can test`,
        props: {
          ...GROUP,
          port: 6081,
          protocol,
          healthCheck: { ...without(CHECK, "path", "matcher"), protocol: "TCP", port: "80" },
        },
        says: [],
      })),
      {
        title: "passes HTTP checks of a Network Load Balancer with its default codes",
        props: { ...checked({ matcher: "200-399" }), protocol: "TCP" },
        says: [],
      },
      {
        title: "passes codes up to 399 of a Gateway Load Balancer",
        props: { ...checked({ matcher: "200-399" }), protocol: "GENEVE" },
        says: [],
      },

      {
        title: "advises against an absent health check",
        props: GROUP,
        says: [
          "healthCheck is not set, which means AWS's default; it must request a page that shows the target's health",
        ],
        level: "advisory",
      },
      {
        title: "advises against a null health check",
        props: { ...GROUP, healthCheck: null },
        says: ["healthCheck is not set"],
        level: "advisory",
      },
      {
        title: "refuses an unknown health check",
        props: { ...GROUP, healthCheck: UNKNOWN },
        says: ["healthCheck is not known before deployment"],
      },
      {
        title: "refuses a health check of the wrong type",
        props: { ...GROUP, healthCheck: [CHECK] },
        says: ["healthCheck is a list"],
      },
      {
        title: "advises against AWS's default path",
        props: { ...GROUP, healthCheck: {} },
        says: ['healthCheck.path is not set, which means "/"; it must be a page'],
        level: "advisory",
      },
      ...["HTTP", "HTTPS"].map((protocol) => ({
        title: `advises against AWS's default path with ${protocol} checks of a Network Load Balancer`,
        props: { ...GROUP, protocol: "TCP", healthCheck: { protocol } },
        says: ["healthCheck.path is not set"],
        level: "advisory" as const,
      })),
      {
        title: "passes an empty health check of a Network Load Balancer",
        props: { ...GROUP, protocol: "TCP", healthCheck: {} },
        says: [],
      },
      {
        title: "passes a health check with only a path",
        props: { ...GROUP, healthCheck: { path: "/healthz" } },
        says: [],
      },
      {
        title: "refuses a health check that is switched off",
        props: checked({ enabled: false }),
        says: ["healthCheck.enabled is false; it must be true"],
      },
      {
        title: "refuses a switch of the wrong type",
        props: checked({ enabled: "true" }),
        says: ["healthCheck.enabled is another string"],
      },
      {
        title: "refuses a health check that may be switched off",
        props: checked({ enabled: UNKNOWN }),
        says: ["healthCheck.enabled is not known"],
      },
      ...["protocol", "path", "matcher", ...numbers.map(([field]) => field)].flatMap((field) => [
        {
          title: `${field === "path" ? "advises against" : "passes"} an absent ${field}`,
          props: { ...GROUP, healthCheck: without(CHECK, field) },
          says: field === "path" ? ["healthCheck.path is not set"] : [],
          ...(field === "path" ? { level: "advisory" as const } : {}),
        },
        {
          title: `refuses an unknown ${field}`,
          props: checked({ [field]: UNKNOWN }),
          says: [`healthCheck.${field} is not known`],
        },
        {
          title: `refuses a ${field} of the wrong type`,
          props: checked({ [field]: [UNKNOWN] }),
          says: [`healthCheck.${field} is a list`],
        },
      ]),
      {
        title: "refuses fractions of a second",
        props: checked({ interval: 7.5 }),
        says: ["healthCheck.interval is 7.5"],
      },
      {
        title: "refuses an unknown port",
        props: checked({ port: UNKNOWN }),
        says: ["healthCheck.port is not known"],
      },
      { title: "refuses port 0", props: checked({ port: "0" }), says: ['healthCheck.port is "0"'] },
      {
        title: "refuses port 65536",
        props: checked({ port: "65536" }),
        says: ['healthCheck.port is "65536"'],
      },
      {
        title: "refuses TCP checks of HTTP targets",
        props: checked({ protocol: "TCP" }),
        says: ['healthCheck.protocol is "TCP"; it must be a literal: HTTP or HTTPS'],
      },
      {
        title: "ignores the path of checks without a path",
        props: { ...GROUP, healthCheck: { protocol: "TCP" } },
        says: ['healthCheck.protocol is "TCP"; it must be a literal: HTTP or HTTPS.'],
      },
      {
        title: "refuses UDP checks",
        props: { ...checked({ protocol: "UDP" }), protocol: "UDP" },
        says: ['healthCheck.protocol is "UDP"'],
      },
      {
        title: "refuses a path without a leading slash",
        props: checked({ path: "healthz" }),
        says: ["healthCheck.path is another string (not shown"],
      },
      {
        title: "refuses a path of more than 1024 characters",
        props: checked({ path: `/${"a".repeat(1024)}` }),
        says: ["healthCheck.path"],
      },
      {
        title: "refuses codes that the balancer does not accept",
        props: checked({ matcher: "200-599" }),
        says: ['healthCheck.matcher is "200-599"; it must be literal codes from 200 to 399'],
      },
      {
        title: "refuses failure codes, even those that the balancer accepts",
        props: checked({ matcher: "200,404" }),
        says: ['healthCheck.matcher is "200,404"; it must be literal codes from 200 to 399'],
      },
      {
        title: "refuses failure codes for a Network Load Balancer",
        props: { ...checked({ matcher: "200-599" }), protocol: "TCP" },
        says: ['healthCheck.matcher is "200-599"; it must be literal codes from 200 to 399'],
      },
      ...["0-99", "14", "0,13", "120", "", "0,"].map((matcher) => ({
        title: `refuses ${JSON.stringify(matcher)} for gRPC`,
        props: { ...checked({ matcher }), protocolVersion: "GRPC" },
        says: ["it must be literal gRPC codes"],
      })),
      {
        title: "refuses a timeout as long as the interval",
        props: checked({ interval: 10, timeout: 10 }),
        says: ["healthCheck.timeout is 10 and healthCheck.interval is 10"],
      },
      {
        title: "refuses an interval as short as AWS's default timeout",
        props: { ...GROUP, healthCheck: { ...without(CHECK, "timeout"), interval: 5 } },
        says: ["healthCheck.timeout is not set, which means 5, and healthCheck.interval is 5"],
      },
      {
        title: "passes a timeout as long as the interval of a Network Load Balancer",
        props: { ...checked({ interval: 10, timeout: 10 }), protocol: "TCP" },
        says: [],
      },
      {
        title: "refuses a timeout longer than the interval",
        props: { ...checked({ interval: 10, timeout: 11 }), protocol: "TCP" },
        says: ["healthCheck.timeout is 11 and healthCheck.interval is 10; the timeout must not be longer"],
      },
      {
        title: "passes an absent timeout of a Network Load Balancer",
        props: { ...GROUP, protocol: "TCP", healthCheck: { ...without(CHECK, "timeout"), interval: 5 } },
        says: [],
      },
      {
        title: "refuses an unknown protocol of the group",
        props: { ...checked({}), protocol: UNKNOWN },
        says: ["protocol is not known"],
      },
      {
        title: "refuses an absent protocol of the group",
        props: without(checked({}), "protocol"),
        says: ["protocol is not set"],
      },
      {
        title: "refuses an unknown target type",
        props: { ...checked({}), targetType: UNKNOWN },
        says: ["targetType is not known"],
      },
      {
        title: "does not let an unknown field mask the problems of its siblings",
        props: checked({ path: UNKNOWN, interval: 2, unhealthyThreshold: 11 }),
        says: [
          "healthCheck.path is not known",
          "healthCheck.interval is 2",
          "healthCheck.unhealthyThreshold is 11",
          "healthCheck.timeout is 5 and",
        ],
      },
    ]);

    suite.checkPartsOfSentences("aws:lb/targetGroup:TargetGroup", [
      ...["HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"].map((protocol) => ({
        title: `passes a group for ${protocol}`,
        props: { ...checked({}), protocol },
        says: [],
      })),
      ...["instance", "ip", "alb"].map((targetType) => ({
        title: `passes targets of type ${targetType}`,
        props: { ...checked({}), targetType },
        says: [],
      })),
      {
        title: "lists the valid protocols and target types",
        props: { ...checked({}), protocol: "FTP", targetType: "cloud" },
        says: [
          "it must be a literal: instance, ip, lambda, alb.",
          "it must be a literal: HTTP, HTTPS, TCP, TLS, UDP, TCP_UDP, QUIC, TCP_QUIC, GENEVE.",
        ],
      },
      {
        title: "ignores the codes of a type or protocol that is not a text",
        props: { ...checked({}), protocol: [UNKNOWN], targetType: [UNKNOWN] },
        says: ["targetType is a list", "protocol is a list"],
      },
      {
        title: "states the allowed numbers and ports",
        props: checked({ healthyThreshold: "1", port: "traffic", interval: "301" }),
        says: [
          'healthCheck.port is another string (not shown, as it may be secret); it must be left out, "traffic-port", or a literal port from 1 to 65535.',
          'healthCheck.interval is "301"; it must be a literal whole number from 5 to 300.',
          'healthCheck.healthyThreshold is "1"; it must be a literal whole number from 2 to 10.',
        ],
      },
      ...["x200", "200x"].map((text) => ({
        title: `shows no codes and numbers within other text: ${text}`,
        props: checked({ matcher: text, port: text, interval: text }),
        says: ["matcher", "port", "interval"].map((field) => `healthCheck.${field} is another string`),
      })),
      { title: "accepts one code written as a number", props: checked({ matcher: 200 }), says: [] },
      {
        title: "accepts one gRPC code written as a number",
        props: { ...checked({ matcher: 12, path: "/grpc.health.v1.Health/Check" }), protocolVersion: "GRPC" },
        says: [],
      },
      {
        title: "refuses TCP checks of HTTPS targets",
        props: { ...checked({ protocol: "TCP" }), protocol: "HTTPS" },
        says: ["it must be a literal: HTTP or HTTPS."],
      },
      {
        title: "passes HTTPS checks of HTTPS targets",
        props: { ...checked({ protocol: "HTTPS" }), protocol: "HTTPS" },
        says: [],
      },
      {
        title: "refuses a code above HTTPS's",
        props: { ...checked({ matcher: "500" }), protocol: "HTTPS" },
        says: ['it must be literal codes from 200 to 399, for example "200" or "200-299".'],
      },
      {
        title: "refuses a code above gRPC's, and lists the valid ones",
        props: { ...checked({ matcher: "100" }), protocolVersion: "GRPC" },
        says: ['it must be literal gRPC codes: "0" (OK), or "12" (unimplemented) without a health service.'],
      },
      {
        title: "refuses a code above a Gateway Load Balancer's",
        props: { ...checked({ matcher: "400" }), protocol: "GENEVE" },
        says: ["it must be literal codes from 200 to 399"],
      },
      {
        title: "refuses a code above a Network Load Balancer's",
        props: { ...checked({ matcher: "600" }), protocol: "TCP" },
        says: ["it must be literal codes from 200 to 399"],
      },
      {
        title: "refuses a path with text before its slash",
        props: checked({ path: "x/healthz" }),
        says: ["healthCheck.path is another string"],
      },
      {
        title: "refuses a health check that is a text",
        props: { ...GROUP, healthCheck: "HTTP" },
        says: ["healthCheck is another string"],
      },
    ]);

    for (const [field, low, high] of numbers) {
      it(`accepts a ${field} from ${low} to ${high} and no other`, async () => {
        // Far enough apart that only the bounds matter, and not the order of interval and timeout.
        const rest = field === "interval" ? { timeout: 2 } : { interval: 300 };
        for (const [value, passes] of [
          [low, true],
          [high, true],
          [low - 1, false],
          [high + 1, false],
        ] as const) {
          const messages = await suite.judge({
            type: TARGET_GROUP[0],
            props: checked({ ...rest, [field]: value }),
          });
          assert.equal(messages.length === 0, passes, `${field} ${value}: ${messages.join()}`);
        }
      });
    }

    for (const type of TARGET_GROUP) {
      it(`judges ${type}`, async () => {
        assert.deepEqual(await suite.judge({ type, props: checked({}) }), []);
        assert.equal((await suite.judge({ type, props: GROUP }, "advisory")).length, 1);
      });
    }

    it("states the problem, the allowed values, and the code to write, without repeating a secret", async () => {
      const props = checked({ path: secret("health?token=hunter2"), timeout: 60 });
      assert.deepEqual(await suite.judge({ type: TARGET_GROUP[0], props }), [
        [
          "Health checks of target groups, and of App Runner, Lightsail containers and VPC Lattice, accept only successful responses, " +
            "and Auto Scaling groups replace instances that fail them. " +
            "Otherwise load balancers keep sending visitors to instances that run but no longer serve.",
          "healthCheck.path is another string (not shown, as it may be secret); " +
            'it must be a literal path that begins with "/", up to 1024 characters.',
          "healthCheck.timeout is 60 and healthCheck.interval is 15; the timeout must be shorter.",
          'Fix: healthCheck: { protocol: "HTTP", path: "/healthz", matcher: "200", interval: 15, timeout: 5, ' +
            "healthyThreshold: 2, unhealthyThreshold: 3 }" +
            orExempt("target-group-health"),
        ].join("\n"),
      ]);
    });
  });

  describe("on a target group of a Lambda function", () => {
    const lambda = { targetType: "lambda" };
    const lambdaCheck = without({ ...CHECK, interval: 35, timeout: 30, enabled: true }, "protocol");
    suite.checkPartsOfSentences("aws:lb/targetGroup:TargetGroup", [
      { title: "passes an absent health check, which AWS leaves off", props: lambda, says: [] },
      {
        title: "passes a health check that is switched off",
        props: { ...lambda, healthCheck: { enabled: false } },
        says: [],
      },
      { title: "passes a valid health check", props: { ...lambda, healthCheck: lambdaCheck }, says: [] },
      {
        title: "refuses a health check with a problem",
        props: { ...lambda, healthCheck: { ...lambdaCheck, timeout: 35 } },
        says: ["healthCheck.timeout is 35"],
      },
      {
        title: "refuses an unknown health check",
        props: { ...lambda, healthCheck: UNKNOWN },
        says: ["healthCheck is not known"],
      },
      {
        title: "refuses an unknown switch",
        props: { ...lambda, healthCheck: { ...lambdaCheck, enabled: UNKNOWN } },
        says: ["healthCheck.enabled is not known"],
      },
    ]);
  });

  const ELB = { healthCheckType: "ELB", healthCheckGracePeriod: 300 };

  describe("on an Auto Scaling group that names its target groups", () => {
    const behind = { targetGroupArns: [UNKNOWN] };
    const EC2 = { healthCheckType: "EC2", healthCheckGracePeriod: 300 };
    const isEc2 = ['healthCheckType is "EC2"; it must be "ELB"'];
    suite.checkPartsOfSentences("aws:autoscaling/group:Group", [
      { title: "passes ELB checks with a grace period", props: { ...behind, ...ELB }, says: [] },
      {
        title: "passes secret values",
        props: { ...behind, healthCheckType: secret("ELB"), healthCheckGracePeriod: secret(60) },
        says: [],
      },
      { title: "refuses EC2 checks", props: { ...behind, ...EC2 }, says: isEc2 },
      {
        title: "refuses an absent health check type",
        props: { ...behind, ...without(ELB, "healthCheckType") },
        says: ["healthCheckType is not set, which means EC2"],
      },
      {
        title: "refuses an unknown health check type",
        props: { ...behind, ...ELB, healthCheckType: UNKNOWN },
        says: ["healthCheckType is not known"],
      },
      {
        title: "refuses a health check type of the wrong type",
        props: { ...behind, ...ELB, healthCheckType: ["ELB"] },
        says: ["healthCheckType is a list"],
      },
      {
        title: "passes an absent grace period, which is five minutes",
        props: { ...behind, healthCheckType: "ELB" },
        says: [],
      },
      {
        title: "passes EBS checks beside ELB checks",
        props: { ...behind, ...ELB, healthCheckType: "EBS,ELB" },
        says: [],
      },
      {
        title: "refuses an unknown grace period",
        props: { ...behind, ...ELB, healthCheckGracePeriod: UNKNOWN },
        says: ["healthCheckGracePeriod is not known"],
      },
      {
        title: "refuses a grace period that is not a number",
        props: { ...behind, ...ELB, healthCheckGracePeriod: [300] },
        says: ["healthCheckGracePeriod is a list"],
      },
      {
        title: "passes a grace period of one second",
        props: { ...behind, ...ELB, healthCheckGracePeriod: 1 },
        says: [],
      },
      {
        title: "shows a grace period written as digits, and states the allowed values",
        props: { ...behind, ...ELB, healthCheckGracePeriod: "-10" },
        says: [
          'healthCheckGracePeriod is "-10"; it must be left out, or a literal number of seconds from 1 to 3600.',
        ],
      },
      ...["x-10", "10x"].map((text) => ({
        title: `shows no digits within other text: ${text}`,
        props: { ...behind, ...ELB, healthCheckGracePeriod: text },
        says: ["healthCheckGracePeriod is another string"],
      })),
      {
        title: "shows several health check types",
        props: { ...behind, ...ELB, healthCheckType: "EC2,EBS" },
        says: ['healthCheckType is "EC2,EBS"'],
      },
      {
        title: "advises against a grace period of zero",
        props: { ...behind, ...ELB, healthCheckGracePeriod: 0 },
        says: ["healthCheckGracePeriod is 0, so an instance may be replaced while it boots"],
        level: "advisory",
      },
      {
        title: "refuses a negative grace period",
        props: { ...behind, ...ELB, healthCheckGracePeriod: -1 },
        says: ["healthCheckGracePeriod is -1"],
      },
      {
        title: "passes a grace period of an hour",
        props: { ...behind, ...ELB, healthCheckGracePeriod: 3600 },
        says: [],
      },
      {
        title: "refuses a grace period that never ends",
        props: { ...behind, ...ELB, healthCheckGracePeriod: 3601 },
        says: [
          "healthCheckGracePeriod is 3601; it must be left out, or a literal number of seconds from 1 to 3600",
        ],
      },
      {
        title: "counts a load balancer's target group with the type of a VPC Lattice source",
        props: {
          trafficSources: [
            {
              identifier: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/store/73e2",
              type: "vpc-lattice",
            },
          ],
          ...EC2,
        },
        says: isEc2,
      },
      {
        title: "does not let an unknown type mask a grace period that never ends",
        props: { ...behind, healthCheckType: UNKNOWN, healthCheckGracePeriod: 3601 },
        says: ["healthCheckType is not known", "healthCheckGracePeriod is 3601"],
      },
      {
        title: "counts target groups that are unknown as a whole",
        props: { targetGroupArns: UNKNOWN, ...EC2 },
        says: isEc2,
      },
      {
        title: "counts known target groups",
        props: {
          targetGroupArns: ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/store/73e2"],
          ...EC2,
        },
        says: isEc2,
      },
      { title: "counts Classic Load Balancers", props: { loadBalancers: ["old"], ...EC2 }, says: isEc2 },
      {
        title: "counts traffic sources",
        props: { trafficSources: [{ identifier: UNKNOWN, type: "elbv2" }], ...EC2 },
        says: isEc2,
      },
      {
        title: "counts traffic sources without a type",
        props: { trafficSources: [{ identifier: UNKNOWN }], ...EC2 },
        says: isEc2,
      },
      { title: "counts unknown traffic sources", props: { trafficSources: UNKNOWN, ...EC2 }, says: isEc2 },
      {
        title: "counts an unknown traffic source beside one of VPC Lattice",
        props: { trafficSources: [{ type: "vpc-lattice" }, UNKNOWN], ...EC2 },
        says: isEc2,
      },
      {
        title: "passes a group with VPC Lattice only, which has its own checks",
        props: { trafficSources: [{ identifier: UNKNOWN, type: "vpc-lattice" }], ...EC2 },
        says: [],
      },
      {
        title: "passes VPC Lattice by a known ARN",
        props: { trafficSources: [{ identifier: "arn:aws:vpc-lattice:x", type: "vpc-lattice" }], ...EC2 },
        says: [],
      },
      {
        title: "passes a group behind no load balancer",
        props: { targetGroupArns: [], loadBalancers: null, ...EC2 },
        says: [],
      },
    ]);
  });

  describe("on a service of ECS", () => {
    const says = (text: string) => [`healthCheckGracePeriodSeconds ${text}`];
    suite.checkPartsOfSentences("aws:ecs/service:Service", [
      { title: "passes an absent grace period", props: {}, says: [] },
      { title: "passes a null grace period", props: { healthCheckGracePeriodSeconds: null }, says: [] },
      {
        title: "passes a short grace period",
        props: { healthCheckGracePeriodSeconds: secret(60) },
        says: [],
      },
      {
        title: "refuses a grace period that never ends",
        props: { healthCheckGracePeriodSeconds: 2_147_483_647 },
        says: says("is 2147483647; it must be left out, or a literal number of seconds from 0 to 3600"),
      },
      {
        title: "refuses an unknown grace period",
        props: { healthCheckGracePeriodSeconds: UNKNOWN },
        says: says("is not known"),
      },
      {
        title: "refuses a grace period of the wrong type",
        props: { healthCheckGracePeriodSeconds: [60] },
        says: says("is a list"),
      },
      ...["3601", "-1", "x1", "1x"].map((digits) => ({
        title: `shows digits, and nothing else that may be secret: ${digits}`,
        props: { healthCheckGracePeriodSeconds: digits },
        says: says(`is ${digits.includes("x") ? "another string" : `"${digits}"`}`),
      })),
    ]);
  });

  suite.checkSentences("aws:autoscaling/group:Group", [
    {
      title: "reports a group's own problem without a prefix",
      props: { targetGroupArns: ["arn"], healthCheckType: "EC2" },
      says: ['healthCheckType is "EC2"; it must be "ELB", alone or among others'],
    },
  ]);

  it("accepts configured codes and grace periods", () => {
    const judged = (given: object, type: string, props: Props) =>
      configured(targetHealth, given, { type, props }).length;
    const group = { type: "aws:lb/targetGroup:TargetGroup", props: checked({ matcher: "200,401" }) };
    assert.equal(judged({}, group.type, group.props), 1);
    assert.equal(judged({ maxHealthyCode: 401 }, group.type, group.props), 0);
    assert.equal(judged({ maxHealthyCode: 599 }, group.type, checked({ matcher: "200-599" })), 1);
    for (const [limit, props] of [
      [499, { protocol: "HTTP" }],
      [499, { protocol: "HTTPS" }],
      [499, { targetType: "lambda" }],
      [399, { protocol: "GENEVE" }],
      [599, { protocol: "TCP" }],
    ] as const) {
      const of = (matcher: string) => ({ ...without(checked({ matcher }), "protocol"), ...props });
      assert.equal(judged({ maxHealthyCode: 599 }, group.type, of(`200-${limit}`)), 0, `${limit}`);
      const past = configured(
        targetHealth,
        { maxHealthyCode: 599 },
        { type: group.type, props: of(`200-${limit + 1}`) },
      );
      assert.ok(past[0]?.includes(`it must be literal codes from 200 to ${limit}, for example`), past[0]);
    }
    const slow = { targetGroupArns: ["arn"], healthCheckType: "ELB", healthCheckGracePeriod: 7200 };
    assert.equal(judged({}, "aws:autoscaling/group:Group", slow), 1);
    assert.equal(judged({ maxGraceSeconds: 7200 }, "aws:autoscaling/group:Group", slow), 0);
  });

  describe("at stack level", () => {
    const stack = new RuleSuite("target-group-health-stack", { fix: /^Fix: .{9}/, pack });
    const group = (props: Props, name = "web"): TestResource => ({
      type: "aws:autoscaling/group:Group",
      name,
      props: { name: UNKNOWN, id: UNKNOWN, ...props },
    });
    const attachment = (to: TestResource, props: Props = {}): TestResource => ({
      type: "aws:autoscaling/attachment:Attachment",
      name: "front",
      props: { autoscalingGroupName: UNKNOWN, lbTargetGroupArn: UNKNOWN, ...props },
      propertyDependencies: { autoscalingGroupName: [urnOf(to)] },
    });
    const source = (to: TestResource, type: string): TestResource => ({
      ...attachment(to, { trafficSource: { identifier: UNKNOWN, type } }),
      type: "aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment",
    });
    const EC2 = group({ healthCheckType: "EC2", healthCheckGracePeriod: 300 });

    it("refuses an attached group with EC2 checks, in preview", async () => {
      assert.deepEqual(await stack.judgeStack(EC2, attachment(EC2)), [
        [
          urnOf(EC2),
          "Auto Scaling groups attached to a load balancer replace instances that fail its health check. " +
            "Otherwise load balancers keep sending visitors to instances that run but no longer serve.\n" +
            'Attached by "front": healthCheckType is "EC2"; it must be "ELB", alone or among others.\n' +
            'Fix: healthCheckType: "ELB", healthCheckGracePeriod: 300 (seconds; at least the time to boot)' +
            orExempt("target-group-health-stack"),
        ],
      ]);
    });

    describe("of a listener or rule", () => {
      const ARN = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef";
      const targets: TestResource = { type: TARGET_GROUP[0], name: "web", props: checked({}) };
      const forwarding = (property: string, actions: unknown, from?: TestResource): TestResource => ({
        type: property === "actions" ? LISTENER_RULE[0] : LISTENER[0],
        name: "front",
        props: { [property]: actions },
        propertyDependencies: { [property]: from === undefined ? [] : [urnOf(from)] },
      });
      const advised = async (...resources: TestResource[]): Promise<string[]> =>
        (await pack().run(resources)).findings
          .filter(({ policy }) => policy === "target-group-health-stack")
          .map(({ level, message }) => `${level}: ${message.split("\n")[1]}`);
      const text = (property: string): string =>
        `advisory: ${property}[0] forwards to a target group that isn't in the program, ` +
        "so its protocol and health check aren't judged.";
      const weighted = (...arns: unknown[]) => [
        { type: "forward", forward: { targetGroups: arns.map((arn) => ({ arn, weight: 1 })) } },
      ];

      it("advises against a target group known only by its ARN, alone or among others", async () => {
        for (const property of ["defaultActions", "actions"]) {
          const alone = forwarding(property, [{ type: "forward", targetGroupArn: ARN }]);
          assert.deepEqual(await advised(alone), [text(property)]);
          const among = forwarding(property, weighted(UNKNOWN, ARN), targets);
          assert.deepEqual(await advised(targets, among), [text(property)]);
        }
      });

      it("advises against a target group of another stack, before its ARN is known", async () => {
        const other = { type: "pulumi:pulumi:StackReference", name: "other", props: {} };
        const front = forwarding("defaultActions", [{ type: "forward", targetGroupArn: UNKNOWN }], other);
        assert.deepEqual(await advised(other, front), [text("defaultActions")]);
      });

      it("passes the program's own target groups, known or not, and actions that forward nowhere", async () => {
        const known = { ...targets, props: { ...targets.props, arn: ARN } };
        const front = forwarding("defaultActions", [{ type: "forward", targetGroupArn: ARN }]);
        assert.deepEqual(await advised(known, front), []);
        const unknown = forwarding("defaultActions", weighted(UNKNOWN, UNKNOWN), targets);
        assert.deepEqual(await advised(targets, unknown), []);
        const other = { type: "pulumi:pulumi:StackReference", name: "other", props: {} };
        const either = { defaultActions: [targets, other].map(urnOf) };
        assert.deepEqual(await advised(targets, other, { ...unknown, propertyDependencies: either }), []);
        assert.deepEqual(await advised({ ...unknown, propertyDependencies: {} }), []);
        const elsewhere = { type: "acme:web/targets:Targets", name: "other", props: {} };
        assert.deepEqual(await advised(elsewhere, forwarding("actions", weighted(UNKNOWN), elsewhere)), []);
        const redirect = { type: "redirect", redirect: { protocol: "HTTPS", statusCode: "HTTP_301" } };
        assert.deepEqual(await advised(forwarding("actions", [redirect])), []);
      });
    });

    const refused: readonly [title: string, resources: TestResource[]][] = [
      ["a traffic source attachment", [EC2, source(EC2, "elbv2")]],
      [
        "an attachment to a Classic Load Balancer",
        [EC2, attachment(EC2, { lbTargetGroupArn: null, elb: "old" })],
      ],
      ["a traffic source attachment of unknown type", [EC2, source(EC2, UNKNOWN)]],
      [
        "an attachment by literal name",
        [
          { ...EC2, props: { ...EC2.props, name: "web-1" } },
          { ...attachment(EC2, { autoscalingGroupName: "web-1" }), propertyDependencies: {} },
        ],
      ],
      [
        "an attachment by id, as in up",
        [
          { ...EC2, props: { ...EC2.props, id: "web-1" } },
          { ...attachment(EC2, { autoscalingGroupName: "web-1" }), propertyDependencies: {} },
        ],
      ],
      ["two attachments, once", [EC2, attachment(EC2), { ...attachment(EC2), name: "back" }]],
    ];
    for (const [title, resources] of refused) {
      it(`finds ${title}`, async () => {
        assert.deepEqual(
          (await stack.judgeStack(...resources)).map(([urn]) => urn),
          [urnOf(EC2)],
        );
      });
    }

    it("refuses an attached group whose type is absent or unknown", async () => {
      for (const props of [
        { healthCheckGracePeriod: 60 },
        { healthCheckType: UNKNOWN, healthCheckGracePeriod: 60 },
      ]) {
        const one = group(props);
        assert.equal((await stack.judgeStack(one, attachment(one))).length, 1);
      }
    });

    it("passes an attached group with ELB checks, and a group without an attachment", async () => {
      const good = group(ELB, "good");
      assert.deepEqual(await stack.judgeStack(good, attachment(good), EC2), []);
    });

    it("passes an attachment to VPC Lattice, and an attachment of a group outside the stack", async () => {
      const elsewhere = { ...attachment(EC2, { autoscalingGroupName: "others" }), propertyDependencies: {} };
      assert.deepEqual(await stack.judgeStack(EC2, source(EC2, "vpc-lattice"), elsewhere), []);
    });

    it("judges a group with a source of type vpc-lattice that is a load balancer's target group", async () => {
      const targets = { type: "aws:lb/targetGroup:TargetGroup", name: "web", props: { arn: UNKNOWN } };
      const leads = [urnOf(targets)];
      const mistyped = {
        ...group({ ...EC2.props, trafficSources: [{ type: "vpc-lattice", identifier: UNKNOWN }] }),
        propertyDependencies: { trafficSources: leads },
      };
      const [[, message = ""] = [], ...more] = await stack.judgeStack(mistyped, targets);
      assert.ok(message.includes('Attached to "web": healthCheckType is "EC2"'), message);
      assert.deepEqual(more, []);
      const beside = source(EC2, "vpc-lattice");
      const dependencies = { ...beside.propertyDependencies, trafficSource: leads };
      assert.equal(
        (await stack.judgeStack(EC2, targets, { ...beside, propertyDependencies: dependencies })).length,
        1,
      );
    });

    it("judges every group that an unknown attachment may mean", async () => {
      const hidden = { ...attachment(EC2), propertyDependencies: {} };
      const lost = { ...hidden, props: { ...hidden.props, autoscalingGroupName: UNKNOWN } };
      const [[, message = ""] = [], ...more] = await stack.judgeStack(EC2, group(ELB, "good"), lost);
      assert.ok(message.includes("names no group of this program, but may be this group's name"), message);
      assert.deepEqual(more, []);
    });

    it("judges no group if an attachment means another resource's group, or may mean one", async () => {
      const nodes = { type: "aws:eks/nodeGroup:NodeGroup", name: "nodes", props: { resources: UNKNOWN } };
      const props = { ...attachment(EC2).props, autoscalingGroupName: UNKNOWN };
      for (const propertyDependencies of [{ autoscalingGroupName: [urnOf(nodes)] }, {}]) {
        assert.deepEqual(
          await stack.judgeStack(nodes, EC2, { ...attachment(EC2), props, propertyDependencies }),
          [],
        );
      }
      const fleet = { type: "pulumi:pulumi:StackReference", name: "fleet", props: {} };
      const propertyDependencies = { autoscalingGroupName: [urnOf(fleet)] };
      assert.deepEqual(
        await stack.judgeStack(fleet, EC2, { ...attachment(EC2), props, propertyDependencies }),
        [],
      );
    });

    it("judges a group that CodeDeploy deployments fill", async () => {
      const deployment = {
        type: "aws:codedeploy/deploymentGroup:DeploymentGroup",
        name: "shop",
        props: { autoscalingGroups: [UNKNOWN], loadBalancerInfo: { targetGroupInfos: [{ name: "shop" }] } },
        propertyDependencies: { autoscalingGroups: [urnOf(EC2)] },
      };
      const [[, message = ""] = [], ...more] = await stack.judgeStack(EC2, deployment);
      assert.ok(message.includes('Filled by deployments of "shop": healthCheckType is "EC2"'), message);
      assert.deepEqual(more, []);
      const named = { ...deployment.props, autoscalingGroups: ["other", "web-1"] };
      assert.deepEqual(
        await stack.sentencesOfStack([
          { ...EC2, props: { ...EC2.props, name: "web-1" } },
          { ...deployment, props: named, propertyDependencies: {} },
        ]),
        [
          [
            "web",
            'Filled by deployments of "shop": healthCheckType is "EC2"; it must be "ELB", alone or among others.',
          ],
        ],
      );
      const alone = without(deployment.props, "loadBalancerInfo");
      assert.deepEqual(await stack.judgeStack(EC2, { ...deployment, props: alone }), []);
    });

    it("names only the attachment if the provider fills in the group's traffic sources", async () => {
      const targets = { type: "aws:lb/targetGroup:TargetGroup", name: "web", props: { arn: "arn:web" } };
      const resources = [targets, EC2, attachment(EC2)];
      for (const resource of resources) await pack().analyze(resource);
      const filled = { ...EC2, props: { ...EC2.props, trafficSources: [{ identifier: "arn:web" }] } };
      assert.deepEqual(await stack.sentencesOfStack([targets, filled, attachment(EC2)]), [
        ["web", 'Attached by "front": healthCheckType is "EC2"; it must be "ELB", alone or among others.'],
      ]);
    });

    it("leaves a group that is also attached by its own inputs to the resource rule", async () => {
      const twice = group({ ...EC2.props, targetGroupArns: ["arn"] });
      assert.deepEqual(await stack.judgeStack(twice, attachment(twice)), []);
    });

    it("refuses a grace period that never ends on an attached group", async () => {
      const slow = group({ ...ELB, healthCheckGracePeriod: 604_800 });
      const [[, message = ""] = []] = await stack.judgeStack(slow, attachment(slow));
      assert.ok(message.includes("healthCheckGracePeriod is 604800"), message);
    });

    it("judges each group even if another one is unknown", async () => {
      const unsure = group({ healthCheckType: UNKNOWN, healthCheckGracePeriod: UNKNOWN }, "unsure");
      const found = await stack.judgeStack(unsure, attachment(unsure), EC2, {
        ...attachment(EC2),
        name: "back",
      });
      assert.deepEqual(
        found.map(([urn]) => urn),
        [urnOf(unsure), urnOf(EC2)],
      );
    });
  });
});

describe("codesAreWithin", () => {
  const code = fc.integer({ min: 0, max: 999 });

  it("accepts a list of codes and ranges if and only if all of it lies within the bounds", () => {
    const part = fc.tuple(code, fc.option(code, { nil: undefined }));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), code, code, (parts, low, high) => {
        const codes = parts.map(([from, to]) => (to === undefined ? `${from}` : `${from}-${to}`)).join(",");
        const expected = parts.every(([from, to = from]) => low <= from && from <= to && to <= high);
        assert.equal(codesAreWithin(codes, low, high), expected);
      }),
    );
  });

  for (const malformed of ["", ",", "200,", "2xx", "200-", "-200", "200 204", "200-299-399", "2000"]) {
    it(`refuses ${JSON.stringify(malformed)}`, () => {
      assert.equal(codesAreWithin(malformed, 0, 9999), false);
    });
  }
});

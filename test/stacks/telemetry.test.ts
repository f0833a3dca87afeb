import assert from "node:assert/strict";

import type { JsonResource } from "../../packages/rehearse/report/json";
import type { Values } from "../../packages/rehearse/values";
import { mayDo, rolesOf } from "../support/iam";
import { decode } from "../support/proxy-user-data";
import { type Graph, type JsonRun, parsed, rehearseStacks, text } from "../support/rehearse";
import { withLeast } from "../support/stack-file";
import { scriptIn } from "../support/user-data";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const GROUP = "aws:autoscaling/group:Group";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const POLICY = "aws:autoscaling/policy:Policy";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const KEY = "arn:aws:kms:eu-west-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";
const SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:store/otlp-a1B2c3";

const IMAGE = `public.ecr.aws/shop/store@sha256:${"0".repeat(64)}`;

const AGENT = { "web-store:telemetry": { agent: "cloudwatch" } };

/** Each stack's settings in addition to the required ones. */
const STACKS: Readonly<Record<string, Values>> = {
  plain: {},
  closed: {
    "web-store:telemetry": { agent: "cloudwatch", logRetentionDays: 90, logKeyArn: KEY },
    "web-store:network.natGateways": "none",
    "web-store:fleet.memoryTargetPercent": 60,
  },
  proxied: {
    ...AGENT,
    "web-store:alarms": { enabled: true, emailAddresses: ["oncall@example.com"], memoryPercent: 80 },
    "web-store:dashboard": true,
    "web-store:blueGreen": { enabled: true, fillIdle: true },
    "web-store:loadBalancing": { engine: "haproxy" },
  },
  emptied: {
    ...AGENT,
    "web-store:alarms": { enabled: true, emailAddresses: ["oncall@example.com"] },
    "web-store:blueGreen": { enabled: true },
  },
  otlp: {
    "web-store:application": {
      source: "container",
      image: IMAGE,
      egress: { otlp: { port: 4318, cidr: "0.0.0.0/0" } },
    },
    "web-store:telemetry": {
      otlp: { endpoint: "https://otlp.example.com:4318", headersSecretArn: SECRET, headersKeyArn: KEY },
    },
  },
};

describe("The instances' telemetry", () => {
  let run: JsonRun;
  const graph = (stack: string): Graph => run.graph("up", stack);
  before(async () => {
    run = await rehearseStacks(withLeast(STACKS));
  });

  /** The retention in days and the key of each log group, by name. */
  const logGroups = (stack: string): unknown[] =>
    graph(stack)
      .ofType(LOG_GROUP)
      .filter(({ name }) => name.startsWith("web-store-logs-"))
      .map(({ inputs }) => [inputs["name"], inputs["retentionInDays"], inputs["kmsKeyId"]]);

  it("is off by default", () => {
    assert.deepEqual(logGroups("plain"), []);
    assert.doesNotMatch(scriptIn(graph("plain").one(TEMPLATE).inputs["userData"]), /cloudwatch|OTEL/);
    assert.equal(graph("plain").stack.outputs["logGroupNames"], undefined);
  });

  it("goes to the stack's own log groups, with the configured retention and key", () => {
    assert.deepEqual(logGroups("closed"), [
      ["web-store-closed-application", 90, KEY],
      ["web-store-closed-system", 90, KEY],
    ]);
    assert.deepEqual(logGroups("proxied"), [
      ["web-store-proxied-application", 30, undefined],
      ["web-store-proxied-proxy", 30, undefined],
      ["web-store-proxied-system", 30, undefined],
    ]);
    assert.deepEqual(graph("closed").stack.outputs["logGroupNames"], {
      application: "web-store-closed-application",
      system: "web-store-closed-system",
    });
  });

  it("configures instances and proxies: the log of each service, and the rest", () => {
    const sent = (template: JsonResource): unknown =>
      [...decode(template).script.matchAll(/"log_group_name":"([^"]+)"/g)].map(([, group]) => group);
    const units = (template: JsonResource): unknown =>
      /"units":(\[[^\]]*\])/.exec(decode(template).script)?.[1];
    for (const { name } of graph("proxied").ofType(TEMPLATE)) {
      const template = graph("proxied").one(TEMPLATE, name);
      const isProxy = name.startsWith("web-store-proxy");
      assert.deepEqual(
        sent(template),
        [isProxy ? "web-store-proxied-proxy" : "web-store-proxied-application", "web-store-proxied-system"],
        name,
      );
      const bytes = Buffer.from(text(template.inputs["userData"]), "base64").length;
      assert.ok(bytes <= 16_384, `${name}: EC2 takes no user data of ${bytes} bytes`);
      assert.equal(
        units(template),
        isProxy ? '["proxy.service","proxy-agent.service"]' : '["store.service"]',
      );
    }
    assert.equal(graph("proxied").ofType(TEMPLATE).length, 3);
  });

  it("may write to these log groups only, and to one metrics namespace", async () => {
    const roles = rolesOf(graph("proxied"));
    const may = async (role: string, action: string, resource: string, context = {}): Promise<boolean> => {
      const found = roles.get(role);
      assert.ok(found, role);
      return mayDo(found, { action, resource, context });
    };
    const stream = (group: string): string =>
      `arn:aws:logs:eu-west-1:123456789012:log-group:web-store-proxied-${group}:log-stream:i-1`;
    for (const [role, own, others] of [
      ["web-store-instance", "application", "proxy"],
      ["web-store-green-instance", "application", "proxy"],
      ["web-store-proxy-instance", "proxy", "application"],
    ] as const) {
      assert.equal(await may(role, "logs:PutLogEvents", stream(own)), true, role);
      assert.equal(await may(role, "logs:PutLogEvents", stream("system")), true, role);
      assert.equal(await may(role, "logs:PutLogEvents", stream(others)), false, role);
      assert.equal(await may(role, "logs:GetLogEvents", stream(own)), false, role);
      for (const [namespace, allowed] of [
        ["CWAgent", true],
        ["AWS/EC2", false],
      ] as const)
        assert.equal(
          await may(role, "cloudwatch:PutMetricData", "*", { "cloudwatch:namespace": namespace }),
          allowed,
          `${role}: ${namespace}`,
        );
      assert.equal(await may(role, "ec2:DescribeTags", "*"), true, role);
    }
    const plain = rolesOf(graph("plain")).get("web-store-instance");
    assert.ok(plain);
    assert.equal(await mayDo(plain, { action: "ec2:DescribeTags", resource: "*" }), false);
  });

  it("uses endpoints without a NAT gateway", () => {
    const services = graph("closed")
      .ofType("aws:ec2/vpcEndpoint:VpcEndpoint")
      .map(({ inputs }) => text(inputs["serviceName"]).replace("com.amazonaws.eu-west-1.", ""));
    assert.deepEqual(services.sort(), ["ec2", "logs", "monitoring", "s3", "ssm", "ssmmessages"]);
  });

  it("scales the group by its own instances' memory, if configured", () => {
    const { targetTrackingConfiguration, autoscalingGroupName } = graph("closed").one(
      POLICY,
      "web-store-memory",
    ).inputs;
    const group = graph("closed").one(GROUP).outputs["name"];
    assert.equal(autoscalingGroupName, group);
    assert.deepEqual(targetTrackingConfiguration, {
      customizedMetricSpecification: {
        metrics: [
          {
            id: "memory",
            metricStat: {
              stat: "Average",
              metric: {
                namespace: "CWAgent",
                metricName: "mem_used_percent",
                dimensions: [{ name: "AutoScalingGroupName", value: group }],
              },
            },
            returnData: true,
          },
        ],
      },
      targetValue: 60,
    });
    assert.equal(
      graph("proxied")
        .ofType(POLICY)
        .filter(({ name }) => name.endsWith("-memory")).length,
      0,
    );
  });

  it("has alarms for each group with instances, on the group's own metrics", () => {
    const metricsOf = ({ inputs }: JsonResource): Values[] =>
      ((inputs["metricQueries"] ?? [{ metric: inputs }]) as { readonly metric?: Values }[]).flatMap(
        ({ metric }) => (metric === undefined ? [] : [metric]),
      );
    const alarms = (stack: string): unknown[] =>
      graph(stack)
        .ofType(ALARM)
        .filter((alarm) => metricsOf(alarm).some(({ namespace }) => namespace === "CWAgent"))
        .map((alarm) => [
          alarm.name.replace("web-store-upkeep-", ""),
          ...new Set(
            metricsOf(alarm).map(({ dimensions }) => (dimensions as Values)["AutoScalingGroupName"]),
          ),
        ])
        .sort();
    const groupOf = (stack: string, name: string): unknown => graph(stack).one(GROUP, name).outputs["name"];
    const expected = (stack: string, groups: Readonly<Record<string, string>>): unknown[] =>
      Object.entries(groups)
        .flatMap(([suffix, group]) =>
          ["agent-silent", "disk", "memory"].map((id) => [id + suffix, groupOf(stack, group)]),
        )
        .sort();
    assert.deepEqual(
      alarms("proxied"),
      expected("proxied", {
        "": "web-store-fleet",
        "-green": "web-store-green-fleet",
        "-proxies": "web-store-proxy-fleet",
      }),
    );
    assert.deepEqual(alarms("emptied"), expected("emptied", { "": "web-store-fleet" }));
    const memory = graph("proxied").one(ALARM, "web-store-upkeep-memory").inputs;
    assert.deepEqual([memory["threshold"], memory["statistic"]], [80, "Maximum"]);
  });

  it("is on the dashboard, for each group", () => {
    const { widgets } = parsed<{
      widgets: { properties: { title?: string; metrics?: { readonly [index: number]: unknown }[] } }[];
    }>(graph("proxied").one("aws:cloudwatch/dashboard:Dashboard").inputs["dashboardBody"]);
    for (const [title, metric] of [
      ["Memory in use, %", "mem_used_percent"],
      ["Root volume in use, %", "disk_used_percent"],
    ]) {
      const { metrics = [] } = widgets.find(({ properties }) => properties.title === title)?.properties ?? {};
      assert.equal(metrics.length, 6, title);
      assert.ok(metrics.every((each) => each[0] === "CWAgent" && each[1] === metric));
    }
  });

  it("over OpenTelemetry is the application's own: variables set the endpoint, and a secret sets the headers", async () => {
    const script = scriptIn(graph("otlp").one(TEMPLATE).inputs["userData"]);
    const sources = JSON.parse(
      JSON.parse(/^SOURCES = json\.loads\((".*")\)$/m.exec(script)?.[1] ?? "") as string,
    ) as unknown;
    assert.deepEqual(sources, {
      OTEL_EXPORTER_OTLP_ENDPOINT: { value: "https://otlp.example.com:4318" },
      OTEL_EXPORTER_OTLP_HEADERS: { secretArn: SECRET },
      OTEL_EXPORTER_OTLP_PROTOCOL: { value: "http/protobuf" },
      OTEL_SERVICE_NAME: { value: "store.example.com" },
    });
    assert.match(script, / --env OTEL_EXPORTER_OTLP_HEADERS /);
    const role = rolesOf(graph("otlp")).get("web-store-instance");
    assert.ok(role);
    assert.ok(await mayDo(role, { action: "secretsmanager:GetSecretValue", resource: SECRET }));
    const context = { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" };
    assert.ok(await mayDo(role, { action: "kms:Decrypt", resource: KEY, context }));
  });
});

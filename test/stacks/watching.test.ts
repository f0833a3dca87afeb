import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { parse } from "yaml";

import type { JsonResource } from "../../packages/rehearse/report/json";
import { type Graph, parsed, rehearseJson, ROOT, text } from "../support/rehearse";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm";

/** The suffix of an alarm's name, which is the heading of its runbook. */
const idOf = ({ name }: JsonResource): string => name.replace(/^web-store-(traffic-|upkeep-|outside-)?/, "");

describe("A store with alarms", () => {
  let graph: Graph;
  let quiet: Graph;
  before(async () => {
    const files = ["watched", "minimal-prod"].flatMap((name) => ["--config-file", `examples/${name}.yaml`]);
    const run = await rehearseJson([...files, "--mode", "up"]);
    assert.equal(run.status, 0, run.stderr);
    graph = run.graph("up", "watched");
    quiet = run.graph("up", "minimal-prod");
  });

  const out = (type: string, key: string, name?: string): string => text(graph.one(type, name).outputs[key]);
  const topicIn = (region: "here" | "us-east-1"): string =>
    out("aws:sns/topic:Topic", "arn", region === "here" ? "web-store-alarms" : "web-store-us-east-1-alarms");
  const balancer = (): string => out("aws:lb/loadBalancer:LoadBalancer", "arnSuffix");
  const targets = (): string => out("aws:lb/targetGroup:TargetGroup", "arnSuffix");
  const group = (): string => out("aws:autoscaling/group:Group", "name");

  it("mutes its own alarms only after AWS has created them, by short names and by an alarm known in advance", async () => {
    const folder = mkdtempSync(join(tmpdir(), "muted-"));
    const file = join(folder, "muted.yaml");
    const watched = parse(readFileSync(join(ROOT, "examples/watched.yaml"), "utf8")) as { config: object };
    const peak = { name: "sale", days: ["fri"], timeZone: "Europe/Berlin" };
    const muteAlarms = ["latency", "certificate-expiry", "web-store-muted-customers-affected"];
    const config = { ...watched.config, "web-store:peakCalendar": [{ ...peak, muteAlarms }] };
    writeFileSync(file, JSON.stringify({ ...watched, config }));
    const run = await rehearseJson(["--config-file", file, "--mode", "up"]);
    rmSync(folder, { recursive: true });
    assert.equal(run.status, 0, run.stderr);
    const mute = run.graph("up", "muted").one("aws:cloudwatch/alarmMuteRule:AlarmMuteRule");
    assert.deepEqual(mute.propertyDependencies["muteTargets"]?.map((urn) => urn.split("::").at(-1)).sort(), [
      "web-store-customers-affected",
      "web-store-traffic-latency",
      "web-store-upkeep-certificate-expiry",
    ]);
  });

  it("has alarms only if they are configured", () => {
    const watching = /^aws:(cloudwatch\/(?!logGroup)|sns\/|s3\/bucketMetric)/;
    assert.deepEqual(
      quiet.resources.filter(({ type }) => watching.test(type)),
      [],
    );
    assert.equal(quiet.one("aws:autoscaling/group:Group").inputs["enabledMetrics"], undefined);
    assert.equal(quiet.stack.outputs["dashboardUrl"], undefined);
  });

  it("has an alarm for every failure of a store, with its threshold and evaluation periods", () => {
    const table = graph.ofType(ALARM).map((alarm) => {
      const { comparisonOperator, threshold, evaluationPeriods, datapointsToAlarm, treatMissingData } =
        alarm.inputs;
      return [
        idOf(alarm),
        { GreaterThanThreshold: ">", GreaterThanOrEqualToThreshold: ">=", LessThanThreshold: "<" }[
          text(comparisonOperator)
        ],
        threshold,
        `${String(datapointsToAlarm)} of ${String(evaluationPeriods)}`,
        treatMissingData,
      ];
    });
    assert.deepEqual(table.sort(), [
      ["agent-silent", ">", 0, "12 of 12", "notBreaching"],
      ["balancer-errors", ">", 1, "3 of 5", "notBreaching"],
      ["capacity-at-max", ">=", 100, "15 of 15", "notBreaching"],
      ["certificate-expiry", "<", 30, "1 of 1", "missing"],
      ["disk", ">", 85, "10 of 10", "missing"],
      ["latency", ">", 1, "4 of 5", "notBreaching"],
      ["log-delivery", ">", 0, "6 of 6", "notBreaching"],
      ["memory", ">", 90, "10 of 10", "missing"],
      ["no-healthy-instance", "<", 1, "2 of 2", "breaching"],
      ["rejected-connections", ">", 0, "1 of 1", "notBreaching"],
      ["target-errors", ">", 1, "3 of 5", "notBreaching"],
      ["tls-errors", ">", 20, "4 of 5", "notBreaching"],
      ["unhealthy-instances", ">", 0, "10 of 10", "notBreaching"],
      ["unreachable-from-outside", "<", 1, "2 of 2", "missing"],
    ]);
  });

  it("measures this stack's own balancer, targets, group, certificate and bucket", () => {
    const measured = new Map<string, unknown>();
    for (const alarm of graph.ofType(ALARM)) {
      const { dimensions, metricName, metricQueries } = alarm.inputs;
      if (dimensions !== undefined) measured.set(text(metricName), dimensions);
      for (const { metric } of (metricQueries ?? []) as { metric?: Record<string, unknown> }[])
        if (metric) measured.set(text(metric["metricName"]), metric["dimensions"]);
    }
    const LoadBalancer = balancer();
    const onBalancer = { LoadBalancer };
    const onTargets = { LoadBalancer, TargetGroup: targets() };
    const onGroup = { AutoScalingGroupName: group() };
    assert.deepEqual(Object.fromEntries(measured), {
      HTTPCode_Target_5XX_Count: onBalancer,
      HTTPCode_ELB_5XX_Count: onBalancer,
      RequestCount: onBalancer,
      TargetResponseTime: onBalancer,
      RejectedConnectionCount: onBalancer,
      ClientTLSNegotiationErrorCount: onBalancer,
      NewConnectionCount: onBalancer,
      UnHealthyHostCount: onTargets,
      HealthyHostCount: onTargets,
      GroupDesiredCapacity: onGroup,
      GroupMaxSize: onGroup,
      GroupInServiceInstances: onGroup,
      mem_used_percent: onGroup,
      disk_used_percent: onGroup,
      DaysToExpiry: {
        CertificateArn: out("aws:acm/certificateValidation:CertificateValidation", "certificateArn"),
      },
      HealthCheckStatus: { HealthCheckId: out("aws:route53/healthCheck:HealthCheck", "id") },
      PutRequests: { BucketName: out("aws:s3/bucket:Bucket", "bucket"), FilterId: "access-logs" },
    });
    const logs = graph.one("aws:s3/bucketMetric:BucketMetric").inputs;
    assert.deepEqual([logs["name"], logs["filter"]], ["access-logs", { prefix: "access/" }]);
    assert.deepEqual(graph.one("aws:autoscaling/group:Group").inputs["enabledMetrics"], [
      "GroupDesiredCapacity",
      "GroupInServiceInstances",
      "GroupMaxSize",
      "GroupMinSize",
    ]);
  });

  it("returns exactly the last query from each alarm with metric math", () => {
    for (const { name, inputs } of graph.ofType(ALARM)) {
      const queries = (inputs["metricQueries"] ?? []) as {
        id: string;
        returnData: boolean;
        expression?: string;
      }[];
      if (queries.length === 0) continue;
      assert.deepEqual(
        queries.map(({ returnData }) => returnData),
        queries.map((_, index) => index === queries.length - 1),
        name,
      );
      const words = queries.at(-1)?.expression?.match(/\b[a-z]\w*/g) ?? [];
      assert.deepEqual(
        [...new Set(words)].sort(),
        queries
          .slice(0, -1)
          .map(({ id }) => id)
          .sort(),
        name,
      );
    }
  });

  /** The value that a metric-math alarm compares with its threshold, for given values of its queries. */
  function computed(id: string, values: Readonly<Record<string, number | undefined>>): number {
    const alarm = graph.ofType(ALARM).find((each) => idOf(each) === id);
    const queries = alarm?.inputs["metricQueries"] as { id: string; expression?: string }[];
    const expression = queries.at(-1)?.expression ?? assert.fail(`${id} computes nothing`);
    const script = expression.replace(/\bIF\(/g, "choose(").replace(/\bAND\b/g, "&&");
    return runInNewContext(script, {
      ...values,
      choose: (condition: boolean, yes: number, no: number) => (condition ? yes : no),
      FILL: (value: number | undefined, other: number) => value ?? other,
    }) as number;
  }

  it("raises no alarm for a handful of failed requests, and one for ten that exceed a share", () => {
    const latency = (requests: number, p90: number, p99: number) =>
      computed("latency", { requests, p90, p99 });
    // At night: five requests, one of them slow; then a hundred with three slow ones; ten of a hundred; ten of a
    // thousand.
    assert.deepEqual(
      [latency(5, 9, 9), latency(99, 9, 9), latency(100, 0.1, 9), latency(100, 9, 9), latency(999, 0.1, 9)],
      [0, 0, 0.1, 9, 0.1],
    );
    assert.deepEqual([latency(1000, 0.1, 9), latency(50_000, 0.1, 0.2)], [9, 0.2]);
    for (const id of ["target-errors", "balancer-errors"]) {
      const errors = (requests: number | undefined, count: number | undefined): number =>
        computed(id, { requests, errors: count });
      assert.equal(errors(150, 9), 0, id);
      assert.equal(errors(150, undefined), 0, id);
      assert.equal(errors(1000, 10), id === "target-errors" ? 1 : (100 * 10) / 1010, id);
      // Few requests arrive, and nearly all fail.
      assert.ok(errors(20, 20) >= 50, id);
    }
    assert.equal(computed("tls-errors", { opened: 20, failed: 60 }), 0);
    assert.equal(computed("tls-errors", { opened: 50, failed: 150 }), 75);
  });

  it("watches silent agents only if there are instances", () => {
    const silent = (instances: number | undefined, reports: number | undefined): number =>
      computed("agent-silent", { instances, reports });
    assert.deepEqual(
      [silent(2, undefined), silent(2, 0), silent(2, 10), silent(0, undefined), silent(undefined, undefined)],
      [1, 1, 0, 0, 0],
    );
  });

  it("notifies once for all customer-facing alarms, and separately for each other alarm", () => {
    const silent = graph
      .ofType(ALARM)
      .filter(({ inputs }) => (inputs["alarmActions"] as unknown[]).length === 0);
    assert.deepEqual(silent.map(idOf).sort(), [
      "balancer-errors",
      "latency",
      "no-healthy-instance",
      "rejected-connections",
      "target-errors",
    ]);
    const { inputs } = graph.one(COMPOSITE);
    const names = [...text(inputs["alarmRule"]).matchAll(/ALARM\("([^"]+)"\)/g)].map(([, name]) => name);
    assert.deepEqual(names.sort(), silent.map(({ outputs }) => outputs["name"]).sort());
    assert.equal(
      text(inputs["alarmRule"]).replace(/ALARM\("[^"]+"\)/g, "x"),
      names.map(() => "x").join(" OR "),
    );
    for (const alarm of [graph.one(COMPOSITE), ...graph.ofType(ALARM)]) {
      if (silent.includes(alarm)) continue;
      const topic = topicIn(idOf(alarm) === "unreachable-from-outside" ? "us-east-1" : "here");
      assert.deepEqual(
        [alarm.inputs["alarmActions"], alarm.inputs["okActions"]],
        [[topic], [topic]],
        alarm.name,
      );
    }
  });

  it("stops an instance refresh on customer-facing alarms", () => {
    const refresh = graph.one("aws:autoscaling/group:Group").inputs["instanceRefresh"] as Record<
      string,
      unknown
    >;
    const { alarmSpecification } = refresh["preferences"] as { alarmSpecification?: { alarms: string[] } };
    const { inputs } = graph.one(COMPOSITE);
    const names = [...text(inputs["alarmRule"]).matchAll(/ALARM\("([^"]+)"\)/g)].map(([, name]) => name);
    assert.deepEqual(alarmSpecification?.alarms, names);
  });

  it("links each alarm to an existing heading of docs/operations.md, in a description that AWS accepts", () => {
    const headings = readFileSync(join(ROOT, "docs", "operations.md"), "utf8").match(/^### .+/gm) ?? [];
    for (const alarm of [graph.one(COMPOSITE), ...graph.ofType(ALARM)]) {
      const description = text(alarm.inputs["alarmDescription"]);
      assert.ok(description.length <= 1024, alarm.name);
      const [, anchor] = /docs\/operations\.md#([a-z-]+)$/.exec(description) ?? [];
      assert.equal(anchor, idOf(alarm));
      assert.ok(
        headings.some((heading) => heading === `### ${anchor}`),
        `no runbook ${anchor}`,
      );
    }
  });

  it("has the outside health check's alarm in us-east-1, where Route 53 publishes metrics", () => {
    const outside = graph.ofType(ALARM).filter((alarm) => idOf(alarm) === "unreachable-from-outside");
    assert.deepEqual(
      outside.map(({ outputs }) => text(outputs["arn"]).split(":")[3]),
      ["us-east-1"],
    );
    assert.match(topicIn("us-east-1"), /^arn:aws:sns:us-east-1:/);
  });

  for (const [place, region] of [
    ["here", "eu-west-1"],
    ["us-east-1", "us-east-1"],
  ] as const) {
    it(`lets only this account's alarms publish to the topic in ${region}, and only over TLS`, () => {
      const topic = topicIn(place);
      const name = place === "here" ? "web-store-alarms" : "web-store-us-east-1-alarms";
      const { inputs } = graph.one("aws:sns/topicPolicy:TopicPolicy", name);
      const { Statement } = parsed<{ Statement: unknown[] }>(inputs["policy"]);
      assert.deepEqual(Statement, [
        {
          Sid: "AlarmsPublish",
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: "sns:Publish",
          Resource: topic,
          Condition: {
            StringEquals: { "aws:SourceAccount": "123456789012" },
            ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:${region}:123456789012:alarm:*` },
          },
        },
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "sns:Publish",
          Resource: topic,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ]);
      const subscription = graph.one(
        "aws:sns/topicSubscription:TopicSubscription",
        `${name}-oncall@example.com`,
      );
      const { topic: subscribed, protocol, endpoint } = subscription.inputs;
      assert.deepEqual([subscribed, protocol, endpoint], [topic, "email", "oncall@example.com"]);
    });
  }

  describe("with a dashboard", () => {
    interface Widget {
      readonly type: string;
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly properties: { title: string; region?: string; metrics?: unknown[][]; alarms?: string[] };
    }
    const widgets = (): Widget[] =>
      parsed<{ widgets: Widget[] }>(graph.one("aws:cloudwatch/dashboard:Dashboard").inputs["dashboardBody"])
        .widgets;

    it("shows only the stack's own resources, in its Region", () => {
      const values = widgets().flatMap(({ properties }) =>
        (properties.metrics ?? []).flatMap((metric) =>
          metric.slice(3, -1).filter((_, index) => index % 2 === 0),
        ),
      );
      assert.deepEqual([...new Set(values)].sort(), [balancer(), group(), targets()].sort());
      const regions = widgets().flatMap(({ properties }) => properties.region ?? []);
      assert.deepEqual([...new Set(regions)], ["eu-west-1"]);
      assert.deepEqual(widgets()[0]?.properties.alarms, [out(COMPOSITE, "arn")]);
    });

    it("has no widget that overlaps another or the edge", () => {
      const cells = widgets().flatMap(({ x, y, width, height }) =>
        Array.from(
          { length: width * height },
          (_, index) => `${x + (index % width)},${y + Math.floor(index / width)}`,
        ),
      );
      assert.equal(new Set(cells).size, cells.length);
      assert.ok(widgets().every(({ x, width }) => x + width <= 24));
    });

    it("outputs the dashboard's URL", () => {
      const { dashboardName } = graph.one("aws:cloudwatch/dashboard:Dashboard").inputs;
      assert.equal(dashboardName, "web-store-watched");
      assert.equal(
        graph.stack.outputs["dashboardUrl"],
        "https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#dashboards/dashboard/web-store-watched",
      );
    });
  });
});

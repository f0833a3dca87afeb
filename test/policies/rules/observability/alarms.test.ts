import assert from "node:assert/strict";
import {
  CLASSIC_LOAD_BALANCER,
  COMPOSITE_ALARM,
  EVENT_RULE,
  LOAD_BALANCER,
  METRIC_ALARM,
  TARGET_GROUP,
} from "../../../../policies/resources";
import { secret, type TestResource, UNKNOWN, urnOf } from "../../../support/pack";
import { RuleSuite, type Props } from "../../../support/rule-suite";

const APPLICATION = "AWS/ApplicationELB";
const resource = (type: string, name: string, props: Props = {}): TestResource => ({
  type,
  name,
  props: { arn: UNKNOWN, id: UNKNOWN, arnSuffix: UNKNOWN, ...props },
});
const balancer = resource(LOAD_BALANCER[0], "front");
const group = resource(TARGET_GROUP[0], "web", { protocol: "HTTP" });

/** An alarm on a metric of some resources, as in a preview. */
const alarm = (metricName: unknown, on: readonly TestResource[], props: Props = {}): TestResource => ({
  type: METRIC_ALARM[0],
  name: `on-${on.map(({ name }) => name).join("-")}-${String(metricName)}`,
  props: {
    namespace: APPLICATION,
    metricName,
    dimensions: { LoadBalancer: UNKNOWN, TargetGroup: UNKNOWN },
    alarmActions: [UNKNOWN],
    ...props,
  },
  propertyDependencies: { dimensions: on.map(urnOf) },
});
const unhealthy = alarm("UnHealthyHostCount", [group, balancer]);
const errors = alarm("HTTPCode_Target_5XX_Count", [balancer]);

describe("alarms", () => {
  const suite = new RuleSuite("alarms");
  const blamed = async (...resources: TestResource[]): Promise<string[]> =>
    (await suite.judgeStack(...resources)).map(([urn]) => urn);

  it("passes a stack whose target group and load balancer have alarms", async () => {
    assert.deepEqual(await suite.judgeStack(balancer, group, unhealthy, errors), []);
  });

  it("advises on a target group and a load balancer without alarms", async () => {
    const found = await suite.judgeStack(balancer, group);
    assert.deepEqual(
      found.map(([urn]) => urn),
      [urnOf(group), urnOf(balancer)],
    );
    assert.match(
      found[0]![1],
      /No alarm in this stack that notifies somebody watches UnHealthyHostCount or HealthyHostCount of AWS\/App/,
    );
    assert.match(found[1]![1], /HTTPCode_Target_5XX_Count or HTTPCode_ELB_5XX_Count of AWS\/ApplicationELB/);
    assert.match(found[0]![1], /^Fix: .*metricName: "UnHealthyHostCount"/m);
    assert.match(found[1]![1], /^Fix: .*metricName: "HTTPCode_Target_5XX_Count"/m);
  });

  describe("for an alarm without actions", () => {
    const name = "shop-errors";
    const silent = (props: Props = {}) =>
      alarm("HTTPCode_Target_5XX_Count", [balancer], { alarmActions: null, name, ...props });
    const composite = (alarmRule: unknown, props: Props = {}): TestResource => ({
      type: COMPOSITE_ALARM[0],
      name: "both",
      props: { alarmRule, alarmActions: [UNKNOWN], ...props },
    });
    const event = (pattern: unknown): TestResource => ({
      type: EVENT_RULE[0],
      name: "alarms",
      props: { eventPattern: pattern },
    });
    const ALARMS = '{"detail-type":["CloudWatch Alarm State Change"]}';

    for (const [title, watch] of [
      ["no list of actions", [silent()]],
      ["an empty list", [silent({ alarmActions: [] })]],
      ["actions only for the end of the alarm", [silent({ okActions: [UNKNOWN] })]],
      [
        "a composite alarm on it that also notifies nobody",
        [silent(), composite(`ALARM(${name})`, { alarmActions: [] })],
      ],
      ["a composite alarm on other alarms", [silent(), composite("ALARM(others)")]],
      ["an EventBridge rule about other events", [silent(), event('{"source":["aws.ec2"]}')]],
      ["an unknown EventBridge rule", [silent(), event(UNKNOWN)]],
    ] as const) {
      it(`advises on ${title}`, async () =>
        assert.deepEqual(await blamed(balancer, ...watch), [urnOf(balancer)]));
    }

    for (const [title, watch] of [
      ["unknown actions", [silent({ alarmActions: UNKNOWN })]],
      ["secret actions", [silent({ alarmActions: secret(["arn:aws:sns:eu-west-1:123456789012:ops"]) })]],
      ["a composite alarm on it by its name", [silent(), composite(`ALARM("${name}") OR ALARM(others)`)]],
      [
        "a composite alarm on it by reference",
        [silent(), { ...composite(UNKNOWN), propertyDependencies: { alarmRule: [urnOf(silent())] } }],
      ],
      ["an EventBridge rule about alarms", [silent(), event(ALARMS)]],
    ] as const) {
      it(`passes ${title}`, async () => assert.deepEqual(await blamed(balancer, ...watch), []));
    }
  });

  for (const type of LOAD_BALANCER) {
    it(`judges ${type}`, async () => {
      assert.deepEqual(await blamed({ ...balancer, type }), [urnOf({ ...balancer, type })]);
    });
  }

  it("advises on the unwatched one of two target groups only", async () => {
    const other = { ...group, name: "other" };
    assert.deepEqual(await blamed(balancer, group, other, unhealthy, errors), [urnOf(other)]);
  });

  it("tells target groups apart by their names in CloudWatch in up", async () => {
    const known = resource(TARGET_GROUP[0], "known", { protocol: "HTTP", arnSuffix: "targetgroup/known/1" });
    const other = resource(TARGET_GROUP[0], "other", { protocol: "HTTP", arnSuffix: "targetgroup/other/2" });
    const dimensions = { TargetGroup: "targetgroup/known/1" };
    const one = alarm("UnHealthyHostCount", [known, other], { dimensions });
    assert.deepEqual(await blamed(known, other, one), [urnOf(other)]);
  });

  it("counts an alarm on a metric among its queries", async () => {
    const query = (metricName: string) => ({ id: "m", metric: { namespace: APPLICATION, metricName } });
    const queries = alarm(null, [], {
      metricQueries: [{ id: "e", expression: "m/2" }, UNKNOWN, query("HealthyHostCount")],
    });
    const own = { ...queries, propertyDependencies: { metricQueries: [urnOf(group)] } };
    assert.deepEqual(await blamed(group, own), []);
  });

  it("finds the target group of an unknown query dimension by its dependencies", async () => {
    const other = { ...group, name: "other" };
    const dimensions = { LoadBalancer: UNKNOWN, TargetGroup: UNKNOWN };
    const metric = { namespace: APPLICATION, metricName: "HealthyHostCount", dimensions };
    const queries = alarm(null, [], { dimensions: null, metricQueries: [{ id: "m", metric }] });
    const own = { ...queries, propertyDependencies: { metricQueries: [urnOf(group)] } };
    assert.deepEqual(await blamed(group, other, own), [urnOf(other)]);
  });

  it("counts an alarm whose dimensions match no resource as one on every resource", async () => {
    const loose = alarm("UnHealthyHostCount", [], { dimensions: { TargetGroup: "targetgroup/elsewhere/3" } });
    assert.deepEqual(await blamed(group, loose), []);
  });

  const useless: readonly (readonly [string, TestResource])[] = [
    ["of another metric", alarm("RequestCount", [group])],
    ["in another namespace", alarm("UnHealthyHostCount", [group], { namespace: "AWS/NetworkELB" })],
    ["that is switched off", alarm("UnHealthyHostCount", [group], { actionsEnabled: false })],
    ["of an unknown metric", alarm(UNKNOWN, [group])],
    ["in an unknown namespace", alarm("UnHealthyHostCount", [group], { namespace: UNKNOWN })],
    ["without a metric", alarm(null, [group])],
    ["of the wrong shape", alarm(["UnHealthyHostCount", 1], [group], { metricQueries: "m" })],
  ];
  for (const [what, one] of useless) {
    it(`does not count an alarm ${what}`, async () => {
      assert.deepEqual(await blamed(group, one), [urnOf(group)]);
    });
  }

  it("reads secret values", async () => {
    const hidden = alarm(secret("UnHealthyHostCount"), [group], { namespace: secret(APPLICATION) });
    assert.deepEqual(await blamed(group, hidden), []);
  });

  it("requires the metrics of the kind of load balancer that serves the targets", async () => {
    const tcp = resource(TARGET_GROUP[0], "tcp", { protocol: "TLS" });
    assert.deepEqual(await blamed(tcp, alarm("UnHealthyHostCount", [tcp])), [urnOf(tcp)]);
    const right = alarm("UnHealthyHostCount", [tcp], { namespace: "AWS/NetworkELB" });
    assert.deepEqual(await blamed(tcp, right), []);
  });

  it("requires both metrics for a Classic Load Balancer", async () => {
    const classic = resource(CLASSIC_LOAD_BALANCER[0], "old", { name: "old" });
    const on = (metric: string): TestResource =>
      alarm(metric, [], { namespace: "AWS/ELB", dimensions: { LoadBalancerName: "old" } });
    assert.equal((await blamed(classic)).length, 2);
    assert.equal((await blamed(classic, on("UnHealthyHostCount"))).length, 1);
    assert.deepEqual(await blamed(classic, on("UnHealthyHostCount"), on("HTTPCode_Backend_5XX")), []);
  });

  it("requires nothing for functions, load balancers without HTTP, and target groups of unknown protocol", async () => {
    const others = [
      resource(TARGET_GROUP[0], "function", { targetType: "lambda" }),
      resource(TARGET_GROUP[0], "unsure", { protocol: UNKNOWN }),
      resource(LOAD_BALANCER[0], "nlb", { loadBalancerType: "network" }),
      resource(LOAD_BALANCER[0], "gwlb", { loadBalancerType: "gateway" }),
    ];
    assert.deepEqual(await blamed(...others), []);
  });

  it("judges a load balancer of type application", async () => {
    const front = resource(LOAD_BALANCER[0], "said", { loadBalancerType: "application" });
    assert.deepEqual(await blamed(front), [urnOf(front)]);
  });

  it("accepts either error metric of a load balancer", async () => {
    assert.deepEqual(await blamed(balancer, alarm("HTTPCode_ELB_5XX_Count", [balancer])), []);
    const classic = resource(CLASSIC_LOAD_BALANCER[0], "old", { name: "old" });
    const own = { namespace: "AWS/ELB", dimensions: { LoadBalancerName: "old" } };
    const all = [alarm("UnHealthyHostCount", [], own), alarm("HTTPCode_ELB_5XX", [], own)];
    assert.deepEqual(await blamed(classic, ...all), []);
  });

  for (const [protocol, namespace] of [
    ["HTTPS", APPLICATION],
    ["GENEVE", "AWS/GatewayELB"],
    ["UDP", "AWS/NetworkELB"],
  ] as const) {
    it(`requires the metrics of ${protocol} in ${namespace}`, async () => {
      const own = resource(TARGET_GROUP[0], "own", { protocol });
      const [[, message = ""] = []] = await suite.judgeStack(own);
      assert.ok(message.includes(`HealthyHostCount of ${namespace}.`), message);
      assert.deepEqual(await blamed(own, alarm("UnHealthyHostCount", [own], { namespace })), []);
    });
  }

  it("requires nothing for functions, whatever their other properties", async () => {
    const props = { targetType: "lambda", protocol: "HTTP" };
    assert.deepEqual(await blamed(resource(TARGET_GROUP[0], "function", props)), []);
  });

  it("tells Classic Load Balancers apart by their names in up", async () => {
    const [one, two] = ["one", "two"].map((name) => resource(CLASSIC_LOAD_BALANCER[0], name, { name }));
    const on = (metric: string): TestResource =>
      alarm(metric, [one!, two!], { namespace: "AWS/ELB", dimensions: { LoadBalancerName: "one" } });
    const found = await blamed(one!, two!, on("UnHealthyHostCount"), on("HTTPCode_ELB_5XX"));
    assert.deepEqual(found, [urnOf(two!), urnOf(two!)]);
  });

  it("tells load balancers apart by their names in up", async () => {
    const [one, two] = ["one", "two"].map((name) =>
      resource(LOAD_BALANCER[0], name, { arnSuffix: `app/${name}/1` }),
    );
    const dimensions = { LoadBalancer: "app/one/1" };
    const watching = alarm("HTTPCode_ELB_5XX_Count", [one!, two!], { dimensions });
    assert.deepEqual(await blamed(one!, two!, watching), [urnOf(two!)]);
  });

  it("uses the dependencies of the dimensions as long as one of them is unknown", async () => {
    const known = resource(TARGET_GROUP[0], "known", { protocol: "HTTP", arnSuffix: "targetgroup/known/1" });
    const other = resource(TARGET_GROUP[0], "other", { protocol: "HTTP" });
    const dimensions = { LoadBalancer: UNKNOWN, TargetGroup: "targetgroup/known/1" };
    assert.deepEqual(
      await blamed(known, other, alarm("UnHealthyHostCount", [known, other], { dimensions })),
      [],
    );
  });

  it("counts an alarm with actionsEnabled: true", async () => {
    assert.deepEqual(await blamed(group, alarm("UnHealthyHostCount", [group], { actionsEnabled: true })), []);
  });

  it("reads the dimensions of a metric among an alarm's queries", async () => {
    const [one, two] = ["one", "two"].map((name) =>
      resource(TARGET_GROUP[0], name, { protocol: "HTTP", arnSuffix: `targetgroup/${name}/1` }),
    );
    const query = (suffix: string) => ({
      id: "m",
      metric: {
        namespace: APPLICATION,
        metricName: "UnHealthyHostCount",
        dimensions: { TargetGroup: suffix },
      },
    });
    const own = alarm(null, [], { metricQueries: [query("targetgroup/one/1"), { id: "odd", metric: null }] });
    assert.deepEqual(await blamed(one!, two!, own), [urnOf(two!)]);
  });
});

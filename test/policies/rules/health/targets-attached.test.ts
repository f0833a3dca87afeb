import assert from "node:assert/strict";
import { LISTENER, LISTENER_RULE, TARGET_GROUP } from "../../../../policies/resources";
import { type TestResource, UNKNOWN, urnOf } from "../../../support/pack";
import { RuleSuite, type Props } from "../../../support/rule-suite";

const ARN = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/";

const group = (name: string, props: Props = {}): TestResource => ({
  type: TARGET_GROUP[0],
  name,
  props: { arn: UNKNOWN, id: UNKNOWN, protocol: "HTTP", targetType: "instance", ...props },
});
/** A resource with a property that comes from target groups. */
const using = (type: string, property: string, value: unknown, ...groups: TestResource[]): TestResource => ({
  type,
  name: `uses-${groups.map(({ name }) => name).join("-")}`,
  props: { [property]: value },
  propertyDependencies: { [property]: groups.map(urnOf) },
});
const listener = (...groups: TestResource[]): TestResource => {
  const actions = groups.map(() => ({ type: "forward", targetGroupArn: UNKNOWN }));
  return using(LISTENER[0], "defaultActions", actions, ...groups);
};
const weighted = (weights: readonly unknown[], ...groups: TestResource[]): TestResource => {
  const targetGroups = weights.map((weight) => ({ arn: UNKNOWN, weight }));
  return using(LISTENER[0], "defaultActions", [{ type: "forward", forward: { targetGroups } }], ...groups);
};
const fleet = (...groups: TestResource[]): TestResource =>
  using("aws:autoscaling/group:Group", "targetGroupArns", [UNKNOWN], ...groups);

const [web, api] = [group("web"), group("api")];

describe("targets-attached", () => {
  const suite = new RuleSuite("targets-attached");
  const blamed = async (...resources: TestResource[]): Promise<string[]> =>
    (await suite.judgeStack(...resources)).map(([urn]) => urn);

  it("refuses a target group that gets requests and has no instances", async () => {
    const found = await suite.judgeStack(web, api, listener(web), listener(api), fleet(api));
    assert.equal(found.length, 1);
    assert.equal(found[0]![0], urnOf(web));
    assert.match(
      found[0]![1],
      /Forwarded to by "uses-web", and nothing in this stack registers instances with it\.\nFix: /,
    );
  });

  for (const type of TARGET_GROUP) {
    it(`judges ${type}`, async () => {
      const one = { ...web, type };
      assert.deepEqual(await blamed(one, listener(one), fleet()), [urnOf(one)]);
    });
  }

  it("refuses a target group that only a listener rule forwards to, by type and weight alike", async () => {
    const actions = [{ type: "forward", forward: { targetGroups: [{ arn: UNKNOWN, weight: 5 }] } }];
    for (const type of LISTENER_RULE) {
      assert.deepEqual(await blamed(web, using(type, "actions", actions, web), fleet()), [urnOf(web)]);
    }
  });

  const registrars: readonly (readonly [type: string, property: string, value: unknown])[] = [
    ["aws:autoscaling/group:Group", "targetGroupArns", [UNKNOWN]],
    ["aws:autoscaling/group:Group", "trafficSources", [{ identifier: UNKNOWN, type: "elbv2" }]],
    ["aws:autoscaling/attachment:Attachment", "lbTargetGroupArn", UNKNOWN],
    [
      "aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment",
      "trafficSource",
      { identifier: UNKNOWN, type: "elbv2" },
    ],
    ["aws:lb/targetGroupAttachment:TargetGroupAttachment", "targetGroupArn", UNKNOWN],
    ["aws:ecs/service:Service", "loadBalancers", [{ targetGroupArn: UNKNOWN }]],
    ["aws:ecs/taskSet:TaskSet", "loadBalancers", [{ targetGroupArn: UNKNOWN }]],
    ["aws:codedeploy/deploymentGroup:DeploymentGroup", "loadBalancerInfo", UNKNOWN],
    ["aws:ec2/spotFleetRequest:SpotFleetRequest", "targetGroupArns", [UNKNOWN]],
    ["kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding", "spec", { targetGroupARN: UNKNOWN }],
  ];
  for (const [type, property, value] of registrars) {
    it(`counts ${property} of ${type} as attaching targets`, async () => {
      const registrar = using(type, property, value, web);
      assert.deepEqual(await blamed(web, listener(web), { ...fleet(), name: "other" }, registrar), []);
    });
  }

  it("does not count a resource that only mentions the target group as attaching targets", async () => {
    const alarm = using("aws:cloudwatch/metricAlarm:MetricAlarm", "dimensions", {}, web);
    const tagged = using("aws:autoscaling/group:Group", "tags", [], web);
    assert.deepEqual(await blamed(web, listener(web), alarm, tagged), [urnOf(web)]);
  });

  for (const targetType of ["ip", "lambda", "alb", UNKNOWN]) {
    it(`ignores targets of type ${targetType === UNKNOWN ? "unknown" : targetType}`, async () => {
      const other = group("other", { targetType });
      assert.deepEqual(await blamed(other, listener(other), fleet()), []);
    });
  }

  it("reads an absent or null target type as instance", async () => {
    const [absent, none] = [{ ...web, props: { arn: UNKNOWN } }, group("none", { targetType: null })];
    assert.deepEqual(await blamed(absent, listener(absent), fleet()), [urnOf(absent)]);
    assert.deepEqual(await blamed(none, listener(none), fleet()), [urnOf(none)]);
  });

  it("ignores a target group that gets no requests", async () => {
    assert.deepEqual(await blamed(web, fleet()), []);
  });

  it("ignores a stack whose instances are in another stack", async () => {
    assert.deepEqual(await blamed(web, listener(web)), []);
  });

  it("passes an idle colour with weight 0, and no other empty group", async () => {
    assert.deepEqual(await blamed(web, api, weighted([100, 0], web, api), fleet(web)), []);
    assert.deepEqual(await blamed(web, api, weighted([100, 1], web, api), fleet(web)), [urnOf(api)]);
    assert.deepEqual(await blamed(web, api, weighted([100, UNKNOWN], web, api), fleet(web)), [urnOf(api)]);
  });

  it("advises against a forward action with weights of 0 only, which serves nobody", async () => {
    const advice = async (...weights: readonly unknown[]): Promise<string[]> => {
      const { findings } = await suite.pack().run([web, api, weighted(weights, web, api)]);
      const own = findings.filter(({ policy }) => policy === "targets-attached");
      for (const { level } of own) assert.equal(level, "advisory");
      return own.map(({ message }) => message.split("\n")[1]!);
    };
    const says = [
      "defaultActions[0].forward has weight 0 for each of its target groups; at least one must have more.",
    ];
    assert.deepEqual(await advice(0), says);
    assert.deepEqual(await advice(0, "0"), says);
    for (const weights of [[0, 1], [0, UNKNOWN], [null], []]) assert.deepEqual(await advice(...weights), []);
  });

  it("tells target groups apart by their ARNs in up", async () => {
    const [blue, green] = ["blue", "green"].map((name) => group(name, { arn: `${ARN}${name}` }));
    const forward = (weights: readonly number[]): TestResource => {
      const targetGroups = weights.map((weight, index) => ({
        arn: `${ARN}${["blue", "green"][index]}`,
        weight,
      }));
      const actions = [{ type: "forward", forward: { targetGroups } }];
      return using(LISTENER[0], "defaultActions", actions, blue!, green!);
    };
    assert.deepEqual(await blamed(blue!, green!, forward([0, 100]), fleet(green!)), []);
    assert.deepEqual(await blamed(blue!, green!, forward([100, 0]), fleet(green!)), [urnOf(blue!)]);
  });

  it("tolerates actions of unexpected shapes, and still judges the rest", async () => {
    const actions = [null, "forward", UNKNOWN, { forward: { targetGroups: [null, UNKNOWN, 1] } }];
    const odd = using(LISTENER[0], "defaultActions", actions, web);
    assert.deepEqual(await blamed(web, odd, fleet()), [urnOf(web)]);
    assert.deepEqual(await blamed(web, using(LISTENER[0], "defaultActions", UNKNOWN, web), fleet()), []);
  });

  it("accepts a configuration that says that another stack attaches the targets", async () => {
    await suite.configure({ attachedElsewhere: ["web"] });
    try {
      assert.deepEqual(await blamed(web, api, listener(web), listener(api), fleet()), [urnOf(api)]);
    } finally {
      await suite.reset();
    }
  });
});

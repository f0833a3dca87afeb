import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { runInNewContext } from "node:vm";
import { parse } from "yaml";

import type { JsonResource } from "../../packages/rehearse/report/json";
import type { Values } from "../../packages/rehearse/values";
import { mayDo, rolesOf } from "../support/iam";
import { type Graph, type JsonRun, rehearseJson, rehearseStacks, ROOT, text } from "../support/rehearse";

const RULE = "aws:lb/listenerRule:ListenerRule";
const GROUP = "aws:autoscaling/group:Group";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

type Config = Readonly<Record<string, unknown>>;

const example = (
  parse(readFileSync(join(ROOT, "examples", "several-applications.yaml"), "utf8")) as {
    readonly config: Config;
  }
).config;

const BASE: Config = {
  "aws:region": "eu-west-1",
  "web-store:domainName": "store.example.com",
  "web-store:hostedZoneName": "example.com",
  "web-store:network.availabilityZones": ["eu-west-1a", "eu-west-1b"],
};

/** Groups of settings with hardly any default. */
const OWN = {
  application: {
    source: "artifact",
    artifact: { bucket: "releases-123456789012", key: "api/1.tar.gz", sha256: "0".repeat(64) },
    command: ["bin/server"],
    egress: { cache: { port: 6379, cidr: "10.0.0.0/16" } },
    permissions: { q: { actions: ["sqs:SendMessage"], resources: ["arn:aws:sqs:eu-west-1:123456789012:q"] } },
  },
  environment: { COLOUR: { value: "teal" }, KEY: { parameter: "/api/key" } },
  fleet: {
    instanceTypes: ["m7g.large", "m6g.large"],
    rootVolumeGib: 16,
    minSize: 3,
    maxSize: 7,
    bootSeconds: 200,
    cpuTargetPercent: 40,
    requestsPerTargetPerMinute: 700,
    spot: { percent: 50, onDemandBase: 1 },
    drainSeconds: 90,
    instanceRefresh: { checkpointPercents: [20, 100] },
  },
  healthCheck: { path: "/ready", intervalSeconds: 10, timeoutSeconds: 4, unhealthyThreshold: 4 },
  loadBalancing: { algorithm: "leastOutstandingRequests", deregistrationDelaySeconds: 45 },
};

const asStore = (own: object): Config =>
  Object.fromEntries(Object.entries(own).map(([name, value]) => [`web-store:${name}`, value]));

const FOREIGN = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/reports/0123456789abcdef";

const search = { priority: 200, paths: ["/search/*"] };
const feed = { priority: 210, hosts: ["store.example.com"], paths: ["/feed"] };

/** Each stack's settings in addition to {@link BASE}. */
const STACKS: Readonly<Record<string, Config>> = {
  alone: {},
  alike: { ...asStore(OWN), "web-store:applications": { twin: { priority: 100, paths: ["/twin"], ...OWN } } },
  canary: {
    "web-store:loadBalancing": { engine: "haproxy" },
    "web-store:blueGreen": { enabled: true, fillIdle: true },
    "web-store:maintenance": { enabled: true },
    "web-store:routes": {
      old: { priority: 190, paths: ["/old"] },
      reports: { priority: 180, paths: ["/reports/*"], targetGroupArn: FOREIGN },
    },
    "web-store:applications": { search },
  },
  closed: {
    "web-store:network.natGateways": "none",
    "web-store:applications": {
      search: { ...search, application: { source: "store" }, healthCheck: { path: "/readyz" } },
      feed: {
        ...feed,
        environment: { A: { secretArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-a1B2c3" } },
      },
    },
  },
  weighed: {
    "web-store:alarms": { enabled: true, emailAddresses: ["oncall@example.com"] },
    "web-store:blueGreen": { enabled: true, fillIdle: true, blue: { weight: 50 }, green: { weight: 50 } },
    "web-store:routes": { reports: { priority: 180, paths: ["/reports/*"], targetGroupArn: FOREIGN } },
  },
  proxied: {
    "web-store:alarms": { enabled: true, emailAddresses: ["oncall@example.com"] },
    "web-store:loadBalancing": { engine: "haproxy" },
    "web-store:applications": { search },
  },
  versions: {
    "web-store:applications": Object.fromEntries(
      (["grpc", "http1", "http2", "http1"] as const).map((protocolVersion, index) => [
        `app${index}`,
        {
          priority: 100 + 10 * index,
          paths: [`/${index}`],
          application: OWN.application,
          healthCheck: { path: "/grpc.health.v1.Health/Check" },
          loadBalancing: { protocolVersion },
        },
      ]),
    ),
  },
  many: {
    "web-store:applications": Object.fromEntries(
      Array.from({ length: 7 }, (_, index) => [
        `app${index}`,
        { priority: 100 + 10 * index, paths: [`/${index}`] },
      ]),
    ),
  },
};

describe("Several applications", () => {
  let run: JsonRun;
  let three: Graph;
  const graph = (stack: string): Graph => run.graph("up", stack);

  const rehearseAll = (stacks: Readonly<Record<string, Config>>): Promise<JsonRun> =>
    rehearseStacks(stacks, "--policy-pack", "policies");

  before(async () => {
    run = await rehearseAll(
      Object.fromEntries(Object.entries(STACKS).map(([stack, config]) => [stack, { ...BASE, ...config }])),
    );
    three = (
      await rehearseJson(["--config-file", "examples/several-applications.yaml", "--mode", "up"])
    ).graph("up");
  });

  const arnOf = (of: Graph, name: string): string => text(of.one(TARGET_GROUP, name).outputs["arn"]);
  const forwardsTo = ({ inputs }: JsonResource): string[] => {
    const [action] = inputs["actions"] as Values[];
    const { targetGroups = [] } = (action?.["forward"] ?? {}) as { targetGroups?: Values[] };
    return [action?.["targetGroupArn"], ...targetGroups.map(({ arn }) => arn)].flatMap((arn) =>
      typeof arn === "string" ? arn : [],
    );
  };

  it("each have a listener rule that waits for their instances, and the store gets the other requests", () => {
    const rules = three.ofType(RULE).filter(({ name }) => name.startsWith("web-store-route-"));
    assert.deepEqual(
      rules.map((rule) => [
        rule.name,
        rule.inputs["priority"],
        rule.inputs["conditions"],
        forwardsTo(rule),
        rule.propertyDependencies["actions"]
          ?.map((urn) => urn.split("::").at(-1))
          .includes(
            `${rule.name === "web-store-route-200" ? "web-store-app-search" : "web-store-app-partners"}-fleet`,
          ),
      ]),
      [
        [
          "web-store-route-200",
          200,
          [{ pathPattern: { values: ["/search", "/search/*"] } }],
          [arnOf(three, "web-store-app-search")],
          true,
        ],
        [
          "web-store-route-210",
          210,
          [{ hostHeader: { values: ["api.store.example.com"] } }],
          [arnOf(three, "web-store-app-partners")],
          true,
        ],
      ],
    );
    const listener = three.one("aws:lb/listener:Listener", "web-store-https");
    const [byDefault] = listener.inputs["defaultActions"] as Values[];
    assert.equal(byDefault?.["targetGroupArn"], arnOf(three, "web-store-instances"));
  });

  it("have their targets checked before visitors arrive, five of them by a rule that matches no request", () => {
    const joining = graph("many")
      .ofType(RULE)
      .filter(({ name }) => name.startsWith("web-store-app-joined-"));
    assert.deepEqual(
      joining.map((rule) => [rule.inputs["priority"], forwardsTo(rule).length, rule.inputs["conditions"]]),
      [
        [49_991, 5, [{ sourceIp: { values: ["192.0.2.0/32"] } }]],
        [49_992, 2, [{ sourceIp: { values: ["192.0.2.0/32"] } }]],
      ],
    );
    const joined = joining.flatMap(forwardsTo);
    assert.equal(new Set(joined).size, 7);
    for (const rule of joining)
      assert.ok(
        rule.dependencies.every((urn) => !urn.includes("autoscaling")),
        rule.name,
      );
    const groups = graph("many").ofType(GROUP);
    for (const { name, dependencies } of groups.filter((group) => group.name.includes("-app-")))
      assert.ok(
        dependencies.some((urn) => urn.includes("web-store-app-joined-")),
        `${name} waits for the rule`,
      );
  });

  it("share such a rule only if they have the same protocol version", () => {
    const joining = graph("versions")
      .ofType(RULE)
      .filter(({ name }) => name.startsWith("web-store-app-joined-"));
    const namesOf = (rule: JsonResource): string[] =>
      graph("versions")
        .ofType(TARGET_GROUP)
        .filter(({ outputs }) => forwardsTo(rule).includes(text(outputs["arn"])))
        .map(({ name }) => name.replace("web-store-app-", ""));
    assert.deepEqual(
      joining.map((rule) => [rule.inputs["priority"], namesOf(rule)]),
      [
        [49_991, ["app1", "app3"]],
        [49_992, ["app2"]],
        [49_993, ["app0"]],
      ],
    );
  });

  it("do not end the store's refresh, whose alarms measure only its own target groups", () => {
    const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
    const queriesOf = (of: Graph, id: string) =>
      of.one(ALARM, `web-store-traffic-${id}`).inputs["metricQueries"] as {
        id: string;
        expression?: string;
        metric?: Values;
      }[];
    const suffixOf = (of: Graph, name: string): unknown => of.one(TARGET_GROUP, name).outputs["arnSuffix"];
    for (const [of, groups] of [
      [three, ["web-store-instances"]],
      [graph("weighed"), ["web-store-instances", "web-store-green"]],
      [graph("proxied"), ["web-store-proxies"]],
    ] as const)
      for (const id of ["target-errors", "latency"]) {
        const asked = queriesOf(of, id).flatMap(({ metric }) =>
          metric === undefined ? [] : (metric["dimensions"] as Values)["TargetGroup"],
        );
        assert.deepEqual([...new Set(asked)].sort(), groups.map((name) => suffixOf(of, name)).sort(), id);
        assert.ok(asked.length <= 10, "CloudWatch takes ten metrics");
      }
    /** The value of an alarm's last query, for given metrics. */
    const computed = (id: string, metrics: Readonly<Record<string, number>>): number | undefined => {
      const values: Record<string, unknown> = {
        ...metrics,
        choose: (condition: boolean, yes?: number, no?: number) => (condition ? yes : no),
        FILL: (value: number | undefined, other: number) => value ?? other,
        MAX: (all: number[]) => Math.max(...all),
      };
      const queries = queriesOf(graph("weighed"), id);
      for (const { id: one, expression } of queries)
        values[one] =
          expression === undefined
            ? values[one]
            : (runInNewContext(expression.replace(/\bIF\(/g, "choose("), values) as unknown);
      return values[queries.at(-1)!.id] as number | undefined;
    };
    assert.equal(computed("target-errors", { requests0: 900, requests1: 100, errors1: 50 }), 5);
    assert.equal(computed("target-errors", { requests0: 900, requests1: 100 }), 0);
    const slow = { requests0: 5000, p990: 0.2, p900: 0.1, requests1: 200, p991: 9, p901: 3 };
    assert.equal(computed("latency", slow), 3);
  });

  it("pass the load balancer's security group to other stacks' targets", () => {
    assert.equal(
      graph("canary").stack.outputs["loadBalancerSecurityGroupId"],
      graph("canary").one(SECURITY_GROUP, "web-store-load-balancer").outputs["id"],
    );
  });

  it("are built like the store: with the same settings, instances, scaling, role and target group", () => {
    const alike = graph("alike");
    const TWIN = "web-store-app-twin";
    const children = (component: string): JsonResource[] =>
      alike.childrenOf(alike.one("web-store:components:Fleet", component));
    // Ids, ARNs and generated names are equal once the names are.
    const told = ({ type, name, inputs }: JsonResource): unknown => [
      type,
      name.replace(TWIN, "web-store"),
      JSON.parse(
        JSON.stringify(inputs)
          .replaceAll(TWIN, "web-store")
          .replace(/autoScalingGroup:[0-9a-f-]{36}/g, "autoScalingGroup")
          .replace(/-[0-9a-f]{7}\b/g, "")
          .replace(/(sg|lt)-[0-9a-f]{17}/g, "$1")
          .replace(/web-store(-instances)?\/[0-9a-f]{16}/g, "web-store"),
      ),
    ];
    assert.deepEqual(children(TWIN).map(told), children("web-store").map(told));
    assert.ok(children(TWIN).length > 12);
    const { name: _, tags, tagsAll: __, targetGroupHealth, ...twin } = alike.one(TARGET_GROUP, TWIN).inputs;
    const own = alike.one(TARGET_GROUP, "web-store-instances").inputs;
    assert.deepEqual(twin, Object.fromEntries(Object.keys(twin).map((key) => [key, own[key]])));
    assert.equal((tags as Values)["Name"], TWIN);
    // The names of the load balancer belong to all applications.
    assert.deepEqual((targetGroupHealth as Values)["dnsFailover"], {
      minimumHealthyTargetsCount: "off",
      minimumHealthyTargetsPercentage: "off",
    });
  });

  it("cannot reach one another: only the load balancer reaches each application's instances", () => {
    const id = (name: string): unknown => three.one(SECURITY_GROUP, name).outputs["id"];
    const balancer = id("web-store-load-balancer");
    for (const name of ["web-store", "web-store-app-search", "web-store-app-partners"]) {
      const own = id(`${name}-instance`);
      const letIn = three
        .ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
        .filter(({ inputs }) => inputs["securityGroupId"] === own);
      assert.deepEqual(
        letIn.map(({ inputs }) => inputs["referencedSecurityGroupId"]),
        [balancer],
        name,
      );
      const [card] = three.one(TEMPLATE, `${name}-instance`).inputs["networkInterfaces"] as Values[];
      assert.deepEqual(card?.["securityGroups"], [own], name);
    }
  });

  it("each have the AWS permissions of their own settings", async () => {
    const roles = rolesOf(three);
    const queue = "arn:aws:sqs:eu-west-1:123456789012:partner-orders";
    const release = "arn:aws:s3:::releases-123456789012/partners/2.3.0.tar.gz";
    for (const [role, may] of [
      ["web-store-app-partners-instance", true],
      ["web-store-app-search-instance", false],
      ["web-store-instance", false],
    ] as const) {
      const asked = roles.get(role);
      assert.ok(asked, role);
      assert.equal(await mayDo(asked, { action: "sqs:SendMessage", resource: queue }), may, role);
      assert.equal(await mayDo(asked, { action: "s3:GetObject", resource: release }), may, role);
    }
  });

  it("each have their own alarms, which end a refresh of their own instances only", () => {
    const nameOf = (alarm: string): unknown =>
      three.one("aws:cloudwatch/metricAlarm:MetricAlarm", alarm).outputs["name"];
    const own = ["no-healthy-instance", "target-errors", "latency"].map((id) =>
      nameOf(`web-store-app-search-traffic-${id}`),
    );
    const heeded = (group: string): unknown => {
      const refresh = three.one(GROUP, group).inputs["instanceRefresh"] as Values;
      const { alarmSpecification } = refresh["preferences"] as Values;
      return (alarmSpecification as Values)["alarms"];
    };
    assert.deepEqual(heeded("web-store-app-search-fleet"), own);
    assert.ok((heeded("web-store-fleet") as unknown[]).every((name) => !own.includes(name)));
    const { outputs } = three.stack;
    assert.deepEqual((outputs["applications"] as Record<string, Values>)["search"]?.["alarmNames"], own);
    const summary = text(three.one("aws:cloudwatch/compositeAlarm:CompositeAlarm").inputs["alarmRule"]);
    for (const name of own) assert.ok(summary.includes(`ALARM("${text(name)}")`), text(name));
    const errors = three.one(
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      "web-store-app-search-traffic-target-errors",
    );
    const [query] = errors.inputs["metricQueries"] as { metric?: Values }[];
    assert.deepEqual(query?.metric?.["dimensions"], {
      LoadBalancer: three.one("aws:lb/loadBalancer:LoadBalancer").outputs["arnSuffix"],
      TargetGroup: three.one(TARGET_GROUP, "web-store-app-search").outputs["arnSuffix"],
    });
    assert.ok(nameOf("web-store-upkeep-capacity-at-max-app-partners"));
    const body = text(three.one("aws:cloudwatch/dashboard:Dashboard").inputs["dashboardBody"]);
    for (const shown of ["web-store-app-search", "web-store-app-partners"])
      for (const suffix of [
        text(three.one(TARGET_GROUP, shown).outputs["arnSuffix"]),
        text(three.one(GROUP, `${shown}-fleet`).outputs["name"]),
      ])
        assert.ok(body.includes(suffix), suffix);
    const { variables } = three.one("aws:lambda/function:Function").inputs["environment"] as {
      readonly variables: Values;
    };
    const status = JSON.parse(text(variables["STORE"])) as { readonly targetGroups: readonly Values[] };
    assert.deepEqual(
      status.targetGroups.map(({ label }) => label),
      ["blue", "partners", "search"],
    );
  });

  it("are in the outputs by name, and the outputs of a store without any are empty", () => {
    const { applications } = three.stack.outputs as { applications: Record<string, Values> };
    assert.deepEqual(Object.keys(applications), ["partners", "search"]);
    for (const [name, one] of Object.entries(applications)) {
      assert.equal(one["targetGroupArn"], arnOf(three, `web-store-app-${name}`));
      assert.equal(
        one["autoScalingGroupName"],
        three.one(GROUP, `web-store-app-${name}-fleet`).outputs["name"],
      );
      assert.equal(
        one["instanceSecurityGroupId"],
        three.one(SECURITY_GROUP, `web-store-app-${name}-instance`).outputs["id"],
      );
      assert.equal(
        one["instanceRoleName"],
        three.one("aws:iam/role:Role", `web-store-app-${name}-instance`).outputs["name"],
      );
    }
    assert.equal("applications" in graph("alone").stack.outputs, false);
  });

  it("work beside proxies, colours and other target groups, and close with the store for maintenance", () => {
    const canary = graph("canary");
    const leads = Object.fromEntries(canary.ofType(RULE).map((rule) => [rule.name, rule]));
    assert.deepEqual(forwardsTo(leads["web-store-route-200"]!), [arnOf(canary, "web-store-app-search")]);
    assert.equal(forwardsTo(leads["web-store-route-190"]!).length, 3);
    assert.deepEqual(forwardsTo(leads["web-store-route-180"]!), [FOREIGN]);
    assert.equal(leads["web-store-maintenance"]?.inputs["priority"], 1);
    const script = (template: string): string =>
      Buffer.from(text(canary.one(TEMPLATE, template).inputs["userData"]), "base64").toString();
    assert.match(script("web-store-instance"), /agent/);
    assert.doesNotMatch(script("web-store-app-search-instance"), /agent/);
    const letIn = canary
      .ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
      .filter(({ name }) => name.startsWith("web-store-app-search"));
    assert.equal(letIn.length, 1);
  });

  it("have endpoints for the services that any of them needs, without a NAT gateway", () => {
    const services = graph("closed")
      .ofType("aws:ec2/vpcEndpoint:VpcEndpoint")
      .map(({ inputs }) => String(inputs["serviceName"]).replace("com.amazonaws.eu-west-1.", ""));
    assert.deepEqual(services.sort(), ["dynamodb", "s3", "secretsmanager", "ssm", "ssmmessages"]);
    assert.ok(graph("closed").one("web-store:components:SampleStore", "web-store-app-search"));
  });

  it("are added, removed and renamed without a change to any other", async () => {
    const applications = example["web-store:applications"] as Record<string, object>;
    const { search: one, ...others } = applications;
    const variants: Readonly<Record<string, Record<string, object | undefined>>> = {
      without: others,
      renamed: { ...others, find: one },
      swapped: { search: { ...one, priority: 210 }, partners: { ...others["partners"], priority: 200 } },
    };
    for (const [variant, changed] of Object.entries(variants)) {
      // Uses the same stack name, because otherwise every tag would change.
      const result = await rehearseAll({
        "several-applications": { ...example, "web-store:applications": changed },
      });
      const now = new Map(
        result.graph("up", "several-applications").resources.map((each) => [each.urn, each]),
      );
      const before = new Map(three.resources.map((each) => [each.urn, each]));
      const gone = [...before.values()].filter(({ urn }) => !now.has(urn)).map(({ name }) => name);
      const come = [...now.values()].filter(({ urn }) => !before.has(urn)).map(({ name }) => name);
      const touched = [...now.values()]
        .filter(({ urn, inputs }) => before.has(urn) && !isDeepStrictEqual(before.get(urn)?.inputs, inputs))
        .map(({ name }) => name);
      // The resources that all applications share: the rule that combines target groups, the alarms' notifications, and
      // the dashboard.
      const shared = /-(joined-0|customers-affected|dashboard|status|route-2\d0)$/;
      assert.deepEqual(
        touched.filter((name) => !shared.test(name)),
        [],
        variant,
      );
      const ofSearch = /^web-store(-upkeep-capacity-at-max)?-app-(search|find)|^web-store-route-200$/;
      assert.deepEqual(
        [...gone, ...come].filter((name) => !ofSearch.test(name)),
        [],
        variant,
      );
      if (variant === "swapped") assert.deepEqual([...gone, ...come], []);
      if (variant === "renamed") assert.ok(touched.includes("web-store-route-200"));
    }
  });
});

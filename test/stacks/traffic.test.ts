import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parse } from "yaml";

import type { JsonResource } from "../../packages/rehearse/report/json";
import type { Values } from "../../packages/rehearse/values";
import { type JsonRun, parsed, rehearseJson, ROOT } from "../support/rehearse";
import { stackFile } from "../support/stack-file";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const LISTENER = "aws:lb/listener:Listener";
const RULE = "aws:lb/listenerRule:ListenerRule";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";

const base = (
  parse(readFileSync(join(ROOT, "examples", "minimal-dev.yaml"), "utf8")) as {
    readonly config: Readonly<Record<string, unknown>>;
  }
).config;

const routes = {
  feed: { priority: 110, hosts: ["feed.example.com"], paths: ["/feed", "/feed/*"] },
  moved: {
    priority: 200,
    paths: ["/old/*"],
    action: "redirect",
    redirect: { host: "shop.example.com", path: "/new/#{path}", permanent: true },
  },
  "no-admin": {
    priority: 300,
    paths: ["/admin*"],
    action: "fixedResponse",
    fixedResponse: { statusCode: 403, contentType: "text/html", body: "<h1>No</h1>" },
  },
};

/** Each stack's settings in addition to the required ones. */
const STACKS = {
  plain: {},
  routed: { "web-store:routes": routes },
  closed: {
    "web-store:routes": { cart: { priority: 100, paths: ["/cart"] }, ...routes },
    "web-store:maintenance": { enabled: true, page: "<h1>Back at 6</h1>" },
  },
  tuned: {
    "web-store:loadBalancing": {
      algorithm: "weightedRandom",
      anomalyMitigation: true,
      stickinessSeconds: 300,
    },
    "web-store:targetGroupHealth": {
      dnsMinimumHealthyTargetCount: 2,
      dnsMinimumHealthyTargetPercentage: 60,
      routingMinimumHealthyTargetPercentage: 40,
    },
    "web-store:loadBalancer.capacityUnits": 500,
    "web-store:loadBalancer.zonalShift": true,
    "web-store:loadBalancer.connectionLogs": true,
    "web-store:loadBalancer.healthCheckLogs": true,
  },
} as const;

describe("A store with traffic settings", () => {
  let run: JsonRun;
  before(async () => {
    const dir = mkdtempSync(join(tmpdir(), "traffic-"));
    try {
      const files = Object.entries(STACKS).flatMap(([stack, config]) => {
        const file = join(dir, `${stack}.yaml`);
        writeFileSync(file, stackFile({ ...base, ...config }));
        return ["--config-file", file];
      });
      run = await rehearseJson([...files, "--mode", "up"]);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });

  const one = (stack: keyof typeof STACKS, type: string, name?: string): JsonResource =>
    run.graph("up", stack).one(type, name);
  const rules = (stack: keyof typeof STACKS): JsonResource[] =>
    run
      .graph("up", stack)
      .ofType(RULE)
      .sort((a, b) => Number(a.inputs["priority"]) - Number(b.inputs["priority"]));
  const pick = ({ inputs }: JsonResource, ...keys: string[]): Values =>
    Object.fromEntries(keys.map((key) => [key, inputs[key] ?? null]));

  it("passes the store's own policies", () => {
    assert.equal(run.status, 0, run.stderr);
  });

  it("sets AWS's defaults explicitly, so that removing a setting resets it in AWS", () => {
    const attributes = [
      "loadBalancingAlgorithmType",
      "loadBalancingAnomalyMitigation",
      "loadBalancingCrossZoneEnabled",
      "slowStart",
      "stickiness",
      "targetGroupHealth",
    ];
    assert.deepEqual(pick(one("plain", TARGET_GROUP), ...attributes), {
      loadBalancingAlgorithmType: "round_robin",
      loadBalancingAnomalyMitigation: "off",
      loadBalancingCrossZoneEnabled: "use_load_balancer_configuration",
      slowStart: 0,
      stickiness: { enabled: false, type: "lb_cookie", cookieDuration: 86_400 },
      targetGroupHealth: {
        dnsFailover: { minimumHealthyTargetsCount: "1", minimumHealthyTargetsPercentage: "off" },
        unhealthyStateRouting: { minimumHealthyTargetsCount: 1, minimumHealthyTargetsPercentage: "off" },
      },
    });
    assert.deepEqual(pick(one("tuned", TARGET_GROUP), ...attributes), {
      loadBalancingAlgorithmType: "weighted_random",
      loadBalancingAnomalyMitigation: "on",
      loadBalancingCrossZoneEnabled: "use_load_balancer_configuration",
      slowStart: 0,
      stickiness: { enabled: true, type: "lb_cookie", cookieDuration: 300 },
      targetGroupHealth: {
        dnsFailover: { minimumHealthyTargetsCount: "2", minimumHealthyTargetsPercentage: "60" },
        unhealthyStateRouting: { minimumHealthyTargetsCount: 1, minimumHealthyTargetsPercentage: "40" },
      },
    });
  });

  it("reserves capacity, enables zonal shift, and keeps logs only if configured", () => {
    const keys = ["enableZonalShift", "minimumLoadBalancerCapacity", "connectionLogs", "healthCheckLogs"];
    for (const [stack, on, capacity] of [
      ["plain", false, null],
      ["tuned", true, { capacityUnits: 500 }],
    ] as const) {
      const balancer = one(stack, BALANCER);
      const { bucket } = balancer.inputs["accessLogs"] as Values;
      assert.deepEqual(pick(balancer, ...keys), {
        enableZonalShift: on,
        minimumLoadBalancerCapacity: capacity,
        connectionLogs: { enabled: on, bucket, prefix: "connections" },
        healthCheckLogs: { enabled: on, bucket, prefix: "health-checks" },
      });
    }
  });

  it("lets balancers write their logs, each kind in its own folder, and nothing else", () => {
    const resources = (stack: keyof typeof STACKS): unknown => {
      const { inputs } = one(stack, "aws:s3/bucketPolicy:BucketPolicy");
      const { Statement } = parsed<{ Statement: Values[] }>(inputs["policy"]);
      const allowed = Statement.find(({ Effect }) => Effect === "Allow")?.["Resource"];
      const arn = `arn:aws:s3:::${String(one(stack, "aws:s3/bucket:Bucket").outputs["bucket"])}/`;
      return parsed(JSON.stringify(allowed).replaceAll(arn, ""));
    };
    assert.equal(resources("plain"), "access/AWSLogs/123456789012/*");
    assert.deepEqual(resources("tuned"), [
      "access/AWSLogs/123456789012/*",
      "connections/AWSLogs/123456789012/*",
      "health-checks/AWSLogs/123456789012/*",
    ]);
  });

  it("has no rule without routes", () => {
    assert.deepEqual(rules("plain"), []);
  });

  it("routes by host and path: to the instances, to other targets, or to a fixed response", () => {
    const arn = one("routed", TARGET_GROUP).outputs["arn"] ?? null;
    assert.deepEqual(
      rules("routed").map((rule) => ({
        name: rule.name,
        ...pick(rule, "priority", "conditions", "actions"),
      })),
      [
        {
          name: "web-store-route-110",
          priority: 110,
          conditions: [
            { hostHeader: { values: ["feed.example.com"] } },
            { pathPattern: { values: ["/feed", "/feed/*"] } },
          ],
          actions: [{ type: "forward", targetGroupArn: arn }],
        },
        {
          name: "web-store-route-200",
          priority: 200,
          conditions: [{ pathPattern: { values: ["/old/*"] } }],
          actions: [
            {
              type: "redirect",
              redirect: {
                protocol: "HTTPS",
                port: "443",
                host: "shop.example.com",
                path: "/new/#{path}",
                query: "#{query}",
                statusCode: "HTTP_301",
              },
            },
          ],
        },
        {
          name: "web-store-route-300",
          priority: 300,
          conditions: [{ pathPattern: { values: ["/admin*"] } }],
          actions: [
            {
              type: "fixed-response",
              fixedResponse: { statusCode: "403", contentType: "text/html", messageBody: "<h1>No</h1>" },
            },
          ],
        },
      ],
    );
  });

  it("names rules after their priorities, so that routes can be renamed and moved without a duplicate priority", () => {
    const tags = rules("routed").map(({ name, inputs }) => [name, (inputs["tags"] as Values)["Name"]]);
    assert.deepEqual(tags, [
      ["web-store-route-110", "web-store-route-feed"],
      ["web-store-route-200", "web-store-route-moved"],
      ["web-store-route-300", "web-store-route-no-admin"],
    ]);
  });

  it("has rules on the HTTPS listener only", () => {
    const arn = one("closed", LISTENER, "web-store-https").outputs["arn"];
    assert.deepEqual([...new Set(rules("closed").map(({ inputs }) => inputs["listenerArn"]))], [arn]);
  });

  it("moves and renames no rule when another one is inserted, or the store closes", () => {
    const placed = (rule: JsonResource): unknown => [
      rule.name,
      rule.inputs["priority"],
      rule.inputs["conditions"],
    ];
    const now = rules("closed").map(placed);
    for (const rule of rules("routed").map(placed))
      assert.ok(
        now.some((other) => JSON.stringify(other) === JSON.stringify(rule)),
        JSON.stringify(rule),
      );
    assert.equal(now.length, rules("routed").length + 2);
  });

  it("closes for maintenance by a rule before all others, and leaves the listener's default unchanged", () => {
    const [first] = rules("closed");
    assert.deepEqual(first && pick(first, "priority", "conditions", "actions"), {
      priority: 1,
      conditions: [{ pathPattern: { values: ["/*"] } }],
      actions: [
        {
          type: "fixed-response",
          fixedResponse: { statusCode: "503", contentType: "text/html", messageBody: "<h1>Back at 6</h1>" },
        },
      ],
    });
    const arn = one("closed", TARGET_GROUP).outputs["arn"];
    assert.deepEqual(one("closed", LISTENER, "web-store-https").inputs["defaultActions"], [
      { type: "forward", targetGroupArn: arn },
    ]);
  });
});

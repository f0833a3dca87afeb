import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parse } from "yaml";

import { COLOURS } from "../../components/colours";
import type { JsonResource } from "../../packages/rehearse/report/json";
import type { Values } from "../../packages/rehearse/values";
import { type Graph, rehearseJson, ROOT } from "../support/rehearse";
import { type Changes, changesBetween } from "../support/replacement";
import { stackFile } from "../support/stack-file";
import { scriptIn } from "../support/user-data";
import { STRICT_PROFILE } from "../support/strict";

const GROUP = "aws:autoscaling/group:Group";
const LISTENER = "aws:lb/listener:Listener";
const POLICY = "aws:autoscaling/policy:Policy";
const RULE = "aws:lb/listenerRule:ListenerRule";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";

/** The groups by colour. */
const GROUPS = { blue: "web-store-fleet", green: "web-store-green-fleet" } as const;
const TARGET_GROUPS = { blue: "web-store-instances", green: "web-store-green" } as const;

const base = (
  parse(readFileSync(join(ROOT, "examples", "minimal-prod.yaml"), "utf8")) as {
    readonly config: Readonly<Record<string, unknown>>;
  }
).config;

function image(digit: string): string {
  return `public.ecr.aws/shop/store@sha256:${digit.repeat(64)}`;
}

/** Green's next release. */
const NEXT = { instanceTypes: ["m8g.large", "m7g.large"], image: image("2") };

/** A release as in docs/blue-green.md, one deployment per step; the last step returns to a store without colours. */
const STEPS = {
  off: {},
  resting: { enabled: true },
  filled: { enabled: true, fillIdle: true, green: NEXT },
  canary: {
    enabled: true,
    fillIdle: true,
    stickinessSeconds: 600,
    blue: { weight: 90 },
    green: { weight: 10, ...NEXT },
  },
  switched: {
    enabled: true,
    live: "green",
    stickinessSeconds: 600,
    blue: { weight: 0 },
    green: { weight: 100, ...NEXT },
  },
} as const;
type Step = keyof typeof STEPS;

/** The settings that the strict profile requires in addition to a release, and the release. */
const COMMON = {
  "web-store:loadBalancer.connectionLogs": true,
  "web-store:fleet.instanceTypes": ["m7g.large", "m6g.large"],
  "web-store:application": { source: "container", image: image("1") },
};

describe("A blue/green release", () => {
  const graphs = new Map<Step, Graph>();

  before(async function () {
    this.timeout(240_000);
    const dir = mkdtempSync(join(tmpdir(), "blue-green-"));
    // The strict profile with changes, so that it doesn't end an update for unencrypted targets.
    const policies = join(dir, "policies.json");
    const advised = { ...STRICT_PROFILE["target-encryption"], enforcementLevel: "advisory" };
    writeFileSync(policies, JSON.stringify({ ...STRICT_PROFILE, "target-encryption": advised }));
    const judged = ["--policy-pack", "policies", "--policy-pack-config", policies];
    try {
      for (const [step, blueGreen] of Object.entries(STEPS) as [Step, object][]) {
        const file = join(dir, `${step}.yaml`);
        const config = { ...base, ...COMMON, "web-store:blueGreen": blueGreen };
        writeFileSync(file, stackFile(config));
        const run = await rehearseJson(["store", "--config-file", file, "--mode", "up", ...judged]);
        graphs.set(step, run.graph("up"));
      }
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });

  const at = (step: Step): Graph => graphs.get(step) ?? assert.fail(`no ${step}`);
  const changes = (from: Step, to: Step): Changes => changesBetween(at(from), at(to));
  const names = (resources: readonly JsonResource[]): string[] => resources.map(({ name }) => name).sort();
  /** Some inputs of each colour's Auto Scaling group. */
  const groups = (step: Step, ...keys: string[]): unknown[][] =>
    COLOURS.map((colour) => {
      const { inputs } = at(step).one(GROUP, GROUPS[colour]);
      return keys.map((key) => inputs[key]);
    });
  /** The target groups to which the first action of a listener or rule forwards, by name. */
  const forwards = (step: Step, type: string, name: string): unknown => {
    const graph = at(step);
    const { inputs } = graph.one(type, name);
    const [action] = (inputs["actions"] ?? inputs["defaultActions"]) as Values[];
    const nameOf = (arn: unknown): string =>
      graph.ofType(TARGET_GROUP).find(({ outputs }) => outputs["arn"] === arn)?.name ?? "none";
    if (action?.["forward"] === undefined) return nameOf(action?.["targetGroupArn"]);
    const { targetGroups, stickiness } = action["forward"] as { targetGroups: Values[]; stickiness: Values };
    const weights = targetGroups.map(({ arn, weight }) => [nameOf(arn), weight]);
    return { ...Object.fromEntries(weights), sticks: stickiness["enabled"] };
  };
  /** Whether a resource depends on another one, directly or not. */
  const waitsFor = (graph: Graph, resource: JsonResource, other: JsonResource): boolean => {
    const needed = graph.resources.filter(({ urn }) => resource.dependencies.includes(urn));
    return needed.some((one) => one.urn === other.urn || waitsFor(graph, one, other));
  };

  it("passes the strict profile at every step, except for alarms and targets in plain text", () => {
    for (const step of Object.keys(STEPS) as Step[]) {
      const policies = at(step).stack.findings.map(({ policy }) => policy);
      assert.deepEqual([...new Set(policies)].sort(), ["alarms", "target-encryption"], step);
    }
  });

  it("leaves a store without colours unchanged", () => {
    assert.deepEqual(names(at("off").ofType(GROUP)), [GROUPS.blue]);
    assert.deepEqual(at("off").ofType(RULE), []);
    assert.equal(forwards("off", LISTENER, "web-store-https"), TARGET_GROUPS.blue);
    const { inputs } = at("off").one(GROUP);
    assert.equal("waitForElbCapacity" in inputs, false);
  });

  it("declares both colours, each with its target group, Auto Scaling group and launch template", () => {
    for (const step of ["resting", "filled", "canary", "switched"] as const) {
      for (const type of [TARGET_GROUP, GROUP, "aws:ec2/launchTemplate:LaunchTemplate"])
        assert.equal(at(step).ofType(type).length, 2, `${step} ${type}`);
      for (const colour of COLOURS) {
        const arn = at(step).one(TARGET_GROUP, TARGET_GROUPS[colour]).outputs["arn"];
        assert.deepEqual(at(step).one(GROUP, GROUPS[colour]).inputs["targetGroupArns"], [arn]);
      }
    }
  });

  it("keeps the idle colour empty, whatever scaling requests, until it is filled", () => {
    assert.deepEqual(groups("resting", "minSize", "maxSize"), [
      [3, 12],
      [0, 0],
    ]);
    assert.deepEqual(groups("filled", "minSize", "maxSize"), [
      [3, 12],
      [3, 12],
    ]);
    assert.deepEqual(groups("switched", "minSize", "maxSize"), [
      [0, 0],
      [3, 12],
    ]);
    // No policy or action can set a size, and the program sets none that a deployment would restore.
    assert.deepEqual(names(at("resting").ofType(POLICY)), ["web-store-cpu", "web-store-requests"]);
    assert.deepEqual(names(at("switched").ofType(POLICY)), [
      "web-store-green-cpu",
      "web-store-green-requests",
    ]);
    for (const step of ["resting", "filled", "switched"] as const)
      assert.deepEqual(groups(step, "desiredCapacity"), [[undefined], [undefined]]);
  });

  it("waits for the idle colour's instances to be healthy when it is filled, and for none when it is emptied", () => {
    const keys = ["waitForElbCapacity", "waitForCapacityTimeout"];
    assert.deepEqual(groups("resting", ...keys)[1], [undefined, "0"]);
    // bootSeconds, 300, plus the provider's 10 minutes.
    assert.deepEqual(groups("filled", ...keys), [
      [undefined, "15m"],
      [3, "15m"],
    ]);
    assert.deepEqual(groups("switched", ...keys), [
      [undefined, "0"],
      [undefined, "15m"],
    ]);
  });

  it("scales each filled colour by its own requests", () => {
    for (const colour of COLOURS) {
      const graph = at("canary");
      const policy = graph.one(POLICY, colour === "blue" ? "web-store-requests" : "web-store-green-requests");
      const balancer = graph.one("aws:lb/loadBalancer:LoadBalancer").outputs["arnSuffix"];
      const group = graph.one(TARGET_GROUP, TARGET_GROUPS[colour]).outputs["arnSuffix"];
      const { predefinedMetricSpecification } = policy.inputs["targetTrackingConfiguration"] as Values;
      assert.equal(
        (predefinedMetricSpecification as Values)["resourceLabel"],
        `${String(balancer)}/${String(group)}`,
      );
    }
  });

  it("forwards only to colours with instances, by their weights, with stickiness while both have weight", () => {
    const rule = (step: Step): unknown => forwards(step, RULE, "web-store-everything");
    assert.equal(rule("resting"), TARGET_GROUPS.blue);
    assert.deepEqual(rule("filled"), { "web-store-instances": 100, "web-store-green": 0, sticks: false });
    assert.deepEqual(rule("canary"), { "web-store-instances": 90, "web-store-green": 10, sticks: true });
    assert.equal(rule("switched"), TARGET_GROUPS.green);
  });

  it("makes the live colour the listener's default, and attaches both groups once they are filled", () => {
    const listener = (step: Step): unknown => forwards(step, LISTENER, "web-store-https");
    assert.equal(listener("resting"), TARGET_GROUPS.blue);
    for (const step of ["filled", "canary"] as const)
      assert.deepEqual(listener(step), { "web-store-instances": 1, "web-store-green": 0, sticks: false });
    assert.equal(listener("switched"), TARGET_GROUPS.green);
  });

  it("shifts visitors after instances are added, and removes instances after visitors are shifted", () => {
    const order = (step: Step): [string, boolean, boolean][] => {
      const graph = at(step);
      const rule = graph.one(RULE, "web-store-everything");
      return COLOURS.map((colour) => {
        const group = graph.one(GROUP, GROUPS[colour]);
        return [colour, waitsFor(graph, rule, group), waitsFor(graph, group, rule)];
      });
    };
    assert.deepEqual(order("canary"), [
      ["blue", true, false],
      ["green", true, false],
    ]);
    assert.deepEqual(order("switched"), [
      ["blue", false, true],
      ["green", true, false],
    ]);
    assert.deepEqual(order("resting"), [
      ["blue", true, false],
      ["green", false, true],
    ]);
  });

  it("replaces nothing at any step, and deletes only scaling policies", () => {
    const steps = Object.keys(STEPS) as Step[];
    for (const [index, to] of steps.slice(1).entries()) {
      const { replaced, deleted } = changes(steps[index] as Step, to);
      assert.deepEqual(replaced, [], to);
      assert.deepEqual(
        deleted.filter(({ type }) => type !== POLICY),
        [],
        to,
      );
    }
  });

  it("shifts visitors by updating one rule, so that a step and its rollback are quick", () => {
    const updated = changes("filled", "canary").updated.map(({ resource }) => resource);
    assert.deepEqual(names(updated), ["web-store-everything"]);
  });

  it("boots a colour from its own image and types, and does not replace new instances", () => {
    const types = COLOURS.map((colour) => {
      const name = colour === "blue" ? "web-store-instance" : "web-store-green-instance";
      return at("canary").one("aws:ec2/launchTemplate:LaunchTemplate", name).inputs["instanceType"];
    });
    assert.deepEqual(types, ["m7g.large", "m8g.large"]);
    for (const [refresh] of groups("canary", "instanceRefresh"))
      assert.equal(((refresh as Values)["preferences"] as Values)["skipMatching"], true);
  });

  it("serves each colour's own release of the application", () => {
    const imageOf = (name: string): string => {
      const { userData } = at("canary").one("aws:ec2/launchTemplate:LaunchTemplate", name).inputs;
      const script = scriptIn(userData);
      return /store@sha256:[0-9a-f]{64}/.exec(script)?.[0] ?? "none";
    };
    assert.ok(image("1").endsWith(imageOf("web-store-instance")));
    assert.ok(image("2").endsWith(imageOf("web-store-green-instance")));
  });

  it("is described by the outputs, whose single-group keys name the live colour", () => {
    const { outputs } = at("switched").stack;
    const release = outputs["release"] as { bakeMinutes: number; colours: Values[] };
    const group = at("switched").one(GROUP, GROUPS.green).outputs["name"];
    assert.equal(outputs["autoScalingGroupName"], group);
    assert.equal(release.bakeMinutes, 30);
    assert.deepEqual(
      release.colours.map(({ colour, isLive, weight }) => [colour, isLive, weight]),
      [
        ["green", true, 100],
        ["blue", false, 0],
      ],
    );
  });
});

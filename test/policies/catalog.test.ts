import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { unknownCheckingProxy } from "@pulumi/policy";
import { CATALOG, levelOf, policies, toPolicy } from "../../policies/catalog";
import type { ResourceRule, StackRule, StackSubject } from "../../policies/rule";
import { policyFiles } from "../../tools/generate/policies";
import { packForSuite, UNKNOWN, urnOf } from "../support/pack";

describe("the catalogue", () => {
  it("names every rule once", () => {
    const names = CATALOG.map(({ id }) => id);
    assert.deepEqual([...new Set(names)], names);
  });

  it("uses names that the SDK and its configuration accept", () => {
    for (const rule of CATALOG) {
      assert.match(rule.id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
      assert.notEqual(rule.id, "all");
    }
  });

  it("makes rules mandatory that keep a deployment safe, and the others advisory", () => {
    const advised = CATALOG.filter((rule) => levelOf(rule) === "advisory");
    const others = advised.filter(({ area }) => area !== "resilience" && area !== "observability");
    assert.deepEqual(others.map(({ id }) => id).sort(), [
      "alb-hardening",
      "api-enums",
      "client-addresses",
      "default-security-group",
      "default-security-group-stack",
      "default-vpc",
      "deregistration-delay",
      "flow-logs",
      "hsts",
      "imds-v2",
      "login-bypass",
      "public-instances",
    ]);
  });

  it("describes every rule in two sentences, with a remedy and a reference", () => {
    for (const rule of CATALOG) {
      assert.equal(rule.description.match(/\.( |$)/g)?.length, 2, rule.id);
      assert.ok(rule.remedy.includes("{"), rule.id);
      assert.ok(rule.references.length > 0 && rule.references.every(({ url }) => URL.canParse(url)), rule.id);
    }
  });

  it("matches RULES.md and the strict profile: npm run generate", () => {
    for (const { path, text } of policyFiles()) assert.equal(readFileSync(path, "utf8"), text, path);
  });
});

describe("a policy made from a rule", () => {
  const facts = {
    id: "careless",
    area: "tls",
    title: "Careless",
    severity: "low",
    description: "A rule. Badly written.",
    remedy: "{}",
    references: [],
  } as const;
  const getConfig = (): object => ({});
  // The SDK's declarations leave this function's type out.
  const proxied = unknownCheckingProxy as unknown as <T>(props: T) => T;
  const props = proxied({ secretly: UNKNOWN });

  it("fails closed, and names itself, when a resource rule reads an unknown value without read()", () => {
    const rule: ResourceRule = {
      ...facts,
      level: "resource",
      types: ["acme:web:Thing"],
      judge: () => [{ message: props.secretly }],
    };
    const policy = toPolicy(rule);
    assert.ok("validateResource" in policy && typeof policy.validateResource === "function");
    const args = { type: "acme:web:Thing", getConfig } as unknown as Parameters<
      typeof policy.validateResource
    >[0];
    const run = policy.validateResource;
    assert.throws(() => run(args, () => undefined), isPlainErrorNaming("careless"));
  });

  it("fails closed, and names itself, when a stack rule does", () => {
    const rule: StackRule = { ...facts, level: "stack", judge: () => [{ message: props.secretly }] };
    const policy = toPolicy(rule);
    assert.ok("validateStack" in policy);
    const args = { resources: [] as StackSubject[], getConfig } as unknown as Parameters<
      typeof policy.validateStack
    >[0];
    assert.throws(() => policy.validateStack(args, () => undefined), isPlainErrorNaming("careless"));
  });

  it("rethrows any other exception of a rule, which stops the deployment", () => {
    const judge = (): never => {
      throw new TypeError("a slip");
    };
    const policy = toPolicy({ ...facts, level: "stack", judge });
    assert.ok("validateStack" in policy);
    const args = { resources: [], getConfig } as unknown as Parameters<typeof policy.validateStack>[0];
    assert.throws(() => policy.validateStack(args, () => undefined), new TypeError("a slip"));
  });

  /** The SDK downgrades its own UnknownValueError to an advisory; a plain Error fails the call. */
  function isPlainErrorNaming(rule: string): (error: unknown) => boolean {
    return (error) =>
      error instanceof Error &&
      error.constructor === Error &&
      error.message.startsWith(`rule ${rule} read an unknown`);
  }
});

describe("the pack, started as the engine starts it", () => {
  const pack = packForSuite({ directory: "policies" });

  it("announces every policy in the catalogue at its level", async () => {
    const info = await pack().info();
    const { version } = JSON.parse(readFileSync("policies/package.json", "utf8")) as { version: string };
    assert.deepEqual([info.name, info.version], ["web-store", version]);
    assert.deepEqual(
      info.policies.map(({ name, level, kind }) => [name, level, kind]),
      CATALOG.map((rule) => [rule.id, levelOf(rule), rule.level]),
    );
    assert.equal(info.policies.length, policies.length);
  });

  it("finds nothing in other types", async () => {
    const { findings } = await pack().analyze({ type: "acme:web/thing:Thing", props: { protocol: "HTTP" } });
    assert.deepEqual(findings, []);
  });

  it("does not judge a type whose name only begins like one that it judges", async () => {
    const { findings } = await pack().analyze({
      type: "aws:lb/listener:ListenerX",
      props: { protocol: "HTTP" },
    });
    assert.deepEqual(findings, []);
  });

  it("judges the resources of a stack together in one call", async () => {
    // No other suite has sent a listener of this name.
    const listener = {
      type: "aws:lb/listener:Listener",
      name: "of-the-catalogue",
      props: { protocol: "HTTP", arn: UNKNOWN },
    };
    const rule = {
      type: "aws:lb/listenerRule:ListenerRule",
      name: "rule",
      props: { listenerArn: UNKNOWN, actions: [{ type: "forward" }] },
      propertyDependencies: { listenerArn: [urnOf(listener)] },
    };
    const group = { type: "aws:autoscaling/group:Group", name: "web", props: { healthCheckType: "EC2" } };
    const attachment = {
      type: "aws:autoscaling/attachment:Attachment",
      name: "front",
      props: { autoscalingGroupName: UNKNOWN },
      propertyDependencies: { autoscalingGroupName: [urnOf(group)] },
    };
    const { findings } = await pack().analyzeStack([attachment, rule, group, listener]);
    assert.deepEqual(
      findings.map(({ policy, level, urn }) => [policy, level, urn]),
      [
        ["tls-listeners-stack", "mandatory", urnOf(listener)],
        ["tls-listeners-stack", "mandatory", urnOf(rule)],
        ["target-group-health-stack", "mandatory", urnOf(group)],
        ["public-instances-stack", "advisory", urnOf(group)],
      ],
    );
  });
});

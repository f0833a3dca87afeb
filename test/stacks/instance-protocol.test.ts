import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Values } from "../../packages/rehearse/values";
import { decode } from "../support/proxy-user-data";
import { type Graph, type JsonRun, rehearseJson, rehearseStacks } from "../support/rehearse";
import { changesBetween } from "../support/replacement";
import { isAccepted, messageOf } from "../support/settings";
import { LEAST, stackFile, withLeast } from "../support/stack-file";

const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const IMAGE = `public.ecr.aws/shop/store@sha256:${"0".repeat(64)}`;

const https = { "web-store:loadBalancing": { instanceProtocol: "https" } };

/** Stores, by their stacks' names. */
const STACKS: Readonly<Record<string, Values>> = {
  clear: {},
  encrypted: https,
  grpc: {
    "web-store:application": { source: "container", image: IMAGE },
    "web-store:loadBalancing": { instanceProtocol: "https", protocolVersion: "grpc" },
    "web-store:healthCheck": { path: "/grpc.health.v1.Health/Check" },
  },
  http2: {
    "web-store:application": { source: "container", image: IMAGE },
    "web-store:loadBalancing": { protocolVersion: "http2" },
  },
  proxied: { "web-store:loadBalancing": { instanceProtocol: "https", engine: "haproxy" } },
};

/** One that moves over as docs/instances.md has it, a deployment each; the last is the change in place. */
const STEPS: Readonly<Record<string, Values>> = {
  clear: {},
  filled: {
    "web-store:blueGreen": { enabled: true, fillIdle: true, green: { instanceProtocol: "https" } },
  },
  moved: {
    "web-store:blueGreen": {
      ...{ enabled: true, fillIdle: true, live: "green", blue: { weight: 0 } },
      green: { weight: 100, instanceProtocol: "https" },
    },
  },
  emptied: {
    "web-store:blueGreen": {
      ...{ enabled: true, live: "green", blue: { weight: 0 } },
      green: { weight: 100, instanceProtocol: "https" },
    },
  },
  done: {
    ...https,
    "web-store:blueGreen": { enabled: true, live: "green", blue: { weight: 0 }, green: { weight: 100 } },
  },
  inPlace: https,
};

describe("How balancers reach instances", () => {
  const folder = mkdtempSync(join(tmpdir(), "instance-protocol-"));
  after(() => rmSync(folder, { recursive: true }));
  let run: JsonRun;
  const graph = (stack: string): Graph => run.graph("up", stack);
  const steps = new Map<string, Graph>();
  const step = (name: string): Graph => steps.get(name) ?? assert.fail(`no ${name}`);
  before(async function () {
    this.timeout(240_000);
    // As the profile strict has it, without an end to the update.
    const policies = join(folder, "policies.json");
    const advised = { enforcementLevel: "advisory", required: true };
    writeFileSync(policies, JSON.stringify({ "target-encryption": advised }));
    const strict = ["--policy-pack", "policies", "--policy-pack-config", policies];
    run = await rehearseStacks(withLeast(STACKS), ...strict);
    for (const [name, config] of Object.entries(STEPS)) {
      const file = join(folder, `${name}.yaml`);
      writeFileSync(file, stackFile({ ...LEAST, ...config }));
      const rehearsed = await rehearseJson(["store", "--config-file", file, "--mode", "up"]);
      steps.set(name, rehearsed.graph("up"));
    }
  });

  /** Protocol, version, port and check of a target group. */
  const targets = (of: string | Graph, name = "web-store-instances"): unknown[] => {
    const { protocol, protocolVersion, port, healthCheck } = (typeof of === "string" ? graph(of) : of).one(
      TARGET_GROUP,
      name,
    ).inputs;
    const check = healthCheck as Values;
    return [protocol, protocolVersion, port, check["protocol"], check["path"], check["matcher"]];
  };
  const ports = (stack: string, type: string, name: RegExp): unknown[] =>
    graph(stack)
      .ofType(type)
      .filter((rule) => name.test(rule.name))
      .map(({ inputs }) => [inputs["fromPort"], inputs["toPort"]]);

  it("is in clear text unless said otherwise", () => {
    assert.deepEqual(targets("clear"), ["HTTP", "HTTP1", 8080, "HTTP", "/healthz", "200"]);
    assert.doesNotMatch(decode(graph("clear").one(TEMPLATE)).script, /store-tls/);
  });

  it("is by TLS in requests and checks, and by no other port", () => {
    assert.deepEqual(targets("encrypted"), ["HTTPS", "HTTP1", 8443, "HTTPS", "/healthz", "200"]);
    assert.match(decode(graph("encrypted").one(TEMPLATE)).config, /^ +bind \*:8443 ssl .* alpn http\/1\.1$/m);
    assert.deepEqual(ports("encrypted", INGRESS, /^web-store-instance-/), [[8443, 8443]]);
    assert.deepEqual(ports("encrypted", EGRESS, /-load-balancer-to-instance$/), [[8443, 8443]]);
  });

  it("is by gRPC or HTTP/2 where the application speaks that", () => {
    assert.deepEqual(targets("grpc"), [
      ...["HTTPS", "GRPC", 8443, "HTTPS", "/grpc.health.v1.Health/Check", "0"],
    ]);
    assert.match(decode(graph("grpc").one(TEMPLATE)).config, /^ +bind \*:8443 ssl .* alpn h2$/m);
    assert.deepEqual(targets("http2"), ["HTTP", "HTTP2", 8080, "HTTP", "/healthz", "200"]);
  });

  it("is by TLS from proxies, too, and the load balancer's checks go that way", () => {
    assert.deepEqual(targets("proxied").slice(0, 4), ["HTTPS", "HTTP1", 8443, "HTTPS"]);
    assert.deepEqual(ports("proxied", INGRESS, /^web-store-requests-from-web-store-proxy$/), [[8443, 8443]]);
    assert.deepEqual(ports("proxied", EGRESS, /^web-store-proxy-requests-to-web-store$/), [[8443, 8443]]);
    const { config, environment } = decode(graph("proxied").one(TEMPLATE, "web-store-proxy-instance"));
    assert.match(
      config,
      /^ +default-server ssl verify none alpn http\/1\.1 check-ssl check-alpn http\/1\.1 /m,
    );
    assert.match(environment, /^SERVER_PORT=8443$/m);
  });

  it("is what target-encryption of the strict profile asks for", () => {
    const refused = Object.keys(STACKS).filter((stack) =>
      graph(stack).stack.findings.some(
        ({ policy, message }) =>
          policy === "target-encryption" && /web-store-instances|protocol/.test(message),
      ),
    );
    assert.deepEqual(refused, ["clear", "http2"]);
  });

  /** The target groups that get requests, or checks, before a deployment that replaces them. */
  const replacedInUse = (from: string, to: string): string[] => {
    const before = step(from);
    const used = [
      ...before.ofType("aws:lb/listener:Listener"),
      ...before.ofType("aws:lb/listenerRule:ListenerRule"),
    ].flatMap(({ dependencies }) => dependencies);
    return changesBetween(before, step(to))
      .replaced.filter(({ resource: { type, urn } }) => type === TARGET_GROUP && used.includes(urn))
      .map(({ resource }) => resource.name);
  };

  it("changes for a store that serves, and no group that has visitors is replaced", () => {
    assert.deepEqual(replacedInUse("clear", "inPlace"), ["web-store-instances"], "nothing would be seen");
    const way = ["clear", "filled", "moved", "emptied", "done"];
    for (const [index, to] of way.slice(1).entries())
      assert.deepEqual(replacedInUse(way[index] ?? "", to), [], to);
    assert.deepEqual(targets(step("filled"), "web-store-green").slice(0, 3), ["HTTPS", "HTTP1", 8443]);
    assert.deepEqual(targets(step("filled")).slice(0, 3), ["HTTP", "HTTP1", 8080]);
    for (const name of ["web-store-instances", "web-store-green"])
      assert.deepEqual(targets(step("done"), name).slice(0, 3), ["HTTPS", "HTTP1", 8443], name);
  });
});

describe("settings of how balancers reach instances", () => {
  const grpc = {
    "application.source": "container",
    "application.image": IMAGE,
    "healthCheck.path": "/grpc.health.v1.Health/Check",
    "loadBalancing.protocolVersion": "grpc",
  };
  const http2 = { ...grpc, "loadBalancing.protocolVersion": "http2" };

  for (const [title, set, says] of [
    ["a protocol that is none", { "loadBalancing.instanceProtocol": "tls" }, /allowed: http, https$/m],
    ["a version that is none", { "loadBalancing.protocolVersion": "http3" }, /allowed: http1, http2, grpc$/m],
    [
      "HTTP/2 of the page that comes with this project",
      { "loadBalancing.protocolVersion": "http2" },
      /allowed: http1, as application\.source is builtin, which speaks HTTP\/1\.1/,
    ],
    [
      "gRPC of the sample store",
      { ...grpc, "application.source": "store", "healthCheck.path": "/readyz" },
      /http1, as application\.source is store/,
    ],
    [
      "a health check of gRPC that is none",
      { ...grpc, "healthCheck.path": "/healthz" },
      /healthCheck\.path\n {2}got: {5}\/healthz\n {2}allowed: a method of gRPC, \/package\.Service\/Method/,
    ],
    [
      "HTTP/2 behind CloudFront",
      { ...http2, "cdn.enabled": "true" },
      /protocolVersion\n[^]*http1 with cdn: CloudFront asks for pages by HTTP\/1\.1/,
    ],
    [
      "gRPC that Route 53 checks",
      { ...grpc, "externalHealthCheck.enabled": "true" },
      /protocolVersion\n[^]*http1 with externalHealthCheck: Route 53 checks by HTTP\/1\.1/,
    ],
    [
      "HTTP/2 of a warm pool",
      { ...http2, "fleet.warmPool.state": "stopped" },
      /fleet\.warmPool\.state\n[^]*off with loadBalancing\.protocolVersion http2/,
    ],
    [
      "two protocols behind proxies",
      {
        ...{ "blueGreen.enabled": "true", "loadBalancing.engine": "haproxy" },
        "blueGreen.green.instanceProtocol": "https",
      },
      /blueGreen\.green\.instanceProtocol\n[^]*loadBalancing\.instanceProtocol, http, while there are proxies/,
    ],
  ] as const) {
    it(`are refused: ${title}`, () => {
      const message = messageOf(set);
      assert.match(message, says);
      assert.match(message, /^Stack dev has (1 setting|2 settings) to correct/);
    });
  }

  it("are refused for each of two sources, and pools of peaks, at once", () => {
    const peak = {
      ...{ name: "evening", days: ["fri"], start: "18:00", end: "22:00", timeZone: "Europe/Berlin" },
      ...{ warmPoolSize: 2, maxSize: 8 },
    };
    assert.match(
      messageOf({ ...http2, peakCalendar: JSON.stringify([peak]) }),
      /peakCalendar\[0\]\.warmPoolSize\n[^]*nothing with loadBalancing\.protocolVersion http2/,
    );
  });

  for (const [title, set] of [
    ["TLS to the page that comes with this project", { "loadBalancing.instanceProtocol": "https" }],
    ["gRPC in clear text", grpc],
    [
      "gRPC by TLS through proxies",
      { ...grpc, "loadBalancing.instanceProtocol": "https", "loadBalancing.engine": "haproxy" },
    ],
    [
      "one protocol of both colours behind proxies",
      {
        ...{ "blueGreen.enabled": "true", "loadBalancing.engine": "haproxy" },
        ...{ "loadBalancing.instanceProtocol": "https", "blueGreen.green.instanceProtocol": "https" },
      },
    ],
  ] as const) {
    it(`are accepted: ${title}`, () => assert.ok(isAccepted(set), title));
  }
});

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Values } from "../../packages/rehearse/values";
import { decode } from "../support/proxy-user-data";
import { type Graph, type JsonRun, rehearseJson, rehearseStacks } from "../support/rehearse";
import { changesBetween } from "../support/replacement";
import { LEAST, stackFile, withLeast } from "../support/stack-file";

const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const IMAGE = `public.ecr.aws/shop/store@sha256:${"0".repeat(64)}`;

const https = { "web-store:loadBalancing": { instanceProtocol: "https" } };

/** Stores, by stack name. */
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

/** A migration as in docs/instances.md, one deployment per step; the last step is the change in place. */
const STEPS: Readonly<Record<string, Values>> = {
  clear: {},
  filled: { "web-store:blueGreen": { enabled: true, fillIdle: true, green: { instanceProtocol: "https" } } },
  moved: {
    "web-store:blueGreen": {
      enabled: true,
      fillIdle: true,
      live: "green",
      blue: { weight: 0 },
      green: { weight: 100, instanceProtocol: "https" },
    },
  },
  emptied: {
    "web-store:blueGreen": {
      enabled: true,
      live: "green",
      blue: { weight: 0 },
      green: { weight: 100, instanceProtocol: "https" },
    },
  },
  done: {
    ...https,
    "web-store:blueGreen": { enabled: true, live: "green", blue: { weight: 0 }, green: { weight: 100 } },
  },
  inPlace: https,
};

describe("The protocol between balancers and instances", () => {
  const folder = mkdtempSync(join(tmpdir(), "instance-protocol-"));
  after(() => rmSync(folder, { recursive: true }));
  let run: JsonRun;
  const graph = (stack: string): Graph => run.graph("up", stack);
  const steps = new Map<string, Graph>();
  const step = (name: string): Graph => steps.get(name) ?? assert.fail(`no ${name}`);
  before(async function () {
    this.timeout(240_000);
    // The strict profile with changes, so that it doesn't end an update.
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

  /** Protocol, version, port and health check of a target group. */
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

  it("is plain text by default", () => {
    assert.deepEqual(targets("clear"), ["HTTP", "HTTP1", 8080, "HTTP", "/healthz", "200"]);
    assert.doesNotMatch(decode(graph("clear").one(TEMPLATE)).script, /store-tls/);
  });

  it("is TLS for requests and checks, and no other port is open", () => {
    assert.deepEqual(targets("encrypted"), ["HTTPS", "HTTP1", 8443, "HTTPS", "/healthz", "200"]);
    assert.match(decode(graph("encrypted").one(TEMPLATE)).config, /^ +bind \*:8443 ssl .* alpn http\/1\.1$/m);
    assert.deepEqual(ports("encrypted", INGRESS, /^web-store-instance-/), [[8443, 8443]]);
    assert.deepEqual(ports("encrypted", EGRESS, /-load-balancer-to-instance$/), [[8443, 8443]]);
  });

  it("is gRPC or HTTP/2 if the application uses it", () => {
    assert.deepEqual(targets("grpc"), ["HTTPS", "GRPC", 8443, "HTTPS", "/grpc.health.v1.Health/Check", "0"]);
    assert.match(decode(graph("grpc").one(TEMPLATE)).config, /^ +bind \*:8443 ssl .* alpn h2$/m);
    assert.deepEqual(targets("http2"), ["HTTP", "HTTP2", 8080, "HTTP", "/healthz", "200"]);
  });

  it("is TLS from proxies, too, and for the load balancer's checks of instances", () => {
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

  it("satisfies target-encryption in the strict profile", () => {
    const refused = Object.keys(STACKS).filter((stack) =>
      graph(stack).stack.findings.some(
        ({ policy, message }) =>
          policy === "target-encryption" && /web-store-instances|protocol/.test(message),
      ),
    );
    assert.deepEqual(refused, ["clear", "http2"]);
  });

  /** The target groups that get requests or health checks before a deployment that replaces them. */
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

  it("changes for a running store without replacing a group that has visitors", () => {
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

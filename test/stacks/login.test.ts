import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parse } from "yaml";

import { isSecret, type Values } from "../../packages/rehearse/values";
import { type Graph, rehearseJson, ROOT } from "../support/rehearse";
import { rehearseStore } from "../support/rehearse-in-process";
import { stackFile } from "../support/stack-file";

const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const LISTENER = "aws:lb/listener:Listener";
const RULE = "aws:lb/listenerRule:ListenerRule";

const base = (
  parse(readFileSync(join(ROOT, "examples", "minimal-dev.yaml"), "utf8")) as {
    readonly config: Readonly<Record<string, unknown>>;
  }
).config;

const COGNITO = {
  userPoolArn: "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEfGhI",
  clientId: "1example23456789",
  domain: "shop-customers",
};
const OIDC = {
  issuer: "https://id.example.com",
  authorizationEndpoint: "https://id.example.com/authorize",
  tokenEndpoint: "https://id.example.com/token",
  userInfoEndpoint: "https://id.example.com/userinfo",
  clientId: "web-store",
};
const SECRET_ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:web-store-login-AbCdEf";

/** The load balancer's login, as in its actions. */
const signIn = (onUnauthenticatedRequest: string, sessionTimeout = 604_800) => ({
  type: "authenticate-cognito",
  order: 1,
  authenticateCognito: {
    userPoolArn: COGNITO.userPoolArn,
    userPoolClientId: COGNITO.clientId,
    userPoolDomain: COGNITO.domain,
    scope: "openid email",
    sessionTimeout,
    onUnauthenticatedRequest,
  },
});

/** Each stack's settings in addition to the required ones. */
const STACKS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  open: { "web-store:routes": { feed: { priority: 100, paths: ["/feed"] } } },
  closed: {
    "web-store:login": { cognito: COGNITO, scope: "openid email", sessionTimeoutSeconds: 3600 },
    "web-store:statusFunction": { enabled: true },
    "web-store:maintenance": { enabled: true },
    "web-store:routes": {
      pictures: { priority: 100, paths: ["/products/*"], access: "public" },
      scripts: { priority: 110, paths: ["/cart/items"], onUnauthenticatedRequest: "deny" },
      old: { priority: 120, paths: ["/shop/*"], action: "redirect", redirect: { path: "/" } },
    },
    "web-store:applications": {
      search: { priority: 200, paths: ["/search/*"], access: "public", fleet: { minSize: 1, maxSize: 1 } },
      desk: { priority: 210, paths: ["/desk/*"], fleet: { minSize: 1, maxSize: 1 } },
    },
  },
  tokens: {
    "web-store:login": {
      jwt: {
        issuer: "https://id.example.com",
        jwksEndpoint: "https://id.example.com/.well-known/jwks.json",
        claims: { scope: { format: "space-separated-values", values: ["orders.write"] } },
      },
    },
    "web-store:routes": { api: { priority: 100, paths: ["/api/*"], access: "token" } },
    "web-store:applications": {
      orders: { priority: 200, paths: ["/orders/*"], access: "token", fleet: { minSize: 1, maxSize: 1 } },
    },
  },
  coloured: {
    "web-store:login": { cognito: COGNITO, scope: "openid email", onUnauthenticatedRequest: "allow" },
    "web-store:blueGreen": { enabled: true },
  },
};

describe("A login at the load balancer", () => {
  const graphs = new Map<string, Graph>();
  before(async () => {
    const dir = mkdtempSync(join(tmpdir(), "login-"));
    try {
      const files = Object.entries(STACKS).flatMap(([stack, config]) => {
        const file = join(dir, `${stack}.yaml`);
        writeFileSync(file, stackFile({ ...base, ...config }));
        return ["--config-file", file];
      });
      const run = await rehearseJson([...files, "--mode", "up"]);
      assert.equal(run.status, 0, run.stderr);
      for (const stack of Object.keys(STACKS)) graphs.set(stack, run.graph("up", stack));
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });

  const graph = (stack: string): Graph => graphs.get(stack) ?? assert.fail(stack);
  const https = (stack: string) => graph(stack).one(LISTENER, "web-store-https").inputs["defaultActions"];
  const actions = (stack: string, name: string) =>
    graph(stack).one(RULE, `web-store-${name}`).inputs["actions"] as readonly Record<string, unknown>[];
  /** The types of actions. */
  const types = (of: unknown) => (of as readonly { type: string }[]).map(({ type }) => type);

  it("is off by default: one action, without an order, and no egress to a provider", () => {
    assert.deepEqual(types(https("open")), ["forward"]);
    assert.deepEqual(Object.keys(actions("open", "route-100")[0] ?? {}).sort(), ["targetGroupArn", "type"]);
    const ways = graph("open")
      .ofType(EGRESS)
      .map(({ name }) => name);
    assert.ok(!ways.includes("web-store-load-balancer-to-identity-provider"), ways.join());
  });

  it("protects requests that no route matches, before they are forwarded", () => {
    const [first, second] = https("closed") as readonly Record<string, unknown>[];
    assert.deepEqual(first, signIn("authenticate", 3600));
    assert.deepEqual([second?.["type"], second?.["order"]], ["forward", 2]);
  });

  it("protects routes and applications, except public ones", () => {
    const before = (name: string) => types(actions("closed", name));
    assert.deepEqual(before("route-100"), ["forward"]);
    assert.deepEqual(before("route-110"), ["authenticate-cognito", "forward"]);
    assert.deepEqual(before("route-120"), ["authenticate-cognito", "redirect"]);
    assert.deepEqual(before("route-200"), ["forward"]);
    assert.deepEqual(before("route-210"), ["authenticate-cognito", "forward"]);
    assert.deepEqual(actions("closed", "route-110")[0], signIn("deny", 3600));
  });

  it("leaves the status page and the maintenance page public", () => {
    assert.deepEqual(types(actions("closed", "status")), ["forward"]);
    assert.deepEqual(types(actions("closed", "maintenance")), ["fixed-response"]);
  });

  it("protects both colours of a release, whose weights are in a rule", () => {
    assert.deepEqual(types(actions("coloured", "everything")), ["authenticate-cognito", "forward"]);
    assert.deepEqual(actions("coloured", "everything")[0], signIn("allow"));
    assert.deepEqual(types(https("coloured")), ["authenticate-cognito", "forward"]);
  });

  it("requires tokens from programs on the routes and applications that are configured so, and nowhere else", () => {
    assert.deepEqual(actions("tokens", "route-100")[0], {
      type: "jwt-validation",
      order: 1,
      jwtValidation: {
        issuer: "https://id.example.com",
        jwksEndpoint: "https://id.example.com/.well-known/jwks.json",
        additionalClaims: [{ name: "scope", format: "space-separated-values", values: ["orders.write"] }],
      },
    });
    assert.deepEqual(types(actions("tokens", "route-200")), ["jwt-validation", "forward"]);
    assert.deepEqual(types(https("tokens")), ["forward"]);
    graph("tokens").one(EGRESS, "web-store-load-balancer-to-identity-provider");
  });

  it("allows egress to the provider, over HTTPS and IPv4, and nothing else", () => {
    const { inputs } = graph("closed").one(EGRESS, "web-store-load-balancer-to-identity-provider");
    const { ipProtocol, fromPort, toPort, cidrIpv4, cidrIpv6, securityGroupId } = inputs;
    assert.deepEqual(
      [ipProtocol, fromPort, toPort, cidrIpv4, cidrIpv6],
      ["tcp", 443, 443, "0.0.0.0/0", undefined],
    );
    const group = graph("closed").one("aws:ec2/securityGroup:SecurityGroup", "web-store-load-balancer");
    assert.equal(securityGroupId, group.outputs["id"]);
  });

  it("reads an OpenID Connect client's secret from Secrets Manager, and keeps it secret", async () => {
    const { resources } = await rehearseStore({
      ...base,
      "web-store:login": { oidc: { ...OIDC, clientSecretArn: SECRET_ARN } },
    });
    const listener = [...resources.values()].find(({ name }) => name === "web-store-https");
    // Pulumi turns a list that contains a secret into one secret.
    const actions = listener?.inputs["defaultActions"];
    assert.ok(isSecret(actions), JSON.stringify(actions));
    assert.deepEqual((actions["value"] as Values[])[0], {
      type: "authenticate-oidc",
      order: 1,
      authenticateOidc: {
        ...OIDC,
        clientSecret: "made-up",
        scope: "openid",
        sessionTimeout: 604_800,
        onUnauthenticatedRequest: "authenticate",
      },
    });
  });
});

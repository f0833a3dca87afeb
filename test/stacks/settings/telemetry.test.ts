import assert from "node:assert/strict";

import { settingsOf as ownSettingsOf } from "../../../stacks/applications/derive";
import type { Settings } from "../../../stacks/settings";
import {
  agentServices,
  instanceAgent,
  logGroupNames,
  otlpEnvironment,
  proxyAgent,
} from "../../../stacks/telemetry/agent";
import { assertRefused, isAccepted, settingsOf } from "../../support/settings";

const KEY = "arn:aws:kms:eu-west-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";
const SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:store/otlp-a1B2c3";
const IMAGE = `public.ecr.aws/shop/store@sha256:${"0".repeat(64)}`;

describe("the settings of telemetry", () => {
  const telemetry = (value: object): Record<string, string> => ({ telemetry: JSON.stringify(value) });
  const container = { application: JSON.stringify({ source: "container", image: IMAGE }) };
  const otlp = (value: object): Record<string, string> => ({ ...container, ...telemetry({ otlp: value }) });
  const endpoint = "https://otlp.example.com";
  const noNat = { "network.natGateways": "none" };

  for (const [title, set, says] of [
    ["an unknown agent", telemetry({ agent: "datadog" }), /allowed: none, cloudwatch/],
    [
      "a retention that CloudWatch Logs does not support",
      telemetry({ logRetentionDays: 31 }),
      /allowed: 1, 3, 5, 7, 14/,
    ],
    [
      "an alias instead of a key's ARN",
      telemetry({ logKeyArn: "alias/logs" }),
      /allowed: the ARN of a key in KMS/,
    ],
    [
      "a key in another Region",
      telemetry({ agent: "cloudwatch", logKeyArn: KEY.replace("eu-west-1", "us-east-1") }),
      /telemetry\.logKeyArn\n[^]*allowed: an ARN in aws:region, eu-west-1/,
    ],
    [
      "a log key without an agent",
      telemetry({ logKeyArn: KEY }),
      /telemetry\.logKeyArn\n.*\n {2}allowed: no value, because telemetry\.agent is none: .*\n {2}remedy: {2}set telemetry\.agent to cloudwatch, or remove/,
    ],
    [
      "scaling on memory without an agent",
      { "fleet.memoryTargetPercent": "70" },
      /fleet\.memoryTargetPercent\n {2}got: {5}70\n {2}allowed: no value, because telemetry\.agent is none/,
    ],
    [
      "scaling on memory of waiting instances",
      {
        ...telemetry({ agent: "cloudwatch" }),
        fleet: JSON.stringify({ memoryTargetPercent: 70, warmPool: { state: "running", minSize: 1 } }),
      },
      /fleet\.memoryTargetPercent\n {2}got: {5}70\n {2}allowed: no value, because fleet\.warmPool\.state is running/,
    ],
    [
      "a plain text endpoint",
      otlp({ endpoint: "http://otlp.example.com" }),
      /allowed: an https URL without credentials/,
    ],
    [
      "credentials in a URL",
      otlp({ endpoint: "https://me:secret@otlp.example.com" }),
      /allowed: an https URL/,
    ],
    ["a key in a URL", otlp({ endpoint: `${endpoint}/?api-key=secret` }), /allowed: an https URL/],
    [
      "headers in plain text",
      otlp({ endpoint, headers: "api-key=secret" }),
      /a key that the setting doesn't have/,
    ],
    [
      "headers without an endpoint",
      otlp({ headersSecretArn: SECRET }),
      /no value without telemetry\.otlp\.endpoint/,
    ],
    [
      "a secret in another Region",
      otlp({ endpoint, headersSecretArn: SECRET.replace("eu-west-1", "us-east-1") }),
      /telemetry\.otlp\.headersSecretArn\n[^]*an ARN in aws:region/,
    ],
    [
      "an endpoint for the built-in page, which sends nothing",
      telemetry({ otlp: { endpoint, headersSecretArn: SECRET } }),
      /telemetry\.otlp\.endpoint\n.*\n {2}allowed: no value, because application\.source is builtin, which sends nothing by OTLP\n {2}remedy: {2}set application\.source to artifact or container, or remove telemetry\.otlp/,
    ],
    [
      "an endpoint for the sample store",
      {
        ...telemetry({ otlp: { endpoint } }),
        application: '{"source":"store"}',
        "healthCheck.path": "/readyz",
        applications: JSON.stringify({ search: { priority: 200, paths: ["/search/*"] } }),
      },
      /no value, because application\.source is store, which sends nothing by OTLP, and neither does any further application/,
    ],
    [
      "an unreachable endpoint",
      {
        ...telemetry({ otlp: { endpoint } }),
        ...noNat,
        application: JSON.stringify({
          source: "artifact",
          artifact: { bucket: "releases", key: "store.tar.gz", sha256: "0".repeat(64) },
          command: ["bin/server"],
        }),
      },
      /otlp\.endpoint\n[^]*no value, because network\.natGateways is none/,
    ],
    [
      "an endpoint on a port that instances may not connect to",
      otlp({ endpoint: `${endpoint}:4318` }),
      /application\.egress\n[^]*an egress to port 4318[^]*egress\.otlp: \{ port: 4318, cidr: 0\.0\.0\.0\/0 \}/,
    ],
    [
      "an endpoint on a port that egress names for UDP",
      {
        ...telemetry({ otlp: { endpoint: `${endpoint}:4318` } }),
        application: JSON.stringify({
          source: "container",
          image: IMAGE,
          egress: { collector: { port: 4318, cidr: "10.9.0.0/16", protocol: "udp" } },
        }),
      },
      /application\.egress\n[^]*an egress to port 4318/,
    ],
    [
      "the same for an application beside the store",
      {
        ...telemetry({ otlp: { endpoint: `${endpoint}:4318` } }),
        applications: JSON.stringify({
          search: { priority: 200, paths: ["/search/*"], application: { source: "container", image: IMAGE } },
        }),
      },
      /applications\.search\.application\.egress\n[^]*for example applications\.search\.application\.egress\.otlp/,
    ],
    ["an invalid port", otlp({ endpoint: `${endpoint}:99999` }), /allowed: an https URL/],
    ["port 0", otlp({ endpoint: `${endpoint}:0` }), /allowed: an https URL/],
    ["an invalid host", otlp({ endpoint: "https://otlp..example.com" }), /allowed: an https URL/],
    ["a long URL", otlp({ endpoint: `${endpoint}/${"a".repeat(200)}` }), /at most 200 characters/],
    [
      "variables that are set already",
      { ...otlp({ endpoint }), environment: JSON.stringify({ OTEL_SERVICE_NAME: { value: "shop" } }) },
      /environment\.OTEL_SERVICE_NAME\n[^]*no value together with telemetry\.otlp\.endpoint/,
    ],
  ] as const) {
    it(`are refused: ${title}`, () => assertRefused(set, says));
  }

  for (const [title, set] of [
    ["an agent without NAT", { ...telemetry({ agent: "cloudwatch" }), ...noNat }],
    [
      "scaling on memory with an agent",
      { ...telemetry({ agent: "cloudwatch" }), "fleet.memoryTargetPercent": "70" },
    ],
    [
      "an agent and an endpoint, for an application beside the built-in page",
      {
        ...telemetry({ agent: "cloudwatch", otlp: { endpoint: `${endpoint}/v1` } }),
        applications: JSON.stringify({
          search: { priority: 200, paths: ["/search/*"], application: { source: "container", image: IMAGE } },
        }),
      },
    ],
    [
      "an endpoint on a port that egress names",
      {
        ...otlp({ endpoint: `${endpoint}:4318` }),
        application: JSON.stringify({
          source: "container",
          image: IMAGE,
          egress: { collector: { port: 4318, cidr: "10.9.0.0/16" } },
        }),
      },
    ],
    ["port 443, written explicitly", otlp({ endpoint: `${endpoint}:443` })],
    [
      "other variables beside those of the endpoint",
      {
        ...otlp({ endpoint }),
        environment: JSON.stringify({ OTEL_RESOURCE_ATTRIBUTES: { value: "deployment.environment=prod" } }),
      },
    ],
  ] as const) {
    it(`are accepted: ${title}`, () => assert.ok(isAccepted(set), title));
  }
});

describe("The result of telemetry", () => {
  const container = { source: "container", image: IMAGE };
  const endpoint = "https://otlp.example.com/v1";
  const set = (telemetry: object, more: Record<string, object> = {}): Settings =>
    settingsOf({
      telemetry: JSON.stringify(telemetry),
      ...Object.fromEntries(Object.entries(more).map(([key, value]) => [key, JSON.stringify(value)])),
    });
  const applications = { search: { priority: 200, paths: ["/search/*"], application: container } };
  const haproxy = { loadBalancing: { engine: "haproxy" } };

  it("is empty without an agent and an endpoint", () => {
    const settings = settingsOf();
    assert.equal(logGroupNames(settings, "dev"), undefined);
    assert.equal(instanceAgent(settings, "dev"), undefined);
    assert.equal(proxyAgent(set({}, haproxy), "dev"), undefined);
    assert.deepEqual(otlpEnvironment(settings), {});
    assert.deepEqual(agentServices(settings), []);
  });

  it("has log groups named after stack and application, and one for proxies if there are any", () => {
    const settings = set({ agent: "cloudwatch" }, { applications });
    const own = { application: "web-store-dev-application", system: "web-store-dev-system" };
    assert.deepEqual(logGroupNames(settings, "dev"), { ...own, proxy: undefined });
    assert.deepEqual(logGroupNames(set({ agent: "cloudwatch" }, haproxy), "dev"), {
      ...own,
      proxy: "web-store-dev-proxy",
    });
    assert.deepEqual(logGroupNames(ownSettingsOf(settings, "search"), "dev"), {
      ...own,
      application: "web-store-dev-app-search",
      proxy: undefined,
    });
    assert.throws(() => ownSettingsOf(settings, "find"), {
      message: "The settings have no application find.",
    });
  });

  it("has agents, each with its own services' logs, and the AWS services that they call", () => {
    const settings = set({ agent: "cloudwatch" }, haproxy);
    const rest = { systemLogGroup: "web-store-dev-system", region: "eu-west-1" };
    assert.deepEqual(instanceAgent(settings, "dev"), {
      serviceLogGroup: "web-store-dev-application",
      services: ["store"],
      ...rest,
    });
    assert.deepEqual(proxyAgent(settings, "dev"), {
      serviceLogGroup: "web-store-dev-proxy",
      services: ["proxy", "proxy-agent"],
      ...rest,
    });
    assert.equal(proxyAgent(set({ agent: "cloudwatch" }), "dev"), undefined);
    assert.deepEqual(agentServices(settings), ["ec2", "logs", "monitoring"]);
  });

  it("has OpenTelemetry's variables: the endpoint, the service's name and the headers", () => {
    const none = {
      value: undefined,
      parameter: undefined,
      secretArn: undefined,
      jsonKey: undefined,
      keyArn: undefined,
    };
    const plain = {
      OTEL_EXPORTER_OTLP_ENDPOINT: { ...none, value: endpoint },
      OTEL_EXPORTER_OTLP_PROTOCOL: { ...none, value: "http/protobuf" },
      OTEL_SERVICE_NAME: { ...none, value: "store.example.com" },
    };
    const settings = set({ otlp: { endpoint } }, { application: container, applications });
    assert.deepEqual(otlpEnvironment(settings), plain);
    assert.deepEqual(otlpEnvironment(ownSettingsOf(settings, "search")), {
      ...plain,
      OTEL_SERVICE_NAME: { ...none, value: "store.example.com/search" },
    });
    const otlp = { endpoint, headersSecretArn: SECRET, headersKeyArn: KEY };
    assert.deepEqual(otlpEnvironment(set({ otlp }, { application: container })), {
      ...plain,
      OTEL_EXPORTER_OTLP_HEADERS: { ...none, secretArn: SECRET, keyArn: KEY },
    });
  });
});

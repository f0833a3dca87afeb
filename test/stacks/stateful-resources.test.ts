import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";

import { schema } from "../../stacks/settings";
import type { Setting } from "../../stacks/settings/fields";
import { shapeOf } from "../../stacks/settings/read";
import type { Rehearsal } from "../../packages/rehearse/rehearsal";
import { type JsonResource, type JsonStack, stackJson } from "../../packages/rehearse/report/json";
import type { Value } from "../../packages/rehearse/values";
import { unjudged } from "../support/preview";
import { Graph, parsed, ROOT, text } from "../support/rehearse";
import { type Changes, changesBetween } from "../support/replacement";
import { stackFile } from "../support/stack-file";

type Config = Readonly<Record<string, unknown>>;

const STACK = "store";
const RENAMED = "renamed";
const STACK_NAME = "the stack's name";

/** The base of the document's table: a stack like this one. */
const base = (
  parse(readFileSync(join(ROOT, "examples", "minimal-prod.yaml"), "utf8")) as { readonly config: Config }
).config;

const STANDBY = { standby: true };
const CONTAINER = { source: "container", image: `public.ecr.aws/shop/store@sha256:${"0".repeat(64)}` };
const WEIGHTED = { engine: "haproxy", algorithm: "weightedRoundRobin" };
const OPEN = { enabled: true, origin: "open" };
const WAF = { enabled: true };
const OFFICE = ["203.0.113.0/24"];
const OFFICES = [...OFFICE, "198.51.100.0/24"];
const AGENT = { agent: "cloudwatch" };

const NINE_NAMES = [..."abcdefghi"].map((letter) => `${letter}.store.example.com`);
const ARCHIVE = { key: "store/1.4.2.tar.gz", sha256: "0123456789abcdef".repeat(4) };
const OWN_RELEASE = { artifactKey: ARCHIVE.key, artifactSha256: ARCHIVE.sha256 };
const OWN_RELEASES = { enabled: true, blue: OWN_RELEASE, green: OWN_RELEASE };

/** By change: the stack's settings before the change, in addition to the base. */
const BEFORE: Readonly<Record<string, Config>> = {
  "cdn: enabled, origin open, with waf": { "web-store:waf": WAF },
  "certificate.subjectAlternativeNames: one more behind nine": {
    "web-store:certificate.subjectAlternativeNames": NINE_NAMES,
  },
  "blueGreen: releaseCommand": {
    "web-store:application": {
      source: "artifact",
      artifact: { bucket: "releases-123456789012", ...ARCHIVE },
      command: ["bin/server"],
    },
    "web-store:blueGreen": OWN_RELEASES,
  },
  ...after("web-store:proxy", STANDBY, [
    "loadBalancing.engine",
    "proxy: instanceTypes, imageId, or what HAProxy is told",
    "proxy: minSize, maxSize or bootSeconds",
    "proxy: cpuTargetPercent or requestsPerTargetPerMinute",
  ]),
  ...after("web-store:application", CONTAINER, ["loadBalancing.protocolVersion", "telemetry: otlp"]),
  ...after("web-store:loadBalancing", WEIGHTED, ["loadBalancing.instanceTypeWeights"]),
  ...after("web-store:cdn", OPEN, [
    "cdn: origin public",
    "cdn: certificateArn",
    "cdn: tlsPolicy, priceClass, originReadTimeoutSeconds, allowedCountries or blockedCountries",
    "cdn: staticPaths or staticSeconds",
  ]),
  "allowedRanges: another one": { "web-store:allowedRanges": OFFICE },
  "allowedRanges: with cdn": {
    "web-store:allowedRanges": OFFICE,
    "web-store:cdn": { enabled: true },
    "web-store:waf": WAF,
  },
  "waf: blockedRanges or trustedRanges, another one": { "web-store:waf": { ...WAF, blockedRanges: OFFICE } },
  ...after("web-store:waf", WAF, [
    "waf: blockedRanges or trustedRanges",
    "waf: rateLimits or ruleGroups",
    "waf: countOnly, rateLimitPer5Minutes, managedRules or countedRules",
    "waf: logRetentionDays",
  ]),
  ...after("web-store:internal", { enabled: true }, ["internal: sourceRanges"]),
  ...after("web-store:externalHealthCheck", { enabled: true }, [
    "externalHealthCheck: regions or failureThreshold",
    "externalHealthCheck: intervalSeconds",
  ]),
  ...after("web-store:telemetry", AGENT, [
    "fleet.memoryTargetPercent",
    "telemetry: logRetentionDays or logKeyArn",
  ]),
  ...after("web-store:network.ipv6", true, ["network.ipv6: false"]),
};

function after(key: string, value: unknown, changes: readonly string[]): Record<string, Config> {
  return Object.fromEntries(changes.map((change) => [change, { [key]: value }]));
}
const PEAK = { name: "weekend", days: ["sat"], timeZone: "Europe/Berlin" };

/** By the table's first column: the change to try. */
const TRIALS: Readonly<Record<string, Config>> = {
  domainName: { "web-store:domainName": "shop.example.com" },
  "dns: none": { "web-store:dns": "none" },
  hostedZoneName: { "web-store:hostedZoneName": "store.example.com" },
  "hostedZoneRoleArn: with the zone's name": {
    "web-store:hostedZoneName": "store.example.com",
    "web-store:hostedZoneRoleArn": "arn:aws:iam::210987654321:role/store-dns",
  },
  "certificate.subjectAlternativeNames": {
    "web-store:certificate.subjectAlternativeNames": ["www.store.example.com", "m.store.example.com"],
  },
  "certificate.subjectAlternativeNames: one more behind nine": {
    "web-store:certificate.subjectAlternativeNames": [...NINE_NAMES, "m.store.example.com"],
  },
  "certificate.arn": {
    "web-store:certificate.arn":
      "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
  },
  "certificate.keyAlgorithm": { "web-store:certificate.keyAlgorithm": "RSA_2048" },
  "certificate.validationMinutes": { "web-store:certificate.validationMinutes": 30 },
  "network.availabilityZones: one more at the end": {
    "web-store:network.availabilityZones": ["eu-west-1a", "eu-west-1b", "eu-west-1c", "eu-west-1d"],
  },
  "network.availabilityZones: without the last": {
    "web-store:network.availabilityZones": ["eu-west-1a", "eu-west-1b"],
  },
  "network.availabilityZones: any other change": {
    "web-store:network.availabilityZones": ["eu-west-1b", "eu-west-1a", "eu-west-1c"],
  },
  "network.cidrBlock": { "web-store:network.cidrBlock": "10.1.0.0/16" },
  "network.natGateways: single": { "web-store:network.natGateways": "single" },
  "network.natGateways: none": { "web-store:network.natGateways": "none" },
  "network.flowLogRetentionDays": { "web-store:network.flowLogRetentionDays": 90 },
  "network.ipv6: true": { "web-store:network.ipv6": true },
  "network.ipv6: false": { "web-store:network.ipv6": undefined },
  "network.existing": {
    "web-store:network": {
      availabilityZones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
      existing: {
        vpcId: "vpc-0123456789abcdef0",
        privateSubnetIds: [
          "subnet-0123456789abcdef0",
          "subnet-0123456789abcdef1",
          "subnet-0123456789abcdef2",
        ],
        publicSubnetIds: ["subnet-0123456789abcdef3", "subnet-0123456789abcdef4", "subnet-0123456789abcdef5"],
      },
    },
  },
  "loadBalancer.tlsPolicy": { "web-store:loadBalancer.tlsPolicy": "ELBSecurityPolicy-TLS13-1-3-2021-06" },
  "loadBalancer.idleTimeoutSeconds": { "web-store:loadBalancer.idleTimeoutSeconds": 120 },
  "loadBalancer.accessLogRetentionDays": { "web-store:loadBalancer.accessLogRetentionDays": 30 },
  "loadBalancer.connectionLogs": { "web-store:loadBalancer.connectionLogs": true },
  "loadBalancer.healthCheckLogs": { "web-store:loadBalancer.healthCheckLogs": true },
  "loadBalancer.capacityUnits": { "web-store:loadBalancer.capacityUnits": 200 },
  "loadBalancer.zonalShift": { "web-store:loadBalancer.zonalShift": true },
  "securityHeaders.hstsMaxAgeSeconds": { "web-store:securityHeaders.hstsMaxAgeSeconds": 86_400 },
  "securityHeaders.hstsIncludeSubDomains": { "web-store:securityHeaders.hstsIncludeSubDomains": true },
  "securityHeaders.contentSecurityPolicy": {
    "web-store:securityHeaders.contentSecurityPolicy": "default-src 'none'",
  },
  "healthCheck.path": { "web-store:healthCheck.path": "/health" },
  "healthCheck.intervalSeconds": { "web-store:healthCheck.intervalSeconds": 30 },
  "healthCheck.timeoutSeconds": { "web-store:healthCheck.timeoutSeconds": 10 },
  "healthCheck.healthyThreshold": { "web-store:healthCheck.healthyThreshold": 3 },
  "healthCheck.unhealthyThreshold": { "web-store:healthCheck.unhealthyThreshold": 5 },
  deletionProtection: { "web-store:deletionProtection": false },
  "loadBalancing.engine": { "web-store:loadBalancing": { engine: "haproxy" } },
  "loadBalancing.algorithm": { "web-store:loadBalancing": { algorithm: "leastOutstandingRequests" } },
  "loadBalancing.instanceProtocol": { "web-store:loadBalancing": { instanceProtocol: "https" } },
  "loadBalancing.protocolVersion": { "web-store:loadBalancing": { protocolVersion: "http2" } },
  "loadBalancing.anomalyMitigation": {
    "web-store:loadBalancing": { algorithm: "weightedRandom", anomalyMitigation: true },
  },
  "loadBalancing.slowStartSeconds": { "web-store:loadBalancing": { slowStartSeconds: 60 } },
  "loadBalancing.stickinessSeconds": { "web-store:loadBalancing": { stickinessSeconds: 600 } },
  "loadBalancing.crossZone": { "web-store:loadBalancing": { crossZone: false } },
  "loadBalancing.deregistrationDelaySeconds": { "web-store:loadBalancing.deregistrationDelaySeconds": 60 },
  "loadBalancing.instanceTypeWeights": {
    "web-store:loadBalancing.instanceTypeWeights": { "m7g.large": { weight: 2 } },
  },
  targetGroupHealth: {
    "web-store:targetGroupHealth": {
      dnsMinimumHealthyTargetCount: 2,
      dnsMinimumHealthyTargetPercentage: 50,
      routingMinimumHealthyTargetPercentage: 25,
    },
  },
  login: {
    "web-store:login": {
      cognito: {
        userPoolArn: "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEfGhI",
        clientId: "1example23456789",
        domain: "shop-customers",
      },
    },
  },
  clientCertificates: {
    "web-store:clientCertificates": { mode: "verify", caBundle: "examples/client-ca.pem" },
  },
  routes: { "web-store:routes": { feed: { priority: 100, paths: ["/feed"], action: "fixedResponse" } } },
  maintenance: { "web-store:maintenance": { enabled: true } },
  "proxy: standby": { "web-store:proxy": STANDBY },
  "proxy: instanceTypes, imageId, or what HAProxy is told": {
    "web-store:proxy": {
      ...STANDBY,
      instanceTypes: ["c7g.large"],
      imageId: "ami-0123456789abcdef0",
      maxConnections: 5000,
      maxRequestsPerInstance: 100,
      queueSeconds: 5,
      responseSeconds: 10,
      requestsPer10Seconds: 100,
      onlyOwnHosts: false,
    },
  },
  "proxy: minSize, maxSize or bootSeconds": {
    "web-store:proxy": { ...STANDBY, minSize: 3, maxSize: 6, bootSeconds: 400 },
  },
  "proxy: cpuTargetPercent or requestsPerTargetPerMinute": {
    "web-store:proxy": { ...STANDBY, cpuTargetPercent: 40, requestsPerTargetPerMinute: 20_000 },
  },
  "fleet.instanceTypes": { "web-store:fleet.instanceTypes": ["c7i.large", "c6i.large"] },
  "fleet.imageId": { "web-store:fleet.imageId": "ami-0123456789abcdef0" },
  "fleet.rootVolumeGib": { "web-store:fleet.rootVolumeGib": 16 },
  "fleet.detailedMonitoring": { "web-store:fleet.detailedMonitoring": false },
  "fleet.minSize": { "web-store:fleet.minSize": 4 },
  "fleet.maxSize": { "web-store:fleet.maxSize": 15 },
  "fleet.bootSeconds": { "web-store:fleet.bootSeconds": 180 },
  "fleet.maxInstanceLifetimeDays": { "web-store:fleet.maxInstanceLifetimeDays": 7 },
  "fleet.cpuTargetPercent": { "web-store:fleet.cpuTargetPercent": 40 },
  "fleet.memoryTargetPercent": { "web-store:fleet.memoryTargetPercent": 70 },
  "fleet.requestsPerTargetPerMinute": { "web-store:fleet.requestsPerTargetPerMinute": 2000 },
  "fleet.peakRequestsPerMinute": { "web-store:fleet.peakRequestsPerMinute": 5000 },
  "fleet.spot: percent": {
    "web-store:fleet.instanceTypes": ["m7g.large", "m6g.large"],
    "web-store:fleet.spot": { percent: 50, onDemandBase: 3 },
  },
  "fleet.spot: anything else, with percent 0": {
    "web-store:fleet.spot": {
      onDemandBase: 3,
      allocationStrategy: "capacity-optimized",
      capacityRebalance: false,
    },
  },
  "fleet.warmPool: state": { "web-store:fleet.warmPool": { state: "stopped", minSize: 1 } },
  "fleet.warmPool: state, hibernated": { "web-store:fleet.warmPool": { state: "hibernated" } },
  "fleet.warmPool: anything else, with state off": {
    "web-store:fleet.warmPool": { minSize: 1, maxPreparedCapacity: 6, reuseOnScaleIn: true },
  },
  "fleet.drainSeconds": { "web-store:fleet.drainSeconds": 60 },
  "fleet.instanceRefresh: checkpointPercents": {
    "web-store:fleet.instanceRefresh": { checkpointPercents: [10, 100] },
  },
  "fleet.instanceRefresh: checkpointDelayMinutes, without checkpointPercents": {
    "web-store:fleet.instanceRefresh": { checkpointDelayMinutes: 5 },
  },
  "fleet.instanceRefresh: alarmNames": {
    "web-store:fleet.instanceRefresh": { alarmNames: ["checkout-errors"] },
  },
  "fleet.instanceRefresh: skipMatching": { "web-store:fleet.instanceRefresh": { skipMatching: true } },
  "application: source, store": { "web-store:application": { source: "store" } },
  "application: source, artifact": {
    "web-store:application": {
      source: "artifact",
      artifact: { bucket: "releases", key: "store.tar.gz", sha256: "0".repeat(64) },
      command: ["bin/server"],
    },
  },
  "application: source, container": {
    "web-store:application": {
      source: "container",
      image: `public.ecr.aws/shop/store@sha256:${"0".repeat(64)}`,
    },
  },
  "application: anything else, with source builtin": {
    "web-store:application": {
      artifact: { bucket: "releases", key: "store.tar.gz", versionId: "v1", sha256: "0".repeat(64) },
      image: `public.ecr.aws/shop/store@sha256:${"0".repeat(64)}`,
      command: ["bin/server"],
    },
  },
  "application: permissions": {
    "web-store:application": {
      permissions: {
        orders: { actions: ["sqs:SendMessage"], resources: ["arn:aws:sqs:eu-west-1:123456789012:orders"] },
      },
    },
  },
  "application: egress": {
    "web-store:application": { egress: { postgres: { port: 5432, cidr: "10.20.0.0/16" } } },
  },
  "environment: value": { "web-store:environment": { SHOP: { value: "eu" } } },
  "environment: parameter, secretArn": {
    "web-store:environment": {
      URL: { parameter: "/store/url" },
      TOKEN: { secretArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:token-a1B2c3" },
    },
  },
  formerRelease: { "web-store:formerRelease": { parameters: ["/store/url"] } },
  applications: { "web-store:applications": { search: { priority: 200, paths: ["/search/*"] } } },
  tags: { "web-store:tags": { CostCenter: 4711 } },
  permissionsBoundary: {
    "web-store:permissionsBoundary": "arn:aws:iam::123456789012:policy/web-store-github-workloads",
  },
  "peakCalendar: minSize or maxSize": { "web-store:peakCalendar": [{ ...PEAK, minSize: 4, maxSize: 15 }] },
  "peakCalendar: warmPoolSize": { "web-store:peakCalendar": [{ ...PEAK, warmPoolSize: 2 }] },
  "peakCalendar: capacityUnits": { "web-store:peakCalendar": [{ ...PEAK, capacityUnits: 200 }] },
  "peakCalendar: muteAlarms": { "web-store:peakCalendar": [{ ...PEAK, muteAlarms: ["orders"] }] },
  "peakCalendar: freezeDeploys": { "web-store:peakCalendar": [{ ...PEAK, freezeDeploys: true }] },
  "blueGreen: enabled": { "web-store:blueGreen": { enabled: true } },
  "blueGreen: enabled, fillIdle": { "web-store:blueGreen": { enabled: true, fillIdle: true } },
  "blueGreen: enabled, fillIdle, weights": {
    "web-store:blueGreen": { enabled: true, fillIdle: true, green: { weight: 10 }, stickinessSeconds: 60 },
  },
  "blueGreen: releaseCommand": {
    "web-store:blueGreen": { ...OWN_RELEASES, releaseCommand: { command: ["bin/migrate"] } },
  },
  "blueGreen: enabled, with an empty colour's instanceProtocol": {
    "web-store:blueGreen": { enabled: true, green: { instanceProtocol: "https" } },
  },
  "blueGreen: bakeMinutes": { "web-store:blueGreen": { bakeMinutes: 60 } },
  allowedRanges: { "web-store:allowedRanges": OFFICE },
  "allowedRanges: another one": { "web-store:allowedRanges": OFFICES },
  "allowedRanges: with cdn": { "web-store:allowedRanges": OFFICES },
  "cdn: enabled, origin open": { "web-store:cdn": OPEN },
  "cdn: enabled, origin open, with waf": { "web-store:cdn": OPEN, "web-store:waf": WAF },
  "cdn: origin public": { "web-store:cdn": { ...OPEN, origin: "public" } },
  "cdn: enabled, origin vpc": { "web-store:cdn": { enabled: true } },
  "cdn: certificateArn": {
    "web-store:cdn": {
      ...OPEN,
      certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
    },
  },
  "cdn: tlsPolicy, priceClass, originReadTimeoutSeconds, allowedCountries or blockedCountries": {
    "web-store:cdn": {
      ...OPEN,
      tlsPolicy: "TLSv1.3_2025",
      priceClass: "PriceClass_All",
      originReadTimeoutSeconds: 60,
      allowedCountries: ["DE", "FR"],
    },
  },
  "cdn: staticPaths or staticSeconds": {
    "web-store:cdn": { ...OPEN, staticPaths: ["/static/*", "/images/*"], staticSeconds: 3600 },
  },
  "waf: enabled": { "web-store:waf": WAF },
  "waf: countOnly, rateLimitPer5Minutes, managedRules or countedRules": {
    "web-store:waf": {
      ...WAF,
      countOnly: true,
      rateLimitPer5Minutes: 500,
      managedRules: ["AWSManagedRulesCommonRuleSet"],
      countedRules: ["AWSManagedRulesCommonRuleSet/SizeRestrictions_BODY"],
    },
  },
  "waf: blockedRanges or trustedRanges": { "web-store:waf": { ...WAF, blockedRanges: OFFICE } },
  "waf: blockedRanges or trustedRanges, another one": { "web-store:waf": { ...WAF, blockedRanges: OFFICES } },
  "waf: rateLimits or ruleGroups": {
    "web-store:waf": { ...WAF, rateLimits: [{ name: "login", path: "/login", requestsPer5Minutes: 50 }] },
  },
  "waf: logRetentionDays": { "web-store:waf": { ...WAF, logRetentionDays: 90 } },
  "internal: enabled": { "web-store:internal": { enabled: true } },
  "internal: sourceRanges": { "web-store:internal": { enabled: true, sourceRanges: ["172.16.0.0/12"] } },
  "externalHealthCheck: enabled": { "web-store:externalHealthCheck": { enabled: true } },
  "externalHealthCheck: regions or failureThreshold": {
    "web-store:externalHealthCheck": {
      enabled: true,
      regions: ["eu-west-1", "us-east-1", "sa-east-1"],
      failureThreshold: 5,
    },
  },
  "externalHealthCheck: intervalSeconds": {
    "web-store:externalHealthCheck": { enabled: true, intervalSeconds: 10 },
  },
  "statusFunction: enabled": { "web-store:statusFunction": { enabled: true } },
  "alarms: enabled": { "web-store:alarms": { enabled: true, emailAddresses: ["oncall@example.com"] } },
  "alarms: logDelivery": {
    "web-store:alarms": { enabled: true, emailAddresses: ["oncall@example.com"], logDelivery: true },
  },
  dashboard: { "web-store:dashboard": true },
  "telemetry: agent": { "web-store:telemetry": AGENT },
  "telemetry: logRetentionDays or logKeyArn": {
    "web-store:telemetry": {
      ...AGENT,
      logRetentionDays: 90,
      logKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef",
    },
  },
  "telemetry: otlp": { "web-store:telemetry": { otlp: { endpoint: "https://otlp.example.com" } } },
  "aws:region": {
    "aws:region": "eu-central-1",
    "web-store:network.availabilityZones": ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
  },
  [STACK_NAME]: {},
};

/** A line of the document's table. */
interface Line {
  /** The setting and its change. */
  readonly change: string;
  readonly updates: string;
  readonly replaces: string;
  /** `creates …; deletes …`, one of them, or nothing. */
  readonly others: string;
  readonly how: string;
}

const lines: readonly Line[] = readFileSync(join(ROOT, "docs", "stateful-resources.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (change of|---)/.test(line))
  .map((line) => {
    const cells = line
      .slice(1, -1)
      .split(" | ")
      .map((cell) => cell.trim());
    assert.equal(cells.length, 5, `not five cells: ${line}`);
    const [change = "", updates = "", replaces = "", others = "", how = ""] = cells;
    return { change: change.replaceAll("`", ""), updates, replaces, others, how };
  });

describe("docs/stateful-resources.md", () => {
  let current: Graph;
  let protectedUrns: readonly string[];
  const changes = new Map<string, Changes>();
  /** The types in the base and in all stacks before and after a change. */
  const types = new Set<string>();

  before(async function () {
    this.timeout(900_000);
    const dir = mkdtempSync(join(tmpdir(), "stateful-"));
    const graphs = new Map<string, Graph>();
    /** A trial ends where another one begins, so each stack is rehearsed once. */
    const up = async (stack: string, config: Config): Promise<Graph> => {
      const text = stackFile(config);
      const key = `${stack}\n${text}`;
      const path = join(dir, `${graphs.size}.yaml`);
      const graph = graphs.get(key) ?? new Graph(stackJson(await rehearseUp(stack, path, text)));
      graphs.set(key, graph);
      return graph;
    };
    try {
      const rehearsal = await rehearseUp(STACK, join(dir, "current.yaml"), stackFile(base));
      current = new Graph(stackJson(rehearsal));
      protectedUrns = rehearsal.resources.filter(({ protect }) => protect).map(({ urn }) => urn);
      for (const [change, config] of Object.entries(TRIALS)) {
        const stack = change === STACK_NAME ? RENAMED : STACK;
        const start = await up(STACK, { ...base, ...BEFORE[change] });
        const end = await up(stack, { ...base, ...BEFORE[change], ...config });
        for (const { type } of [...start.resources, ...end.resources]) types.add(type);
        changes.set(change, changesBetween(start, stack === STACK ? end : keepingIds(end, start)));
      }
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });

  it("has a line for every setting, in order, then for the Region and the stack's name", () => {
    const settings = lines.map(({ change }) => change.split(": ")[0]);
    assert.deepEqual(
      settings.filter((setting, index) => setting !== settings[index - 1]),
      [...Object.entries(schema).flatMap(placesIn), "aws:region", STACK_NAME],
    );
  });

  it("has a line for every test case, and a test case for every line", () => {
    assert.deepEqual(
      lines.map(({ change }) => change),
      Object.keys(TRIALS),
    );
  });

  for (const line of lines) {
    it(`is right about ${line.change}`, () => {
      const made = changes.get(line.change);
      assert.ok(made, `no trial of ${line.change}`);
      const all = kindsOf(current.resources.filter(({ type }) => type.startsWith("aws:")));
      const known = [...types].map((type) => kindOf({ type }));
      const kindsIn = (cell: string): string[] => kindsNamed(cell, all, known);
      assert.deepEqual(
        {
          updates: kindsIn(line.updates),
          replaces: kindsIn(line.replaces),
          creates: kindsIn(part(line.others, "creates")),
          deletes: kindsIn(part(line.others, "deletes")),
          rollsTheFleet: line.how.includes("Rolls the fleet"),
          isRefused: line.how.startsWith("**Refused**"),
        },
        {
          updates: kindsOf(made.updated.map(({ resource }) => resource)),
          replaces: kindsOf(made.replaced.map(({ resource }) => resource)),
          creates: kindsOf(made.created),
          deletes: kindsOf(made.deleted),
          rollsTheFleet: rollsTheFleet(made),
          isRefused: lostIn(made).some(({ urn }) => protectedUrns.includes(urn)),
        },
      );
    });
  }

  it("is right that the load balancer, its security group and the log bucket are protected", () => {
    const names = protectedUrns.map((urn) => urn.split("$").at(-1));
    assert.deepEqual(names.sort(), [
      "aws:ec2/securityGroup:SecurityGroup::web-store-load-balancer",
      "aws:lb/loadBalancer:LoadBalancer::web-store-alb",
      "aws:s3/bucket:Bucket::web-store-access-logs",
    ]);
  });

  it("is right that only range, VPC, Region, an internal balancer and another instance protocol replace what holds data or traffic", () => {
    const precious = [
      "Bucket",
      "Distribution",
      "Group",
      "Listener",
      "LoadBalancer",
      "LogGroup",
      "TargetGroup",
      "Vpc",
    ];
    const costly = [...changes]
      .filter(([, made]) => lostIn(made).some((resource) => precious.includes(kindOf(resource))))
      .map(([change]) => change);
    assert.deepEqual(costly.sort(), [
      "aws:region",
      "cdn: enabled, origin open, with waf",
      "cdn: enabled, origin vpc",
      "internal: enabled",
      "loadBalancing.instanceProtocol",
      "loadBalancing.protocolVersion",
      "network.cidrBlock",
      "network.existing",
    ]);
  });

  it("is right that replacements are created first: no replaced resource has an explicit name that the old one holds", () => {
    for (const [change, { replaced }] of changes) {
      for (const { resource, inputs } of replaced) {
        const name =
          resource.inputs["name"] ?? (kindOf(resource) === "Bucket" ? resource.inputs["bucket"] : undefined);
        const isElsewhere = inputs.includes("zoneId") || inputs.includes("region");
        if (name === undefined || isElsewhere) continue;
        assert.match(text(name), /-[0-9a-f]{7}$/, `${change}: ${resource.urn}`);
      }
    }
  });
});

/** The places of a setting; for a group whose name alone says little, those of its settings. */
function placesIn([name, setting]: [string, Setting<unknown>]): string[] {
  const isTold = lines.some(({ change }) => change.startsWith(`${name}.`));
  return isTold ? Object.keys(shapeOf(setting).entries ?? {}).map((field) => `${name}.${field}`) : [name];
}

async function rehearseUp(stack: string, path: string, text: string): Promise<Rehearsal> {
  writeFileSync(path, text);
  const rehearsal = await unjudged([stack, "--config-file", path, "--mode", "up"]);
  assert.equal(rehearsal.verdict, "clean", text);
  return rehearsal;
}

/**
 * The kinds of resources that a cell names, or all others if it names exceptions.
 *
 * @param all - the kinds in the base
 * @param known - the kinds that changes may add
 */
function kindsNamed(cell: string, all: readonly string[], known: readonly string[]): string[] {
  const named = [...cell.matchAll(/`(\w+)`/g)].map(([, kind = ""]) => kind);
  const unknown = named.filter((kind) => !known.includes(kind));
  assert.deepEqual(unknown, [], `the store has no ${unknown.join(", ")}`);
  return cell.startsWith("everything but") ? all.filter((kind) => !named.includes(kind)) : named.sort();
}

function part(cell: string, verb: "creates" | "deletes"): string {
  return cell.split("; ").find((one) => one.startsWith(verb)) ?? "";
}

/** `aws:ec2/subnet:Subnet` is a `Subnet`. */
function kindOf({ type }: Pick<JsonResource, "type">): string {
  return type.split(":")[2] ?? "";
}

function kindsOf(resources: readonly JsonResource[]): string[] {
  return [...new Set(resources.map(kindOf))].sort();
}

/** Resources that are removed, with or without a replacement. */
function lostIn({ replaced, deleted }: Changes): JsonResource[] {
  return [...replaced.map(({ resource }) => resource), ...deleted];
}

/**
 * Whether the provider starts an instance refresh.
 *
 * @see https://www.pulumi.com/registry/packages/aws/api-docs/autoscaling/group/ (instanceRefresh, triggers)
 */
function rollsTheFleet({ updated }: Changes): boolean {
  const group = updated.find(({ resource }) => kindOf(resource) === "Group");
  return ["launchTemplate", "mixedInstancesPolicy"].some((input) => group?.inputs.includes(input));
}

/**
 * The graph after `pulumi stack rename`, which keeps what AWS generated: ids, ARNs, automatic names. The rehearsal
 * derives these from URNs, and therefore from the stack's name.
 */
function keepingIds(renamed: Graph, original: Graph): Graph {
  const withOldUrns = (json: string): string =>
    json.replaceAll(`urn:pulumi:${RENAMED}::`, `urn:pulumi:${STACK}::`);
  const originals = new Map(original.resources.map(({ urn, outputs }) => [urn, outputs]));
  const kept = new Map<string, string>();
  const pair = (now: Value | undefined, was: Value | undefined): void => {
    if (typeof now === "string" && typeof was === "string") {
      if (now !== was && now !== RENAMED) kept.set(now, was);
    } else if (typeof now === "object" && typeof was === "object" && now !== null && was !== null) {
      for (const [key, value] of Object.entries(now)) pair(value, (was as Record<string, Value>)[key]);
    }
  };
  for (const { urn, outputs } of renamed.resources) pair(outputs, originals.get(withOldUrns(urn)));

  const longestFirst = [...kept].sort(([a], [b]) => b.length - a.length);
  const json = longestFirst.reduce(
    (all, [now, was]) => all.replaceAll(now, was),
    withOldUrns(JSON.stringify(renamed.stack)),
  );
  return new Graph(parsed<JsonStack>(json));
}

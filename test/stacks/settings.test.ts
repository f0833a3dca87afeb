import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { parse } from "yaml";

import { usableAddresses, planSubnets } from "../../components/network/cidr";
import {
  type Configuration,
  describeViolations,
  readSettings,
  schema,
  validate,
} from "../../stacks/settings";
import { MOVED } from "../../stacks/settings/former";
import { shapeOf } from "../../stacks/settings/read";
import { settingsFiles } from "../../tools/generate/settings";
import { configured, isAccepted, messageOf, settingsOf } from "../support/settings";

describe("settings", () => {
  it("have the documented defaults", () => {
    assert.deepEqual(settingsOf(), {
      region: "eu-west-1",
      defaultTags: { tags: {} },
      domainName: "store.example.com",
      dns: "route53",
      hostedZoneName: "example.com",
      certificate: { subjectAlternativeNames: [], keyAlgorithm: "EC_prime256v1", validationMinutes: 15 },
      network: {
        availabilityZones: ["eu-west-1a", "eu-west-1b"],
        cidrBlock: "10.0.0.0/16",
        natGateways: "single",
        flowLogRetentionDays: 30,
        ipv6: false,
      },
      loadBalancer: {
        tlsPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
        idleTimeoutSeconds: 60,
        accessLogRetentionDays: 90,
        connectionLogs: false,
        healthCheckLogs: false,
        zonalShift: false,
      },
      login: { scope: "openid", sessionTimeoutSeconds: 604800, onUnauthenticatedRequest: "authenticate" },
      securityHeaders: {
        hstsMaxAgeSeconds: 31536000,
        hstsIncludeSubDomains: false,
        contentSecurityPolicy:
          "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
      },
      healthCheck: {
        path: "/healthz",
        intervalSeconds: 15,
        timeoutSeconds: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
      },
      deletionProtection: true,
      loadBalancing: {
        engine: "alb",
        instanceProtocol: "http",
        protocolVersion: "http1",
        algorithm: "roundRobin",
        anomalyMitigation: false,
        stickinessSeconds: 0,
        crossZone: true,
        deregistrationDelaySeconds: 30,
        instanceTypeWeights: {},
      },
      targetGroupHealth: {
        dnsMinimumHealthyTargetCount: 1,
        dnsMinimumHealthyTargetPercentage: 0,
        routingMinimumHealthyTargetPercentage: 0,
      },
      routes: {},
      maintenance: { enabled: false, page: settingsOf().maintenance.page },
      proxy: {
        standby: false,
        instanceTypes: ["t4g.small"],
        minSize: 2,
        maxSize: 4,
        bootSeconds: 300,
        cpuTargetPercent: 50,
        requestsPerTargetPerMinute: 30000,
        maxConnections: 20000,
        maxRequestsPerInstance: 200,
        queueSeconds: 10,
        responseSeconds: 30,
        requestsPer10Seconds: 1000,
        onlyOwnHosts: true,
      },
      fleet: {
        instanceTypes: ["t4g.small"],
        rootVolumeGib: 8,
        detailedMonitoring: true,
        minSize: 2,
        maxSize: 4,
        bootSeconds: 300,
        maxInstanceLifetimeDays: 30,
        cpuTargetPercent: 50,
        requestsPerTargetPerMinute: 1000,
        spot: {
          percent: 0,
          onDemandBase: 0,
          allocationStrategy: "price-capacity-optimized",
          capacityRebalance: true,
        },
        warmPool: { state: "off", minSize: 0, reuseOnScaleIn: false },
        drainSeconds: 0,
        instanceRefresh: {
          checkpointPercents: [],
          checkpointDelayMinutes: 60,
          alarmNames: [],
          skipMatching: false,
        },
      },
      application: { source: "builtin", artifact: {}, command: [], permissions: {}, egress: {} },
      environment: {},
      formerRelease: { objects: [], images: [], parameters: [], secretArns: [], keyArns: [] },
      applications: {},
      tags: {},
      peakCalendar: [],
      blueGreen: {
        enabled: false,
        live: "blue",
        fillIdle: false,
        blue: { weight: 100, instanceTypes: [] },
        green: { weight: 0, instanceTypes: [] },
        stickinessSeconds: 0,
        bakeMinutes: 30,
        releaseCommand: { command: [], timeoutSeconds: 900, logRetentionDays: 90 },
      },
      cdn: {
        enabled: false,
        origin: "vpc",
        tlsPolicy: "TLSv1.2_2021",
        priceClass: "PriceClass_100",
        staticPaths: ["/static/*"],
        staticSeconds: 86400,
        originReadTimeoutSeconds: 30,
        allowedCountries: [],
        blockedCountries: [],
      },
      allowedRanges: [],
      waf: {
        enabled: false,
        countOnly: false,
        blockedRanges: [],
        trustedRanges: [],
        rateLimits: [],
        ruleGroups: [],
        rateLimitPer5Minutes: 2000,
        managedRules: [
          "AWSManagedRulesAmazonIpReputationList",
          "AWSManagedRulesCommonRuleSet",
          "AWSManagedRulesKnownBadInputsRuleSet",
          "AWSManagedRulesSQLiRuleSet",
        ],
        countedRules: [],
        logRetentionDays: 30,
      },
      internal: { enabled: false, sourceRanges: [] },
      externalHealthCheck: {
        enabled: false,
        regions: ["eu-west-1", "us-east-1", "us-west-2"],
        intervalSeconds: 30,
        failureThreshold: 3,
      },
      statusFunction: { enabled: false, logRetentionDays: 30 },
      // settings/monitoring.test.ts checks these in full.
      alarms: settingsOf().alarms,
      dashboard: false,
      telemetry: { agent: "none", logRetentionDays: 30, otlp: {} },
    });
  });

  it("have the types of their values, in whatever form the text comes", () => {
    const settings = settingsOf({
      "fleet.minSize": "1",
      deletionProtection: "false",
      "network.natGateways": "perZone",
    });
    assert.equal(settings.fleet.minSize, 1);
    assert.equal(settings.deletionProtection, false);
    assert.equal(settings.network.natGateways, "perZone");
  });

  it("are frozen, including lists", () => {
    for (const settings of [
      settingsOf(),
      settingsOf({ "certificate.subjectAlternativeNames": '["www.example.com"]' }),
    ]) {
      assert(Object.isFrozen(settings));
      for (const [key, value] of Object.entries(settings)) assert(Object.isFrozen(value), key);
    }
  });

  it("accept the certificate for the zone's apex, with its wildcard", () => {
    const settings = settingsOf({
      domainName: "example.com",
      "certificate.subjectAlternativeNames": '["*.example.com"]',
    });
    assert.deepEqual(settings.certificate.subjectAlternativeNames, ["*.example.com"]);
  });

  it("ignore other namespaces of the configuration", () => {
    assert.deepEqual(settingsOf({ "aws:profile": "shop", "other:minsize": "x" }), settingsOf());
  });
});

describe("bad settings", () => {
  const table: { title: string; set: Record<string, string | undefined>; fault: string[] }[] = [
    {
      title: "an invalid domain name",
      set: { domainName: "https://store.example.com" },
      fault: [
        "web-store:domainName",
        "  got:     https://store.example.com",
        "  allowed: a lowercase DNS name of at most 64 characters",
        "  remedy:  for example: pulumi config set web-store:domainName store.example.com",
      ],
    },
    {
      title: "an address in place of a domain name",
      set: { domainName: "203.0.113.10" },
      fault: [
        "web-store:domainName",
        "  got:     203.0.113.10",
        "  allowed: a lowercase DNS name of at most 64 characters",
        "  remedy:  for example: pulumi config set web-store:domainName store.example.com",
      ],
    },
    {
      title: "a missing domain name",
      set: { domainName: undefined },
      fault: [
        "web-store:domainName",
        "  got:     nothing",
        "  allowed: a lowercase DNS name of at most 64 characters",
        "  remedy:  for example: pulumi config set web-store:domainName store.example.com",
      ],
    },
    {
      title: "a key without a value in the stack file, which Pulumi hands over as an empty string",
      set: { hostedZoneName: "" },
      fault: [
        "web-store:hostedZoneName",
        "  got:     an empty string",
        "  allowed: a DNS name in lower case",
        "  remedy:  for example: pulumi config set web-store:hostedZoneName example.com",
      ],
    },
    {
      title: "a missing hosted zone",
      set: { hostedZoneName: undefined },
      fault: [
        "web-store:hostedZoneName",
        "  got:     nothing",
        "  allowed: a DNS name in lower case, where dns is route53",
        "  remedy:  for example: pulumi config set web-store:hostedZoneName example.com; without a hosted zone in Route 53: pulumi config set web-store:dns none",
      ],
    },
    {
      title: "a role without a hosted zone",
      set: { dns: "none", hostedZoneRoleArn: "arn:aws:iam::210987654321:role/store-dns" },
      fault: [
        "web-store:hostedZoneRoleArn",
        "  got:     arn:aws:iam::210987654321:role/store-dns",
        "  allowed: no value, where dns is none: the stack uses no hosted zone",
        "  remedy:  remove hostedZoneRoleArn, or set dns to route53",
      ],
    },
    {
      title: "the ARN of a role's session",
      set: { hostedZoneRoleArn: "arn:aws:sts::210987654321:assumed-role/store-dns/ann" },
      fault: [
        "web-store:hostedZoneRoleArn",
        "  got:     arn:aws:sts::210987654321:assumed-role/store-dns/ann",
        "  allowed: the ARN of an IAM role",
        "  remedy:  for example: pulumi config set web-store:hostedZoneRoleArn arn:aws:iam::210987654321:role/store-dns",
      ],
    },
    {
      title: "an unknown value of dns",
      set: { dns: "cloudflare" },
      fault: [
        "web-store:dns",
        "  got:     cloudflare",
        "  allowed: route53, none",
        "  remedy:  for example: pulumi config set web-store:dns route53",
      ],
    },
    {
      title: "a domain name longer than a certificate's common name",
      set: { domainName: `${"a".repeat(60)}.example.com` },
      fault: [
        "web-store:domainName",
        `  got:     ${"a".repeat(60)}.example.com`,
        "  allowed: a lowercase DNS name of at most 64 characters",
        "  remedy:  for example: pulumi config set web-store:domainName store.example.com",
      ],
    },
    {
      title: "a domain name outside the hosted zone",
      set: { domainName: "store.example.org" },
      fault: [
        "web-store:domainName",
        "  got:     store.example.org",
        "  allowed: example.com or a name that ends in .example.com, the zone in hostedZoneName",
        "  remedy:  choose a name in example.com, or set hostedZoneName to the zone that holds store.example.org",
      ],
    },
    {
      title: "a domain name that ends like the hosted zone, without a dot between",
      set: { domainName: "store.notexample.com" },
      fault: [
        "web-store:domainName",
        "  got:     store.notexample.com",
        "  allowed: example.com or a name that ends in .example.com, the zone in hostedZoneName",
        "  remedy:  choose a name in example.com, or set hostedZoneName to the zone that holds store.notexample.com",
      ],
    },
    {
      title: "alternative names that are not a list",
      set: { "certificate.subjectAlternativeNames": "www.example.com" },
      fault: [
        "web-store:certificate.subjectAlternativeNames",
        "  got:     www.example.com",
        "  allowed: up to 100 different lowercase DNS names, with or without a leading *.",
        "  remedy:  for example: subjectAlternativeNames: [www.store.example.com]",
      ],
    },
    {
      title: "alternative names outside the hosted zone",
      set: { "certificate.subjectAlternativeNames": '["www.example.com","*.example.org"]' },
      fault: [
        "web-store:certificate.subjectAlternativeNames",
        '  got:     ["www.example.com","*.example.org"]',
        "  allowed: names that end in .example.com, the zone in hostedZoneName: the certificate is validated by records there",
        "  remedy:  remove *.example.org",
      ],
    },
    {
      title: "an alternative name that repeats the domain name",
      set: { "certificate.subjectAlternativeNames": '["store.example.com"]' },
      fault: [
        "web-store:certificate.subjectAlternativeNames",
        '  got:     ["store.example.com"]',
        "  allowed: names other than domainName, store.example.com",
        "  remedy:  remove store.example.com",
      ],
    },
    {
      title: "fewer zones than a load balancer needs",
      set: { "network.availabilityZones": '["eu-west-1a"]' },
      fault: [
        "web-store:network.availabilityZones",
        '  got:     ["eu-west-1a"]',
        "  allowed: 2 to 4 different zone names",
        "  remedy:  for example: availabilityZones: [eu-west-1a, eu-west-1b]",
      ],
    },
    {
      title: "the same zone twice",
      set: { "network.availabilityZones": '["eu-west-1a","eu-west-1a"]' },
      fault: [
        "web-store:network.availabilityZones",
        '  got:     ["eu-west-1a","eu-west-1a"]',
        "  allowed: 2 to 4 different zone names",
        "  remedy:  for example: availabilityZones: [eu-west-1a, eu-west-1b]",
      ],
    },
    {
      title: "zones outside the Region",
      set: { "network.availabilityZones": '["eu-west-1a","us-east-1b","eu-west-1-lon-1a"]' },
      fault: [
        "web-store:network.availabilityZones",
        '  got:     ["eu-west-1a","us-east-1b","eu-west-1-lon-1a"]',
        "  allowed: zones of aws:region, such as eu-west-1a: a load balancer spans one Region, and no Local Zone",
        "  remedy:  replace us-east-1b, eu-west-1-lon-1a, or change aws:region",
      ],
    },
    ...(
      [
        [
          "web-store:statusFunction",
          "statusFunction: { enabled: true }",
          "enabled, reservedConcurrency, logRetentionDays",
        ],
        ["aws:defaultTags", "defaultTags: { tags: { Team: shop } }", "tags, a mapping of names to strings"],
      ] as const
    ).map(([key, line, fields]) => ({
      title: `${key} in a word, with its line in a stack file`,
      set: { [key]: "on" },
      fault: [
        key,
        "  got:     on",
        `  allowed: a mapping with ${fields}`,
        `  remedy:  for example, in the stack file: ${key.split(":")[0]}:${line}`,
      ],
    })),
    {
      title: "no Region",
      set: { "aws:region": undefined },
      fault: [
        "aws:region",
        "  got:     nothing",
        "  allowed: the name of an AWS Region",
        "  remedy:  for example: pulumi config set aws:region eu-west-1",
      ],
    },
    {
      title: "a range of public addresses",
      set: { "network.cidrBlock": "8.8.0.0/16" },
      fault: [
        "web-store:network.cidrBlock",
        "  got:     8.8.0.0/16",
        "  allowed: a range from /16 to /23 within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, without bits set after the prefix",
        "  remedy:  for example: pulumi config set --path 'web-store:network.cidrBlock' 10.0.0.0/16",
      ],
    },
    {
      title: "a VPC range too small for its subnets",
      set: { "network.cidrBlock": "10.0.0.0/24" },
      fault: [
        "web-store:network.cidrBlock",
        "  got:     10.0.0.0/24",
        "  allowed: a range from /16 to /23 within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, without bits set after the prefix",
        "  remedy:  for example: pulumi config set --path 'web-store:network.cidrBlock' 10.0.0.0/16",
      ],
    },
    {
      title: "a VPC range too small for its instances",
      set: { "network.cidrBlock": "10.0.0.0/23", "fleet.maxSize": "100" },
      fault: [
        "web-store:network.cidrBlock",
        "  got:     10.0.0.0/23",
        "  allowed: a range whose 2 private subnets hold 150 addresses: maxSize, and room to replace instances",
        "  remedy:  choose a larger range (this one holds 118), or lower maxSize, 100",
      ],
    },
    {
      title: "a NAT strategy under awsx's name",
      set: { "network.natGateways": "OnePerAz" },
      fault: [
        "web-store:network.natGateways",
        "  got:     OnePerAz",
        "  allowed: none, single, perZone",
        "  remedy:  for example: pulumi config set --path 'web-store:network.natGateways' single",
      ],
    },
    {
      title: "a TLS policy that allows TLS 1.0",
      set: { "loadBalancer.tlsPolicy": "ELBSecurityPolicy-TLS13-1-0-PQ-2025-09" },
      fault: [
        "web-store:loadBalancer.tlsPolicy",
        "  got:     ELBSecurityPolicy-TLS13-1-0-PQ-2025-09",
        "  allowed: ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09, ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09, " +
          "ELBSecurityPolicy-TLS13-1-2-Res-2021-06, ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04, " +
          "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09, ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09, " +
          "ELBSecurityPolicy-TLS13-1-3-2021-06, ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04",
        "  remedy:  for example: pulumi config set --path 'web-store:loadBalancer.tlsPolicy' ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      ],
    },
    {
      title: "a health check that is not a path",
      set: { "healthCheck.path": "healthz" },
      fault: [
        "web-store:healthCheck.path",
        "  got:     healthz",
        "  allowed: a path that begins with /, of letters, digits and - . _ ~ /, at most 1,024 characters",
        "  remedy:  for example: pulumi config set --path 'web-store:healthCheck.path' /healthz",
      ],
    },
    {
      title: "an instance type that does not run Linux",
      set: { "fleet.instanceTypes": '["t4g.small","mac2.metal"]' },
      fault: [
        "web-store:fleet.instanceTypes",
        '  got:     ["t4g.small","mac2.metal"]',
        "  allowed: 1 to 10 different EC2 instance types that run Linux",
        "  remedy:  for example: instanceTypes: [t4g.small]",
      ],
    },
    {
      title: "instance types of two architectures",
      set: { "fleet.instanceTypes": '["m7g.large","m7i.large","m6i.large"]' },
      fault: [
        "web-store:fleet.instanceTypes",
        '  got:     ["m7g.large","m7i.large","m6i.large"]',
        "  allowed: types of one architecture, that of the image: m7g.large is arm64",
        "  remedy:  remove m7i.large, m6i.large, or put only those here",
      ],
    },
    {
      title: "an AMI's name instead of its ID",
      set: { "fleet.imageId": "al2023" },
      fault: [
        "web-store:fleet.imageId",
        "  got:     al2023",
        "  allowed: the id of a machine image in aws:region",
        "  remedy:  for example: pulumi config set --path 'web-store:fleet.imageId' ami-0123456789abcdef0",
      ],
    },
    {
      title: "a certificate that is not from ACM",
      set: { "certificate.arn": "arn:aws:iam::123456789012:server-certificate/store" },
      fault: [
        "web-store:certificate.arn",
        "  got:     arn:aws:iam::123456789012:server-certificate/store",
        "  allowed: the ARN of a certificate in ACM",
        "  remedy:  for example: pulumi config set --path 'web-store:certificate.arn' arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
      ],
    },
    {
      title: "a certificate in another Region",
      set: {
        "certificate.arn":
          "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
      },
      fault: [
        "web-store:certificate.arn",
        "  got:     arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
        "  allowed: a certificate in aws:region, eu-west-1: a load balancer uses no other",
        "  remedy:  request or import the certificate in eu-west-1, or leave certificate.arn out to have one created",
      ],
    },
    {
      title: "a key algorithm that ACM supports for private certificates only",
      set: { "certificate.keyAlgorithm": "RSA_4096" },
      fault: [
        "web-store:certificate.keyAlgorithm",
        "  got:     RSA_4096",
        "  allowed: EC_prime256v1, EC_secp384r1, RSA_2048",
        "  remedy:  for example: pulumi config set --path 'web-store:certificate.keyAlgorithm' EC_prime256v1",
      ],
    },
    {
      title: "a retention that CloudWatch Logs does not support",
      set: { "network.flowLogRetentionDays": "31" },
      fault: [
        "web-store:network.flowLogRetentionDays",
        "  got:     31",
        "  allowed: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
        "  remedy:  for example: pulumi config set --path 'web-store:network.flowLogRetentionDays' 30",
      ],
    },
    {
      title: "a header value that would start another header",
      set: { "securityHeaders.contentSecurityPolicy": "default-src 'self'\nSet-Cookie: a=b" },
      fault: [
        "web-store:securityHeaders.contentSecurityPolicy",
        "  got:     default-src 'self'\nSet-Cookie: a=b",
        "  allowed: up to 1,024 visible ASCII characters and spaces, or an empty string",
        "  remedy:  for example: pulumi config set --path 'web-store:securityHeaders.contentSecurityPolicy' \"default-src 'self'\"",
      ],
    },
    {
      title: "a health check that may take longer than the interval",
      set: { "healthCheck.timeoutSeconds": "15" },
      fault: [
        "web-store:healthCheck.timeoutSeconds",
        "  got:     15",
        "  allowed: less than healthCheck.intervalSeconds, 15",
        "  remedy:  lower healthCheck.timeoutSeconds below 15, or raise healthCheck.intervalSeconds above 15",
      ],
    },
    {
      title: "a boot time that ends before an instance can be healthy",
      set: {
        "fleet.bootSeconds": "120",
        "healthCheck.healthyThreshold": "5",
        "healthCheck.intervalSeconds": "30",
      },
      fault: [
        "web-store:fleet.bootSeconds",
        "  got:     120",
        "  allowed: at least 150: healthCheck.healthyThreshold, 5, checks at an interval of 30 s",
        "  remedy:  raise bootSeconds to 150 and the time that booting takes, or check more often",
      ],
    },
    {
      title: "a peak that the instances do not carry after the loss of a zone",
      set: {
        "fleet.peakRequestsPerMinute": "9000",
        "fleet.maxSize": "12",
        "network.availabilityZones": '["eu-west-1a","eu-west-1b","eu-west-1c"]',
      },
      fault: [
        "web-store:fleet.peakRequestsPerMinute",
        "  got:     9000",
        "  allowed: at most 8000: of maxSize, 12, instances in 3 zones, 8 are left when a zone is lost, for requestsPerTargetPerMinute, 1000, each",
        "  remedy:  raise maxSize to 14, or use larger instances and raise requestsPerTargetPerMinute",
      ],
    },
    {
      title: "an invalid number",
      set: { "fleet.maxSize": "many" },
      fault: [
        "web-store:fleet.maxSize",
        "  got:     many",
        "  allowed: a whole number from 1 to 1000",
        "  remedy:  for example: pulumi config set --path 'web-store:fleet.maxSize' 4",
      ],
    },
    {
      title: "a fraction",
      set: { "fleet.cpuTargetPercent": "49.5" },
      fault: [
        "web-store:fleet.cpuTargetPercent",
        "  got:     49.5",
        "  allowed: a whole number from 10 to 90",
        "  remedy:  for example: pulumi config set --path 'web-store:fleet.cpuTargetPercent' 50",
      ],
    },
    {
      title: "health checks that take minutes to notice an unhealthy instance",
      set: { "healthCheck.intervalSeconds": "61", "fleet.bootSeconds": "200" },
      fault: [
        "web-store:healthCheck.unhealthyThreshold",
        "  got:     3 (default)",
        "  allowed: checks that detect an unhealthy instance within 180 seconds: 3 checks at an interval of 61 s take 183",
        "  remedy:  lower healthCheck.unhealthyThreshold, or healthCheck.intervalSeconds to 60",
      ],
    },
    {
      title: "a number out of range",
      set: { "loadBalancing.deregistrationDelaySeconds": "301" },
      fault: [
        "web-store:loadBalancing.deregistrationDelaySeconds",
        "  got:     301",
        "  allowed: a whole number from 0 to 300",
        "  remedy:  for example: pulumi config set --path 'web-store:loadBalancing.deregistrationDelaySeconds' 30",
      ],
    },
    {
      title: "yes, which YAML no longer reads as true",
      set: { deletionProtection: "yes" },
      fault: [
        "web-store:deletionProtection",
        "  got:     yes",
        "  allowed: true, false",
        "  remedy:  for example: pulumi config set web-store:deletionProtection true",
      ],
    },
    {
      title: "a minimum size above the maximum",
      set: { "fleet.minSize": "9", "fleet.maxSize": "3" },
      fault: [
        "web-store:fleet.minSize",
        "  got:     9",
        "  allowed: at most maxSize, 3",
        "  remedy:  lower minSize to 3, or raise maxSize to 9",
      ],
    },
    {
      title: "a default minimum size above the maximum",
      set: { "fleet.maxSize": "1" },
      fault: [
        "web-store:fleet.minSize",
        "  got:     2 (default)",
        "  allowed: at most maxSize, 1",
        "  remedy:  lower minSize to 1, or raise maxSize to 2",
      ],
    },
    {
      title: "a mistyped key, whose value may be a secret",
      set: { minsize: "hunter2" },
      fault: [
        "web-store:minsize",
        "  got:     a key that no setting has",
        "  allowed: web-store:fleet.minSize",
        "  remedy:  did you mean fleet.minSize? Rename it in the stack file, or: pulumi config rm web-store:minsize",
      ],
    },
    {
      title: "an unknown key that every JavaScript object has",
      set: { constructor: "x" },
      fault: [
        "web-store:constructor",
        "  got:     a key that no setting has",
        `  allowed: ${Object.keys(schema).join(", ")}`,
        "  remedy:  pulumi config rm web-store:constructor",
      ],
    },
  ];

  for (const { title, set, fault } of table) {
    it(`are refused: ${title}`, () => {
      const heading = "Stack dev has 1 setting to correct. Nothing was created or changed.";
      assert.equal(messageOf(set), `${heading}\n\n${fault.join("\n")}`);
    });
  }

  it("are all reported at once", () => {
    const message = messageOf({
      domainName: undefined,
      "network.natGateways": "two",
      "fleet.minSize": "9",
      minsize: "1",
      "fleet.bootSeconds": "",
    });
    assert.match(message, /^Stack dev has 5 settings to correct\. Nothing was created or changed\.\n/);
    assert.deepEqual(message.match(/^web-store:[\w.]+/gm), [
      "web-store:domainName",
      "web-store:network.natGateways",
      "web-store:fleet.bootSeconds",
      "web-store:fleet.minSize",
      "web-store:minsize",
    ]);
  });

  it("of version 0.1 that have moved are reported with their new place", () => {
    const told = messageOf(Object.fromEntries(Object.keys(MOVED).map((key) => [key, "x"])));
    for (const [key, place] of Object.entries(MOVED)) {
      const [group = "", field = ""] = place.split(".");
      assert.ok(Object.hasOwn(shapeOf(schema[group as keyof typeof schema]).entries ?? {}, field), key);
      assert.ok(
        told.includes(
          [
            `\n\nweb-store:${key}`,
            "  got:     a key of version 0.1",
            `  allowed: web-store:${place}`,
            `  remedy:  it is now ${place}: npm run migrate-settings -- FILE rewrites a stack file`,
          ].join("\n"),
        ),
        told,
      );
    }
  });

  it("are each reported once: a setting that is wrong itself takes part in no constraint", () => {
    assert.match(messageOf({ "fleet.maxSize": "0", "fleet.minSize": "9" }), /^Stack dev has 1 setting /);
    assert.match(messageOf({ "aws:region": "Ireland" }), /^Stack dev has 1 setting /);
  });
});

describe("constraints", () => {
  const sizes = fc.integer({ min: 1, max: 1000 });

  it("accept sizes in order, and no others", () => {
    fc.assert(
      fc.property(sizes, sizes, (minSize, maxSize) => {
        assert.equal(
          isAccepted({ "fleet.minSize": String(minSize), "fleet.maxSize": String(maxSize) }),
          minSize <= maxSize,
        );
      }),
    );
  });

  it("accept a health check that ends before the next begins, and a boot time in which an instance can pass it", () => {
    const seconds = fc.integer({ min: 5, max: 120 });
    fc.assert(
      fc.property(seconds, seconds, fc.integer({ min: 2, max: 10 }), (timeout, interval, threshold) => {
        const check = {
          "healthCheck.timeoutSeconds": String(timeout),
          "healthCheck.intervalSeconds": String(interval),
          "healthCheck.healthyThreshold": String(threshold),
        };
        const least = threshold * interval;
        const isNoticedInTime = 3 * interval <= 180;
        assert.equal(
          isAccepted({ ...check, "fleet.bootSeconds": String(Math.max(30, least)) }),
          timeout < interval && isNoticedInTime,
        );
        if (least > 30) assert(!isAccepted({ ...check, "fleet.bootSeconds": String(least - 1) }));
      }),
    );
  });

  it("accept names in the hosted zone, and no others", () => {
    const label = fc.stringMatching(/^[a-z0-9]{1,10}$/);
    fc.assert(
      fc.property(fc.array(label, { maxLength: 2 }), label, fc.boolean(), (labels, tail, inside) => {
        const name = [...labels, inside ? "example.com" : `${tail}example.com`].join(".");
        assert.equal(isAccepted({ domainName: name }), inside);
        assert.equal(
          isAccepted({ "certificate.subjectAlternativeNames": JSON.stringify([`*.${name}`]) }),
          inside,
        );
      }),
    );
  });

  it("accept instance types of one architecture, and no others", () => {
    const types = {
      arm64: ["t4g.small", "m7g.large", "c7gn.large"],
      x86_64: ["t3.small", "m7i.large", "c7a.large"],
    };
    fc.assert(
      fc.property(fc.subarray(types.arm64), fc.subarray(types.x86_64), (arm, x86) => {
        fc.pre(arm.length + x86.length > 0);
        const accepted = isAccepted({ "fleet.instanceTypes": JSON.stringify([...arm, ...x86]) });
        assert.equal(accepted, arm.length === 0 || x86.length === 0);
      }),
    );
  });

  it("accept a range with enough addresses for an instance refresh, and no others", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 16, max: 23 }),
        fc.integer({ min: 2, max: 4 }),
        sizes,
        (prefix, zones, maxSize) => {
          const vpcCidr = `172.16.0.0/${prefix}`;
          const availabilityZones = JSON.stringify(
            ["a", "b", "c", "d"].slice(0, zones).map((letter) => `eu-west-1${letter}`),
          );
          const usable = zones * usableAddresses(planSubnets(vpcCidr).privatePrefix);
          const accepted = isAccepted({
            "network.cidrBlock": vpcCidr,
            "network.availabilityZones": availabilityZones,
            "fleet.minSize": "1",
            "fleet.maxSize": String(maxSize),
          });
          assert.equal(accepted, 2 * maxSize <= usable);
        },
      ),
    );
  });
});

describe("the remedy for a peak above the maximum size", () => {
  it("is the smallest accepted size", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 4 }),
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 999 }),
        (zones, instances, rest) => {
          const peak = {
            "network.availabilityZones": JSON.stringify(
              ["a", "b", "c", "d"].slice(0, zones).map((letter) => `eu-west-1${letter}`),
            ),
            "fleet.peakRequestsPerMinute": String((instances - 1) * 1000 + rest),
            "fleet.minSize": "1",
          };
          const [, size] = /raise maxSize to (\d+)/.exec(messageOf({ ...peak, "fleet.maxSize": "1" })) ?? [];
          assert(isAccepted({ ...peak, "fleet.maxSize": String(size) }));
          assert(!isAccepted({ ...peak, "fleet.maxSize": String(Number(size) - 1) }));
        },
      ),
    );
  });
});

describe("any configuration", () => {
  it("yields settings or complete violations, and never throws", () => {
    const keys = fc.oneof(fc.constantFrom("aws:region", ...Object.keys(schema)), fc.string());
    fc.assert(
      fc.property(
        fc.dictionary(keys, fc.oneof(fc.string(), fc.json(), fc.integer().map(String))),
        (changes) => {
          const result = validate("web-store", configured(changes));
          if ("settings" in result) return;
          assert(result.violations.length > 0);
          for (const { key, allowed, remedy } of result.violations)
            assert(key !== "" && allowed !== "" && remedy !== "");
        },
      ),
    );
  });
});

describe("readSettings", () => {
  const before = pulumi.runtime.allConfig();
  afterEach(() => pulumi.runtime.setAllConfig(before));

  const inProject = (configuration: Configuration): Record<string, string> =>
    Object.fromEntries(
      Object.entries(configuration).map(([key, value]) => [
        key.replace(/^web-store:/, `${pulumi.getProject()}:`),
        value,
      ]),
    );

  it("reads the stack's configuration", () => {
    pulumi.runtime.setAllConfig(inProject(configured({})));
    assert.deepEqual(readSettings(), settingsOf());
  });

  it("throws an error that Pulumi shows without a stack trace", () => {
    pulumi.runtime.setAllConfig(inProject(configured({ "fleet.minSize": "9", "fleet.maxSize": "3" })));
    assert.throws(readSettings, (error) => {
      assert(pulumi.RunError.isInstance(error));
      assert.match(error.message, /has 1 setting to correct[^]*minSize\n {2}got: {5}9\n/);
      return true;
    });
  });
});

describe("the stack files", () => {
  const root = join(__dirname, "..", "..");
  const configIn = (file: string): Record<string, unknown> => {
    const content = parse(readFileSync(join(root, file), "utf8")) as { config: Record<string, unknown> };
    return content.config;
  };
  const asText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

  it("are declared in Pulumi.yaml, and described in the README, as the program defines them: npm run generate", () => {
    for (const { path, text } of settingsFiles()) assert.equal(readFileSync(path, "utf8"), text, path);
  });

  for (const stack of ["dev", "prod"]) {
    it(`are valid: Pulumi.${stack}.yaml`, () => {
      const configuration = Object.entries(configIn(`Pulumi.${stack}.yaml`)).map(
        ([key, value]) => [key, asText(value)] as const,
      );
      const result = validate("web-store", Object.fromEntries(configuration));
      if ("violations" in result) assert.fail(describeViolations(stack, result.violations));
    });
  }
});

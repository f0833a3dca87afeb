import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { JsonResource } from "../../packages/rehearse/report/json";
import type { Value, Values } from "../../packages/rehearse/values";
import { type Graph, type JsonRun, parsed, rehearseJson } from "../support/rehearse";
import { stackFile } from "../support/stack-file";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const CERTIFICATE = "aws:acm/certificate:Certificate";
const DELIVERY = "aws:cloudwatch/logDelivery:LogDelivery";
const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const HEADERS = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy";
const HEALTH_CHECK = "aws:route53/healthCheck:HealthCheck";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const IP_SET = "aws:wafv2/ipSet:IpSet";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const PROVIDER = "pulumi:providers:aws";
const RECORD = "aws:route53/record:Record";
const ROUTE = "aws:ec2/route:Route";
const SUBNET = "aws:ec2/subnet:Subnet";
const VPC_ORIGIN = "aws:cloudfront/vpcOrigin:VpcOrigin";
const WEB_ACL = "aws:wafv2/webAcl:WebAcl";

const required = {
  "aws:region": "eu-west-1",
  "web-store:domainName": "store.example.com",
  "web-store:hostedZoneName": "example.com",
  "web-store:network.availabilityZones": ["eu-west-1a", "eu-west-1b"],
  "web-store:fleet.instanceTypes": ["m7g.large", "m6g.large"],
};

const EXAMPLES = ["behind-cloudfront", "internal-only", "office-only"];

/** Stacks in addition to the examples: each stack's settings in addition to the required ones, by name. */
const STACKS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "public-origin": {
    "web-store:cdn": {
      enabled: true,
      origin: "public",
      allowedCountries: ["IE", "FR"],
      tlsPolicy: "TLSv1.3_2025",
    },
    "web-store:securityHeaders.contentSecurityPolicy": "",
    "web-store:loadBalancer.idleTimeoutSeconds": 20,
  },
  virginia: {
    "aws:region": "us-east-1",
    "aws:defaultTags": { tags: { team: "shop" } },
    "web-store:network.availabilityZones": ["us-east-1a", "us-east-1b"],
    "web-store:cdn": { enabled: true },
  },
  "own-certificates": {
    "web-store:certificate.subjectAlternativeNames": ["*.store.example.com"],
    "aws:defaultTags": { tags: { team: "shop" } },
    "web-store:certificate.arn":
      "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
    "web-store:cdn": {
      enabled: true,
      origin: "open",
      certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
    },
    "web-store:waf": { enabled: true, countOnly: true, managedRules: ["AWSManagedRulesCommonRuleSet"] },
  },
  "office-behind-cloudfront": {
    "web-store:allowedRanges": ["203.0.113.0/24", "2001:db8:5::/48"],
    "web-store:cdn": { enabled: true },
    "web-store:externalHealthCheck": { enabled: true },
    "web-store:waf": {
      enabled: true,
      countOnly: true,
      managedRules: ["AWSManagedRulesCommonRuleSet"],
      blockedRanges: ["203.0.113.192/26"],
      trustedRanges: ["2001:db8:5:1::/64"],
      rateLimits: [
        { name: "login", path: "/Login", requestsPer5Minutes: 50, methods: ["POST"] },
        { name: "search", path: "/search/", requestsPer5Minutes: 300 },
        { name: "forms", path: "/", requestsPer5Minutes: 200, methods: ["POST", "PUT"] },
      ],
      ruleGroups: [
        {
          name: "shop",
          arn: "arn:aws:wafv2:us-east-1:123456789012:global/rulegroup/shop/01234567-89ab-cdef-0123-456789abcdef",
          capacityUnits: 100,
        },
      ],
    },
  },
  "dual-stack": { "web-store:network.ipv6": true, "web-store:waf": { enabled: true } },
  "dual-stack-wider": {
    "web-store:network.ipv6": true,
    "web-store:network.natGateways": "none",
    "web-store:network.availabilityZones": ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
  },
};

/** The Region of a resource, from its ARN or else from its inputs. */
function regionOf({ outputs, inputs }: JsonResource): string {
  const [, , , region = ""] = String(outputs["arn"] ?? "").split(":");
  return region === "" ? String(inputs["region"]) : region;
}

/** The rules of a security group, as text. */
function rulesOf(graph: Graph, group: string, type: string = INGRESS): string[] {
  const id = graph.one(GROUP, group).outputs["id"];
  return graph
    .ofType(type)
    .filter(({ inputs }) => inputs["securityGroupId"] === id)
    .map(({ inputs }) => {
      const source = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"].flatMap((key) =>
        inputs[key] === undefined ? [] : [`${key} ${JSON.stringify(inputs[key])}`],
      );
      return `${source.join()} ${String(inputs["fromPort"])}`;
    })
    .sort();
}

/** The kinds of the subnets with these ids. */
function kindsOf(graph: Graph, ids: Value | undefined): Value[] {
  return graph
    .ofType(SUBNET)
    .filter(({ outputs }) => (ids as Value[]).includes(outputs["id"] ?? null))
    .map(({ inputs }) => (inputs["tags"] as Values)["SubnetType"] ?? null);
}

/** The target of each record, by name and type. */
function aliases(graph: Graph): Record<string, Value> {
  const records = graph.ofType(RECORD).filter(({ inputs }) => inputs["aliases"] !== undefined);
  return Object.fromEntries(
    records.map(({ inputs }) => {
      const [alias] = inputs["aliases"] as Values[];
      return [`${String(inputs["name"])} ${String(inputs["type"])}`, alias?.["name"] ?? null];
    }),
  );
}

describe("The edge", () => {
  let run: JsonRun;
  before(async function () {
    this.timeout(180_000);
    const dir = mkdtempSync(join(tmpdir(), "edge-"));
    try {
      const files = Object.entries(STACKS).map(([name, more]) => {
        const file = join(dir, `${name}.yaml`);
        writeFileSync(file, stackFile({ ...required, ...more }));
        return file;
      });
      const all = [...EXAMPLES.map((name) => `examples/${name}.yaml`), ...files];
      run = await rehearseJson([...all.flatMap((file) => ["--config-file", file]), "--mode", "both"]);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
  const up = (stack: string): Graph => run.graph("up", stack);

  it("passes the store's own policies, in preview and up", () => {
    assert.equal(run.status, 0, run.stderr);
    for (const stack of [...EXAMPLES, ...Object.keys(STACKS)]) {
      for (const mode of ["preview", "up"] as const) {
        const { findings } = run.graph(mode, stack).stack;
        assert.deepEqual(
          findings.filter(({ level }) => level === "mandatory"),
          [],
          `${stack} ${mode}`,
        );
      }
    }
  });

  it("plans in preview the resources that up creates, and every value is known in up", () => {
    for (const stack of [...EXAMPLES, ...Object.keys(STACKS)]) {
      const urns = (graph: Graph): string[] => graph.resources.map(({ urn }) => urn).sort();
      assert.deepEqual(urns(run.graph("preview", stack)), urns(up(stack)), stack);
      assert.doesNotMatch(JSON.stringify(up(stack).stack), /"unknown":true/, stack);
    }
  });

  describe("with CloudFront", () => {
    it("has an internal balancer in private subnets, which only CloudFront's servers in the VPC reach", () => {
      const graph = up("behind-cloudfront");
      const { inputs } = graph.one(BALANCER);
      assert.equal(inputs["internal"], true);
      assert.deepEqual(kindsOf(graph, inputs["subnets"]), ["Private", "Private", "Private"]);
      const rules = rulesOf(graph, "web-store-load-balancer");
      assert.equal(rules.length, 1);
      assert.match(rules[0] ?? "", /^referencedSecurityGroupId "sg-[0-9a-f]{17}" 443$/);
    });

    it("lets CloudFront in before the distribution is deployed, and looks up its security group after the VPC origin", () => {
      const graph = run.graph("preview", "behind-cloudfront");
      const sources = (resource: JsonResource, input: string): string[] => {
        const urns = resource.propertyDependencies[input] ?? [];
        return graph.resources.filter(({ urn }) => urns.includes(urn)).map(({ type }) => type);
      };
      assert.ok(sources(graph.one(DISTRIBUTION), "origins").includes(INGRESS));
      const rule = graph.one(INGRESS, "web-store-https-from-cloudfront");
      assert.deepEqual(rule.inputs["referencedSecurityGroupId"], { unknown: true });
      assert.ok(rule.dependencies.includes(graph.one(VPC_ORIGIN).urn));
    });

    it("uses TLS to the balancer for every viewer, by a VPC origin named like the balancer", () => {
      const graph = up("behind-cloudfront");
      const balancer = graph.one(BALANCER);
      const origin = graph.one(VPC_ORIGIN);
      assert.deepEqual(origin.inputs["vpcOriginEndpointConfig"], {
        arn: balancer.outputs["arn"] ?? "",
        name: balancer.outputs["name"] ?? "",
        originProtocolPolicy: "https-only",
        originSslProtocols: { items: ["TLSv1.2"], quantity: 1 },
        httpPort: 80,
        httpsPort: 443,
      });
      assert.deepEqual(graph.one(DISTRIBUTION).inputs["origins"], [
        {
          originId: "load-balancer",
          domainName: balancer.outputs["dnsName"] ?? "",
          vpcOriginConfig: {
            vpcOriginId: origin.outputs["id"] ?? "",
            originKeepaliveTimeout: 59,
            originReadTimeout: 30,
          },
        },
      ]);
    });

    it("gives CloudFront 45 minutes to create the VPC origin, where the provider supports it", () => {
      assert.deepEqual(up("behind-cloudfront").one(VPC_ORIGIN).inputs["timeouts"], {
        create: "45m",
        update: "45m",
        delete: "45m",
      });
    });

    it("watches the renewal of CloudFront's certificate, too, in us-east-1", () => {
      const graph = up("behind-cloudfront");
      const { viewerCertificate } = graph.one(DISTRIBUTION).inputs;
      const { acmCertificateArn } = viewerCertificate as Record<string, string>;
      assert.match(String(acmCertificateArn), /^arn:aws:acm:us-east-1:/);
      const alarms = graph
        .ofType("aws:cloudwatch/metricAlarm:MetricAlarm")
        .filter(({ inputs }) => inputs["metricName"] === "DaysToExpiry");
      const watched = alarms.map(({ inputs, outputs }) => [
        (inputs["dimensions"] as Record<string, string>)["CertificateArn"]?.split(":")[3],
        String(outputs["arn"]).split(":")[3],
        (inputs["alarmActions"] as string[]).map((topic) => topic.split(":")[3]),
      ]);
      assert.deepEqual(watched.sort(), [
        ["eu-west-1", "eu-west-1", ["eu-west-1"]],
        ["us-east-1", "us-east-1", ["us-east-1"]],
      ]);
      const certificates = alarms
        .map(({ inputs }) => Object.values((inputs["dimensions"] ?? {}) as Record<string, unknown>))
        .flat();
      assert.ok(certificates.includes(String(acmCertificateArn)), certificates.join());
    });

    it("caches only static files, by host, path and query string, and passes other requests on unchanged", () => {
      const graph = up("behind-cloudfront");
      const { inputs } = graph.one(DISTRIBUTION);
      const policy = graph.one("aws:cloudfront/cachePolicy:CachePolicy");
      const cached = inputs["orderedCacheBehaviors"] as Values[];
      assert.deepEqual(
        cached.map((behavior) => [
          behavior["pathPattern"],
          behavior["cachePolicyId"],
          behavior["allowedMethods"],
          behavior["compress"],
          behavior["viewerProtocolPolicy"],
          behavior["originRequestPolicyId"],
        ]),
        ["/static/*", "/images/*"].map((path) => [
          path,
          policy.outputs["id"],
          ["GET", "HEAD"],
          true,
          "redirect-to-https",
          undefined,
        ]),
      );
      assert.deepEqual(policy.inputs["parametersInCacheKeyAndForwardedToOrigin"], {
        headersConfig: { headerBehavior: "whitelist", headers: { items: ["Host"] } },
        queryStringsConfig: { queryStringBehavior: "all" },
        cookiesConfig: { cookieBehavior: "none" },
        enableAcceptEncodingGzip: true,
        enableAcceptEncodingBrotli: true,
      });
      const others = inputs["defaultCacheBehavior"] as Values;
      assert.deepEqual(
        [others["cachePolicyId"], others["originRequestPolicyId"], others["viewerProtocolPolicy"]],
        ["4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "216adef6-5c7f-47e4-b989-5492eafa07d3", "redirect-to-https"],
      );
      assert.ok((others["allowedMethods"] as Value[]).includes("POST"));
    });

    it("serves all names over HTTP/3 and IPv6, too, with TLS 1.2 or newer", () => {
      const { inputs } = up("behind-cloudfront").one(DISTRIBUTION);
      assert.deepEqual(inputs["aliases"], ["store.example.com", "www.store.example.com"]);
      assert.deepEqual([inputs["httpVersion"], inputs["isIpv6Enabled"]], ["http2and3", true]);
      const viewer = inputs["viewerCertificate"] as Values;
      assert.deepEqual(
        [viewer["sslSupportMethod"], viewer["minimumProtocolVersion"]],
        ["sni-only", "TLSv1.2_2021"],
      );
      assert.equal(
        (up("public-origin").one(DISTRIBUTION).inputs["viewerCertificate"] as Values)[
          "minimumProtocolVersion"
        ],
        "TLSv1.3_2025",
      );
    });

    it("has its certificate in us-east-1, validated by the same records as the balancer's, which stays in the stack's Region", () => {
      const graph = up("behind-cloudfront");
      const [home, edge] = ["web-store-certificate", "web-store-cdn-certificate"].map((name) =>
        graph.one(CERTIFICATE, name),
      ) as [JsonResource, JsonResource];
      assert.deepEqual([regionOf(home), regionOf(edge)], ["eu-west-1", "us-east-1"]);
      for (const key of ["domainName", "subjectAlternativeNames", "keyAlgorithm", "validationMethod"])
        assert.deepEqual(edge.inputs[key], home.inputs[key], key);
      const validation = "aws:acm/certificateValidation:CertificateValidation";
      const fqdns = graph.one(validation, "web-store-validation").inputs["validationRecordFqdns"];
      const shared = graph.one(validation, "web-store-cdn-validation");
      assert.deepEqual(shared.inputs["validationRecordFqdns"], fqdns);
      assert.equal((fqdns as Value[]).length, 2);
      const records = graph.ofType(RECORD).filter(({ name }) => name.includes("-validation-"));
      assert.equal(records.length, 2);
      const viewer = graph.one(DISTRIBUTION).inputs["viewerCertificate"] as Values;
      assert.equal(viewer["acmCertificateArn"], shared.outputs["certificateArn"]);
      const listener = graph.one("aws:lb/listener:Listener", "web-store-https");
      assert.equal(listener.inputs["certificateArn"], home.outputs["arn"]);
    });

    it("needs neither another provider nor another certificate in us-east-1 itself", () => {
      const graph = up("virginia");
      const { outputs } = graph.one(CERTIFICATE);
      const viewer = graph.one(DISTRIBUTION).inputs["viewerCertificate"] as Values;
      assert.equal(viewer["acmCertificateArn"], outputs["arn"]);
      assert.equal(graph.ofType(PROVIDER).filter(({ name }) => name.includes("us-east-1")).length, 0);
      assert.equal(regionOf(graph.one(DELIVERY)), "us-east-1");
    });

    it("uses the user's certificates, and configures the us-east-1 provider like the stack's", () => {
      const graph = up("own-certificates");
      assert.equal(graph.ofType(CERTIFICATE).length, 0);
      const viewer = graph.one(DISTRIBUTION).inputs["viewerCertificate"] as Values;
      assert.equal(
        viewer["acmCertificateArn"],
        "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
      );
      assert.equal(graph.one(PROVIDER, "web-store-us-east-1").inputs["region"], "us-east-1");
      const tags = graph.one(WEB_ACL).inputs["tagsAll"] as Values;
      assert.deepEqual([tags["team"], tags["Stack"]], ["shop", "own-certificates"]);
    });

    it("points all names except wildcards to the distribution, for IPv4 and IPv6", () => {
      const graph = up("behind-cloudfront");
      const { outputs } = graph.one(DISTRIBUTION);
      const names = ["store.example.com", "www.store.example.com"];
      assert.deepEqual(
        aliases(graph),
        Object.fromEntries(
          names.flatMap((name) => ["A", "AAAA"].map((type) => [`${name} ${type}`, outputs["domainName"]])),
        ),
      );
      const other = up("own-certificates");
      assert.deepEqual(Object.keys(aliases(other)).sort(), ["store.example.com A", "store.example.com AAAA"]);
      assert.deepEqual(other.one(DISTRIBUTION).inputs["aliases"], [
        "store.example.com",
        "*.store.example.com",
      ]);
    });

    it("keeps the balancer's DNS records under the same URNs, so that none is created twice", () => {
      const urn = (stack: string): string | undefined =>
        up(stack)
          .resources.find(({ name }) => name === "web-store-alias-store.example.com")
          ?.urn.replace(`:${stack}:`, "::");
      assert.equal(urn("behind-cloudfront"), urn("dual-stack"));
      assert.match(urn("dual-stack") ?? "", /web-store:components:LoadBalancer\$aws:route53/);
    });

    it("logs each request without cookies to the balancer's bucket, whose policy allows it, from us-east-1", () => {
      const graph = up("behind-cloudfront");
      const delivery = graph.one(DELIVERY);
      assert.equal(regionOf(delivery), "us-east-1");
      const fields = delivery.inputs["recordFields"] as Value[];
      assert.ok(fields.includes("c-ip") && !fields.includes("cs(Cookie)"));
      const source = graph.one("aws:cloudwatch/logDeliverySource:LogDeliverySource");
      assert.deepEqual(
        [source.inputs["logType"], source.inputs["resourceArn"], delivery.inputs["deliverySourceName"]],
        ["ACCESS_LOGS", graph.one(DISTRIBUTION).outputs["arn"], source.outputs["name"]],
      );
      const bucket = graph.one("aws:s3/bucket:Bucket");
      const destination = graph.one("aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination");
      assert.deepEqual(destination.inputs["deliveryDestinationConfiguration"], {
        destinationResourceArn: bucket.outputs["arn"] ?? "",
      });
      const { inputs } = graph.one("aws:s3/bucketPolicy:BucketPolicy");
      const statements = parsed<{ Statement: Values[] }>(inputs["policy"]).Statement;
      assert.deepEqual(
        statements.find(({ Sid }) => Sid === "CloudFrontWritesLogs"),
        {
          Sid: "CloudFrontWritesLogs",
          Effect: "Allow",
          Principal: { Service: "delivery.logs.amazonaws.com" },
          Action: "s3:PutObject",
          Resource: `${String(bucket.outputs["arn"])}/AWSLogs/123456789012/CloudFront/*`,
          Condition: {
            StringEquals: {
              "s3:x-amz-acl": "bucket-owner-full-control",
              "aws:SourceAccount": "123456789012",
            },
            ArnLike: { "aws:SourceArn": "arn:aws:logs:us-east-1:123456789012:delivery-source:*" },
          },
        },
      );
      assert.deepEqual(
        destination.dependencies.includes(graph.one("aws:s3/bucketPolicy:BucketPolicy").urn),
        true,
      );
    });

    it("sends the balancer's security headers, in its own errors, too", () => {
      const headersOf = (stack: string): Value => {
        const [others, cached] = ["web-store-headers", "web-store-static-headers"].map(
          (name) => up(stack).one(HEADERS, name).inputs["securityHeadersConfig"],
        );
        assert.deepEqual(others, cached);
        return others ?? null;
      };
      const common = {
        strictTransportSecurity: {
          accessControlMaxAgeSec: 31_536_000,
          includeSubdomains: false,
          override: true,
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: "DENY", override: true },
      };
      assert.deepEqual(headersOf("public-origin"), common);
      assert.deepEqual(headersOf("behind-cloudfront"), {
        ...common,
        contentSecurityPolicy: {
          contentSecurityPolicy:
            "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
          override: true,
        },
      });
    });

    it("caches no cookie with a file, which would share one customer's session", () => {
      const graph = up("behind-cloudfront");
      const { inputs } = graph.one(DISTRIBUTION);
      const policyOf = (behavior: Values | undefined): JsonResource | undefined =>
        graph.ofType(HEADERS).find(({ outputs }) => outputs["id"] === behavior?.["responseHeadersPolicyId"]);
      const cached = inputs["orderedCacheBehaviors"] as Values[];
      assert.equal(cached.length, 2);
      for (const behavior of cached) {
        assert.deepEqual(policyOf(behavior)?.inputs["removeHeadersConfig"], {
          items: [{ header: "Set-Cookie" }],
        });
      }
      const others = policyOf(inputs["defaultCacheBehavior"] as Values);
      assert.ok(others && !("removeHeadersConfig" in others.inputs));
    });

    it("caches no error, which would reach every customer", () => {
      const errors = up("behind-cloudfront").one(DISTRIBUTION).inputs["customErrorResponses"] as Values[];
      assert.deepEqual(
        errors.map(({ errorCode }) => errorCode),
        [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504],
      );
      for (const { errorCachingMinTtl, responsePagePath } of errors)
        assert.deepEqual([errorCachingMinTtl, responsePagePath], [0, undefined]);
    });

    it("keeps a public balancer public, and admits only CloudFront's servers over HTTPS", () => {
      const graph = up("public-origin");
      assert.equal(graph.one(BALANCER).inputs["internal"], false);
      assert.deepEqual(rulesOf(graph, "web-store-load-balancer"), ['prefixListId "pl-4fa04526" 443']);
      const [origin] = graph.one(DISTRIBUTION).inputs["origins"] as Values[];
      assert.deepEqual(origin?.["customOriginConfig"], {
        originProtocolPolicy: "https-only",
        originSslProtocols: ["TLSv1.2"],
        httpPort: 80,
        httpsPort: 443,
        originKeepaliveTimeout: 19,
        originReadTimeout: 30,
      });
      assert.deepEqual(rulesOf(up("own-certificates"), "web-store-load-balancer"), [
        'cidrIpv4 "0.0.0.0/0" 443',
        'cidrIpv4 "0.0.0.0/0" 80',
      ]);
    });

    it("serves the configured countries", () => {
      const restriction = (stack: string): Value =>
        (up(stack).one(DISTRIBUTION).inputs["restrictions"] as Values)["geoRestriction"] ?? null;
      assert.deepEqual(restriction("public-origin"), {
        restrictionType: "whitelist",
        locations: ["IE", "FR"],
      });
      assert.deepEqual(restriction("virginia"), { restrictionType: "none", locations: [] });
    });

    it("outputs its domain name and ID", () => {
      const graph = up("behind-cloudfront");
      const { outputs } = graph.one(DISTRIBUTION);
      assert.equal(graph.stack.outputs["distributionId"], outputs["id"]);
      assert.equal(graph.stack.outputs["distributionDnsName"], outputs["domainName"]);
      assert.equal(graph.stack.outputs["externalHealthCheckId"], graph.one(HEALTH_CHECK).outputs["id"]);
      assert.equal(graph.stack.outputs["webAclArn"], graph.one(WEB_ACL).outputs["arn"]);
      assert.equal("distributionId" in up("dual-stack").stack.outputs, false);
    });
  });

  describe("with AWS WAF", () => {
    it("protects the distribution from us-east-1, or the balancer in its Region, and never both", () => {
      const edge = up("behind-cloudfront");
      const global = edge.one(WEB_ACL);
      assert.deepEqual([global.inputs["scope"], regionOf(global)], ["CLOUDFRONT", "us-east-1"]);
      assert.equal(edge.one(DISTRIBUTION).inputs["webAclId"], global.outputs["arn"]);
      assert.equal(edge.ofType("aws:wafv2/webAclAssociation:WebAclAssociation").length, 0);

      const home = up("dual-stack");
      const regional = home.one(WEB_ACL);
      assert.deepEqual([regional.inputs["scope"], regionOf(regional)], ["REGIONAL", "eu-west-1"]);
      const { inputs } = home.one("aws:wafv2/webAclAssociation:WebAclAssociation");
      assert.deepEqual(
        [inputs["resourceArn"], inputs["webAclArn"]],
        [home.one(BALANCER).outputs["arn"], regional.outputs["arn"]],
      );
    });

    it("limits each address, then applies AWS's rules in order, and only counts where configured", () => {
      const rules = up("behind-cloudfront").one(WEB_ACL).inputs["rules"] as Values[];
      assert.deepEqual(
        rules.map(({ name, priority, action, overrideAction }) => [name, priority, action ?? overrideAction]),
        [
          ["rate-limit", 3, { block: {} }],
          ["AWSManagedRulesAmazonIpReputationList", 10, { none: {} }],
          ["AWSManagedRulesCommonRuleSet", 11, { none: {} }],
          ["AWSManagedRulesKnownBadInputsRuleSet", 12, { none: {} }],
          ["AWSManagedRulesSQLiRuleSet", 13, { none: {} }],
        ],
      );
      const [limit, , common] = rules.map(({ statement }) => statement as Values);
      assert.deepEqual(limit?.["rateBasedStatement"], {
        aggregateKeyType: "IP",
        limit: 1500,
        evaluationWindowSec: 300,
      });
      assert.deepEqual((common?.["managedRuleGroupStatement"] as Values)["ruleActionOverrides"], [
        { name: "SizeRestrictions_BODY", actionToUse: { count: {} } },
      ]);
    });

    it("blocks nothing in count mode, and puts a rule group at its place among all rules", () => {
      const rules = up("own-certificates").one(WEB_ACL).inputs["rules"] as Values[];
      assert.deepEqual(
        rules.map(({ priority, action, overrideAction }) => [priority, action ?? overrideAction]),
        [
          [3, { count: {} }],
          [11, { count: {} }],
        ],
      );
    });

    it("logs blocked and counted requests, under the name prefix that AWS WAF requires, without secrets", () => {
      for (const [stack, region] of [
        ["behind-cloudfront", "us-east-1"],
        ["dual-stack", "eu-west-1"],
      ] as const) {
        const graph = up(stack);
        const { inputs } = graph.one("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration");
        const group = graph.ofType(LOG_GROUP).find(({ name }) => name.startsWith("aws-waf-logs-"));
        assert.ok(group);
        assert.match(String(group.outputs["name"]), /^aws-waf-logs-web-store/);
        assert.deepEqual([regionOf(group), group.inputs["retentionInDays"]], [region, 30]);
        assert.deepEqual(inputs["logDestinationConfigs"], [group.outputs["arn"]]);
        assert.deepEqual(inputs["redactedFields"], [
          { singleHeader: { name: "authorization" } },
          { singleHeader: { name: "cookie" } },
        ]);
        const filter = inputs["loggingFilter"] as Values;
        assert.equal(filter["defaultBehavior"], "DROP");
      }
    });
  });

  describe("for some addresses only", () => {
    /** The version and addresses of each AWS WAF IP set, by ARN. */
    const setsOf = (graph: Graph): Map<Value | undefined, string> =>
      new Map(
        graph
          .ofType(IP_SET)
          .map(({ inputs, outputs }) => [
            outputs["arn"],
            `${String(inputs["ipAddressVersion"])} ${(inputs["addresses"] as string[]).join(" ")}`,
          ]),
      );
    const ruleOf = (graph: Graph, name: string): Values => {
      const rules = graph.one(WEB_ACL).inputs["rules"] as Values[];
      return rules.find((rule) => rule["name"] === name) ?? assert.fail(`no rule ${name}`);
    };
    const setOf = (graph: Graph, statement: unknown): string | undefined => {
      const { ipSetReferenceStatement: reference } = statement as { ipSetReferenceStatement: Values };
      assert.deepEqual(Object.keys(reference), ["arn"], "no header decides where a visitor comes from");
      return setsOf(graph).get(reference["arn"]);
    };

    it("has a public balancer that the ranges reach over HTTPS and for the redirect, and Route 53's checkers over HTTPS", () => {
      const graph = up("office-only");
      assert.equal(graph.one(BALANCER).inputs["internal"], false);
      const rules = rulesOf(graph, "web-store-load-balancer");
      const checkers = rules.filter((rule) => rule.startsWith("prefixListId"));
      assert.deepEqual(
        rules.filter((rule) => !checkers.includes(rule)),
        [
          'cidrIpv4 "198.51.100.16/28" 443',
          'cidrIpv4 "198.51.100.16/28" 80',
          'cidrIpv4 "203.0.113.0/24" 443',
          'cidrIpv4 "203.0.113.0/24" 80',
          'cidrIpv6 "2001:db8:5::/48" 443',
          'cidrIpv6 "2001:db8:5::/48" 80',
        ],
      );
      assert.match(checkers.join(), /^prefixListId "pl-[0-9a-f]{8}" 443$/);
    });

    it("blocks other addresses behind CloudFront, in count mode too, except for Route 53's checkers", () => {
      const graph = up("office-behind-cloudfront");
      const { statement, action, priority } = ruleOf(graph, "outside-allowed-ranges");
      assert.deepEqual([priority, action], [0, { block: {} }]);
      const { notStatement } = statement as {
        notStatement: { statement: { orStatement: { statements: Values[] } } };
      };
      const [ipv4 = "", ipv6] = notStatement.statement.orStatement.statements.map((one) => setOf(graph, one));
      assert.match(ipv4, /^IPV4 203\.0\.113\.0\/24 107\.23\.255\.0\/26 15\.177\.0\.0\/18 /);
      assert.equal(ipv6, "IPV6 2001:db8:5::/48");
      const [first] = graph.ofType(IP_SET);
      assert.ok(first);
      assert.deepEqual([first.inputs["scope"], regionOf(first)], ["CLOUDFRONT", "us-east-1"]);
      assert.deepEqual(graph.one(WEB_ACL).inputs["defaultAction"], { allow: {} });
    });

    it("leaves the addresses of a load balancer to its security group", () => {
      const rules = up("office-only").one(WEB_ACL).inputs["rules"] as Values[];
      assert.deepEqual(
        rules.map(({ name, priority, action, overrideAction }) => [name, priority, action ?? overrideAction]),
        [
          ["blocked-ranges", 1, { block: {} }],
          ["trusted-ranges", 2, { allow: {} }],
          ["rate-limit", 3, { block: {} }],
          ["AWSManagedRulesAmazonIpReputationList", 10, { none: {} }],
          ["AWSManagedRulesCommonRuleSet", 11, { none: {} }],
          ["AWSManagedRulesKnownBadInputsRuleSet", 12, { none: {} }],
          ["AWSManagedRulesSQLiRuleSet", 13, { none: {} }],
          ["rate-limit-login", 30, { block: {} }],
        ],
      );
    });

    it("checks blocked ranges before trusted ones, and only counts other requests in count mode", () => {
      const graph = up("office-behind-cloudfront");
      const rules = graph.one(WEB_ACL).inputs["rules"] as Values[];
      assert.deepEqual(
        rules.map(({ name, priority, action, overrideAction }) => [name, priority, action ?? overrideAction]),
        [
          ["outside-allowed-ranges", 0, { block: {} }],
          ["blocked-ranges", 1, { count: {} }],
          ["trusted-ranges", 2, { allow: {} }],
          ["rate-limit", 3, { count: {} }],
          ["AWSManagedRulesCommonRuleSet", 11, { count: {} }],
          ["rule-group-shop", 20, { count: {} }],
          ["rate-limit-login", 30, { count: {} }],
          ["rate-limit-search", 31, { count: {} }],
          ["rate-limit-forms", 32, { count: {} }],
        ],
      );
      assert.equal(setOf(graph, ruleOf(graph, "blocked-ranges")["statement"]), "IPV4 203.0.113.192/26");
      assert.equal(setOf(graph, ruleOf(graph, "trusted-ranges")["statement"]), "IPV6 2001:db8:5:1::/64");
      assert.deepEqual(ruleOf(graph, "rule-group-shop")["statement"], {
        ruleGroupReferenceStatement: {
          arn: "arn:aws:wafv2:us-east-1:123456789012:global/rulegroup/shop/01234567-89ab-cdef-0123-456789abcdef",
        },
      });
    });

    it("limits a path after decoding, normalizing and lowercasing it, by its methods", () => {
      const graph = up("office-behind-cloudfront");
      const limitOf = (name: string): Values =>
        (ruleOf(graph, name)["statement"] as Values)["rateBasedStatement"] as Values;
      const path = (searchString: string): Values => ({
        byteMatchStatement: {
          fieldToMatch: { uriPath: {} },
          positionalConstraint: "STARTS_WITH",
          searchString,
          textTransformations: [
            { priority: 0, type: "URL_DECODE" },
            { priority: 1, type: "NORMALIZE_PATH" },
            { priority: 2, type: "LOWERCASE" },
          ],
        },
      });
      const method = (searchString: string): Values => ({
        byteMatchStatement: {
          fieldToMatch: { method: {} },
          positionalConstraint: "EXACTLY",
          searchString,
          textTransformations: [{ priority: 0, type: "NONE" }],
        },
      });
      const both = (...statements: Values[]): Values => ({ andStatement: { statements } });
      assert.deepEqual(limitOf("rate-limit-login"), {
        aggregateKeyType: "IP",
        limit: 50,
        evaluationWindowSec: 300,
        scopeDownStatement: both(path("/login"), method("POST")),
      });
      assert.deepEqual(limitOf("rate-limit-search")["scopeDownStatement"], path("/search/"));
      assert.deepEqual(
        limitOf("rate-limit-forms")["scopeDownStatement"],
        both(path("/"), { orStatement: { statements: [method("POST"), method("PUT")] } }),
      );
    });
  });

  describe("in private networks", () => {
    it("has an internal balancer, which the VPC and the given ranges reach, and nobody on the internet", () => {
      const graph = up("internal-only");
      const { inputs } = graph.one(BALANCER);
      assert.deepEqual([inputs["internal"], inputs["ipAddressType"]], [true, "ipv4"]);
      assert.deepEqual(kindsOf(graph, inputs["subnets"]), ["Private", "Private"]);
      assert.deepEqual(
        rulesOf(graph, "web-store-load-balancer"),
        ["10.0.0.0/16", "10.64.0.0/12", "172.20.0.0/16"].flatMap((range) => [
          `cidrIpv4 "${range}" 443`,
          `cidrIpv4 "${range}" 80`,
        ]),
      );
    });

    it("has its name in a private zone, and the certificate's records in the public zone", () => {
      const graph = up("internal-only");
      const zone = graph.one("aws:route53/zone:Zone");
      assert.equal(zone.inputs["name"], "staff.store.example.com");
      assert.deepEqual(zone.inputs["vpcs"], [{ vpcId: graph.stack.outputs["vpcId"] ?? "" }]);
      const zones = (name: string): Value | undefined =>
        graph.one(RECORD, `web-store-${name}-staff.store.example.com`).inputs["zoneId"];
      assert.equal(zones("alias"), zone.outputs["zoneId"]);
      assert.notEqual(zones("validation"), zone.outputs["zoneId"]);
      assert.deepEqual(aliases(graph), {
        "staff.store.example.com A": graph.one(BALANCER).outputs["dnsName"],
      });
    });
  });

  it("is checked from outside by its public name, over TLS, from three parts of the world", () => {
    const { inputs } = up("behind-cloudfront").one(HEALTH_CHECK);
    const { tags: _, tagsAll: __, ...rest } = inputs;
    assert.deepEqual(rest, {
      type: "HTTPS",
      fqdn: "store.example.com",
      port: 443,
      enableSni: true,
      resourcePath: "/healthz",
      regions: ["eu-west-1", "us-east-1", "ap-southeast-1"],
      requestInterval: 30,
      failureThreshold: 3,
      measureLatency: false,
    });
  });

  describe("with IPv6", () => {
    /** The gateway of each subnet's IPv6 traffic, by subnet name. */
    const ipv6Routes = (graph: Graph): Record<string, string> => {
      const subnets = new Map(graph.ofType(SUBNET).map(({ outputs, name }) => [outputs["id"], name]));
      const tables = graph.ofType("aws:ec2/routeTableAssociation:RouteTableAssociation");
      return Object.fromEntries(
        graph
          .ofType(ROUTE)
          .filter(({ inputs }) => inputs["destinationIpv6CidrBlock"] === "::/0")
          .map(({ inputs }): [string, string] => {
            const table = tables.find((one) => one.inputs["routeTableId"] === inputs["routeTableId"]);
            const gateway = String(inputs["gatewayId"] ?? inputs["egressOnlyGatewayId"]);
            return [
              String(subnets.get(table?.inputs["subnetId"] ?? null)),
              gateway.replace(/-[0-9a-f]+$/, ""),
            ];
          })
          .sort(),
      );
    };
    const ranges = (graph: Graph): Record<string, string> =>
      Object.fromEntries(
        graph
          .ofType(SUBNET)
          .map(({ name, inputs }) => [name.replace("web-store-vpc-", ""), String(inputs["ipv6CidrBlock"])]),
      );

    it("has a dual-stack balancer that is reached over IPv4 and IPv6, and a DNS record for each", () => {
      const graph = up("dual-stack");
      const balancer = graph.one(BALANCER);
      assert.equal(balancer.inputs["ipAddressType"], "dualstack");
      assert.deepEqual(rulesOf(graph, "web-store-load-balancer"), [
        'cidrIpv4 "0.0.0.0/0" 443',
        'cidrIpv4 "0.0.0.0/0" 80',
        'cidrIpv6 "::/0" 443',
        'cidrIpv6 "::/0" 80',
      ]);
      assert.deepEqual(aliases(graph), {
        "store.example.com A": balancer.outputs["dnsName"],
        "store.example.com AAAA": balancer.outputs["dnsName"],
      });
    });

    it("routes public subnets to the internet and back, and private subnets outwards only", () => {
      assert.deepEqual(ipv6Routes(up("dual-stack")), {
        "web-store-vpc-private-1": "eigw",
        "web-store-vpc-private-2": "eigw",
        "web-store-vpc-public-1": "igw",
        "web-store-vpc-public-2": "igw",
      });
      assert.ok(rulesOf(up("dual-stack"), "web-store-instance", EGRESS).includes('cidrIpv6 "::/0" 443'));
    });

    it("gives private subnets no route out if they must have none", () => {
      const graph = up("dual-stack-wider");
      assert.deepEqual(
        Object.keys(ipv6Routes(graph)),
        [1, 2, 3].map((zone) => `web-store-vpc-public-${zone}`),
      );
      assert.equal(graph.ofType("aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway").length, 0);
      assert.ok(!rulesOf(graph, "web-store-instance", EGRESS).some((rule) => rule.includes("cidrIpv6")));
    });

    it("gives each subnet its own range, and changes no range when a zone is added", () => {
      const fourth = (stack: string): Record<string, string> =>
        Object.fromEntries(
          Object.entries(ranges(up(stack))).map(([name, range]) => [
            name,
            /^2001:db8:[0-9a-f]+:[0-9a-f]{1,2}([0-9a-f]{2})::\/64$/.exec(range)?.[1] ?? range,
          ]),
        );
      const two = { "private-1": "04", "private-2": "05", "public-1": "00", "public-2": "01" };
      assert.deepEqual(fourth("dual-stack"), two);
      assert.deepEqual(fourth("dual-stack-wider"), { ...two, "private-3": "06", "public-3": "02" });
    });
  });
});

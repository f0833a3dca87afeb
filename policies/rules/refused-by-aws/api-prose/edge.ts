import {
  ALL_DISTRIBUTIONS,
  DISTRIBUTION,
  EDGE_FUNCTION,
  WAF_RULE_GROUP,
  WEB_ACL,
  WEB_ACL_ASSOCIATION,
} from "../../../resources";
import { isList, read, readList } from "../../../read";
import type { Reading } from "../../../read";
import { readEach } from "../../../read-each";
import { between, oneOf, scalar, text, wholeNumber } from "../known";
import { atMost, characters, each, expecting, form, isSet } from "./line";
import type { Limit, Line } from "./line";
import { needs } from "./needs";
import { orderProblems } from "./sizes";
import { CACHE_POLICY, IP_SET, PATTERN_SET, WAF_LOGGING, WEB_ACL_RULE } from "./types";

const CLOUDFRONT = "https://docs.aws.amazon.com/cloudfront/latest/APIReference";
const WAF = "https://docs.aws.amazon.com/waf/latest/APIReference";

const RANGES = { IPV4: "192.0.2.44/32", IPV6: "2001:db8::/64" };

const BEHAVIORS = ["defaultCacheBehavior", "orderedCacheBehaviors.*"] as const;

/** The sets of methods that CloudFront supports, each in alphabetical order. */
function methods(sets: readonly string[]): Limit {
  return {
    got: (value) => {
      const elements = readList(value, []);
      if (!isList(elements)) return undefined;
      const words = elements.map(text);
      return words.includes(undefined) || sets.includes(words.sort().join(", "))
        ? undefined
        : `is a different set of ${words.length} methods`;
    },
    allowed: sets.join("; or "),
  };
}

const READS = ["GET, HEAD", "GET, HEAD, OPTIONS"];

const ERROR_CODES = "400 403 404 405 414 416 500 501 502 503 504".split(" ");

/** CloudFront and AWS WAF. */
export const EDGE = {
  "distribution-comment": {
    types: DISTRIBUTION,
    problems: each(["comment"], characters(128, "at most 128 characters")),
    example: { comment: "The store" },
    source: `${CLOUDFRONT}/API_DistributionConfig.html`,
  },
  "default-root-object": {
    types: DISTRIBUTION,
    problems: each(
      ["defaultRootObject"],
      form((name) => !name.startsWith("/"), 'a name that does not begin with "/"'),
    ),
    example: { defaultRootObject: "index.html" },
    source: `${CLOUDFRONT}/API_DistributionConfig.html`,
  },
  "distribution-aliases": {
    types: DISTRIBUTION,
    problems: (props) => {
      const aliases = readList(props, ["aliases"]);
      const certificate = read(props, ["viewerCertificate", "cloudfrontDefaultCertificate"]);
      const isDefault = certificate.kind === "known" && scalar(certificate.value) === "true";
      return [
        isList(aliases) && aliases.length > 0 && isDefault
          ? "aliases is set, but viewerCertificate.cloudfrontDefaultCertificate is true; " +
            "AWS allows aliases only with a certificate of their own"
          : undefined,
      ];
    },
    example: {
      aliases: ["store.example.com"],
      viewerCertificate: {
        acmCertificateArn:
          "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
        sslSupportMethod: "sni-only",
      },
    },
    source: `${CLOUDFRONT}/API_ViewerCertificate.html`,
  },
  "origin-connections": {
    types: DISTRIBUTION,
    problems: (props) => [
      ...each(["origins.*.connectionAttempts"], expecting(between(1, 3)))(props),
      ...each(["origins.*.connectionTimeout"], expecting(between(1, 10)))(props),
    ],
    example: { origins: [{ originId: "store", connectionAttempts: 2, connectionTimeout: 5 }] },
    source: `${CLOUDFRONT}/API_Origin.html`,
  },
  "origin-timeouts": {
    types: DISTRIBUTION,
    problems: each(
      ["customOriginConfig", "vpcOriginConfig"].flatMap((kind) =>
        ["originReadTimeout", "originKeepaliveTimeout"].map((property) => `origins.*.${kind}.${property}`),
      ),
      expecting(between(1, 120)),
    ),
    example: { origins: [{ originId: "store", customOriginConfig: { originReadTimeout: 60 } }] },
    source: `${CLOUDFRONT}/API_CustomOriginConfig.html`,
  },
  "origin-addresses": {
    types: DISTRIBUTION,
    problems: (props) => [
      ...each(
        ["origins.*.domainName"],
        form((name) => !/[/:]/.test(name), "a name without protocol, port and path"),
      )(props),
      ...each(
        ["origins.*.originPath"],
        form((path) => /^\/.*[^/]$/.test(path), 'a path that begins with "/" and does not end with it'),
      )(props),
    ],
    example: { origins: [{ originId: "store", domainName: "store.example.com", originPath: "/app" }] },
    source:
      "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html",
  },
  "certificate-support": {
    types: DISTRIBUTION,
    problems: (props) => {
      const certificate = read(props, ["viewerCertificate"]);
      const value = certificate.kind === "known" ? certificate.value : undefined;
      const own = ["acmCertificateArn", "iamCertificateId"].find((property) => isSet(value, property));
      return [
        own === undefined || isSet(value, "sslSupportMethod")
          ? undefined
          : `viewerCertificate.${own} is set without sslSupportMethod; AWS requires both together`,
      ];
    },
    example: { viewerCertificate: { iamCertificateId: "ASCAEXAMPLE", sslSupportMethod: "sni-only" } },
    source: `${CLOUDFRONT}/API_ViewerCertificate.html`,
  },
  "geo-locations": {
    types: DISTRIBUTION,
    problems: (props) => {
      const restriction = read(props, ["restrictions", "geoRestriction"]);
      const value = restriction.kind === "known" ? restriction.value : undefined;
      const type = text(read(value, ["restrictionType"]));
      return [
        (type === "whitelist" || type === "blacklist") && !isSet(value, "locations")
          ? `restrictions.geoRestriction.locations is not set; AWS requires it if restrictionType is "${type}"`
          : undefined,
      ];
    },
    example: { restrictions: { geoRestriction: { restrictionType: "whitelist", locations: ["DE"] } } },
    source: `${CLOUDFRONT}/API_GeoRestriction.html`,
  },
  "origin-ids": {
    types: DISTRIBUTION,
    problems: (props) => {
      const ids = readEach(props, "origins.*.originId").map(({ reading }) => text(reading));
      if (ids.includes(undefined)) return [];
      return [
        new Set(ids).size < ids.length
          ? "origins has the same originId twice; AWS requires a unique originId for each origin of a distribution"
          : undefined,
      ];
    },
    example: { origins: [{ originId: "store" }, { originId: "assets" }] },
    source: `${CLOUDFRONT}/API_Origin.html`,
  },
  "allowed-methods": {
    types: DISTRIBUTION,
    problems: each(
      BEHAVIORS.map((behavior) => `${behavior}.allowedMethods`),
      methods([...READS, "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"]),
    ),
    example: {
      defaultCacheBehavior: {
        cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
        allowedMethods: ["GET", "HEAD", "OPTIONS"],
      },
    },
    source: `${CLOUDFRONT}/API_AllowedMethods.html`,
  },
  "cached-methods": {
    types: DISTRIBUTION,
    problems: each(
      BEHAVIORS.map((behavior) => `${behavior}.cachedMethods`),
      methods(READS),
    ),
    example: {
      defaultCacheBehavior: {
        cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
        cachedMethods: ["GET", "HEAD"],
      },
    },
    source: `${CLOUDFRONT}/API_CachedMethods.html`,
  },
  "error-responses": {
    types: DISTRIBUTION,
    problems: (props) =>
      readEach(props, "customErrorResponses.*").map(({ label, reading }) => {
        const answer = reading.kind === "known" ? reading.value : undefined;
        return read(answer, ["responseCode"]).kind === "known" &&
          read(answer, ["responsePagePath"]).kind === "absent"
          ? `${label}.responseCode is set without responsePagePath; AWS allows it only with responsePagePath`
          : undefined;
      }),
    example: { customErrorResponses: [{ errorCode: 404, responseCode: 404, responsePagePath: "/404.html" }] },
    source: `${CLOUDFRONT}/API_CustomErrorResponse.html`,
  },
  "error-codes": {
    types: DISTRIBUTION,
    problems: each(["customErrorResponses.*.errorCode"], expecting(oneOf(ERROR_CODES, ["-?\\d{1,10}"]))),
    example: { customErrorResponses: [{ errorCode: 503, errorCachingMinTtl: 0 }] },
    source: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/custom-error-pages.html",
  },
  "cache-times": {
    types: [...DISTRIBUTION, ...CACHE_POLICY],
    problems: (props) =>
      ["", ...BEHAVIORS]
        .flatMap((path) => readEach(props, path))
        .flatMap(({ label, reading }) => {
          const behavior = reading.kind === "known" ? reading.value : undefined;
          // A cache policy's values override the distribution's, and omitted values are computed.
          const isJudged =
            !isSet(behavior, "cachePolicyId") && (wholeNumber(read(behavior, ["maxTtl"])) ?? 0) > 0;
          if (!isJudged) return [];
          return orderProblems(
            ["minTtl", "defaultTtl", "maxTtl"].map((name) => [
              label === "" ? name : `${label}.${name}`,
              wholeNumber(read(behavior, [name])),
            ]),
          );
        }),
    example: { minTtl: 1, defaultTtl: 60, maxTtl: 3_600 },
    source: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html",
  },
  "distribution-texts": {
    types: DISTRIBUTION,
    problems: (props) => [
      ...each(
        ["webAclId"],
        form(
          (id) => /^(arn:(?!.*:regional\/webacl\/)|[\da-f-]{36}$)/.test(id),
          "the ARN of a web ACL of scope CLOUDFRONT, or the ID of an AWS WAF Classic web ACL",
        ),
      )(props),
      ...each(
        ["restrictions.geoRestriction.locations.*"],
        form((code) => /^[A-Z]{2}$/.test(code), "two capital letters, such as DE"),
      )(props),
    ],
    example: { restrictions: { geoRestriction: { restrictionType: "whitelist", locations: ["DE"] } } },
    source: `${CLOUDFRONT}/API_DistributionConfig.html`,
  },
  "behavior-caching": {
    types: DISTRIBUTION,
    // AWS's page asks for one of them, but we haven't seen AWS refuse a behavior with neither.
    problems: (props) =>
      BEHAVIORS.flatMap((path) => needs("at most one", ["cachePolicyId", "forwardedValues"], path)(props)),
    example: { defaultCacheBehavior: { cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6" } },
    source: `${CLOUDFRONT}/API_DefaultCacheBehavior.html`,
  },
  "origin-kind": {
    types: DISTRIBUTION,
    problems: needs("at most one", ["customOriginConfig", "s3OriginConfig", "vpcOriginConfig"], "origins.*"),
    example: {
      origins: [
        {
          originId: "store",
          customOriginConfig: {
            httpPort: 80,
            httpsPort: 443,
            originProtocolPolicy: "https-only",
            originSslProtocols: ["TLSv1.2"],
          },
        },
      ],
    },
    source: `${CLOUDFRONT}/API_Origin.html`,
  },
  "behavior-functions": {
    types: ALL_DISTRIBUTIONS,
    problems: (props) =>
      [...BEHAVIORS, "cacheBehaviors.*"]
        .flatMap((path) => readEach(props, path))
        .flatMap(({ label, reading }) => functionProblems(label, reading)),
    example: {
      defaultCacheBehavior: {
        cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
        functionAssociations: [
          { eventType: "viewer-request", functionArn: "arn:aws:cloudfront::123456789012:function/sort" },
        ],
        lambdaFunctionAssociations: [
          { eventType: "origin-request", lambdaArn: "arn:aws:lambda:us-east-1:123456789012:function:sort:3" },
        ],
      },
    },
    source:
      "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html",
  },
  "edge-function-runtime": {
    types: EDGE_FUNCTION,
    problems: (props) => [
      isSet(props, "keyValueStoreAssociations") && text(read(props, ["runtime"])) === "cloudfront-js-1.0"
        ? 'keyValueStoreAssociations is set, but runtime is "cloudfront-js-1.0"; AWS allows it only with "cloudfront-js-2.0"'
        : undefined,
    ],
    example: { runtime: "cloudfront-js-2.0", code: "function handler(event) { return event.request; }" },
    source:
      "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/kvs-with-functions-associate.html",
  },
  "edge-function-size": {
    types: EDGE_FUNCTION,
    problems: (props) => {
      const bytes = Buffer.byteLength(text(read(props, ["code"])) ?? "");
      return [bytes > 10_240 ? `code has ${bytes} bytes; AWS allows at most 10,240` : undefined];
    },
    example: { code: "function handler(event) { return event.request; }" },
    source: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html",
  },
  "waf-addresses": {
    types: IP_SET,
    problems: (props) => {
      const version = text(read(props, ["ipAddressVersion"]));
      const isOf = (range: string): boolean => range.includes(":") === (version === "IPV6");
      return version === "IPV4" || version === "IPV6"
        ? each(
            ["addresses.*"],
            form(
              (range) => /^[\da-fA-F.:]+\/\d{1,3}$/.test(range) && isOf(range),
              `ranges of ${version}, such as ${RANGES[version]}`,
            ),
          )(props)
        : [];
    },
    example: { ipAddressVersion: "IPV4", addresses: ["192.0.2.44/32"] },
    source: `${WAF}/API_CreateIPSet.html`,
  },
  "waf-priorities": {
    types: [...WEB_ACL, ...WAF_RULE_GROUP],
    problems: (props) => {
      const priorities = readEach(props, "rules.*.priority").map(({ reading }) => wholeNumber(reading));
      const known = priorities.filter((priority) => priority !== undefined);
      const twice = known.find((priority, index) => known.indexOf(priority) < index);
      return [
        twice === undefined
          ? undefined
          : `rules has priority ${twice} twice; AWS requires unique priorities in a web ACL or rule group`,
      ];
    },
    example: {
      rules: [
        { name: "rate", priority: 0 },
        { name: "reputation", priority: 10 },
      ],
    },
    source: `${WAF}/API_Rule.html`,
  },
  "waf-actions": {
    types: WEB_ACL,
    problems: (props) =>
      readEach(props, "rules.*").map(({ label, reading }) => wafActionProblem(label, reading)),
    example: {
      rules: [
        {
          priority: 0,
          statement: {
            managedRuleGroupStatement: { vendorName: "AWS", name: "AWSManagedRulesCommonRuleSet" },
          },
          overrideAction: { none: {} },
        },
      ],
    },
    source: `${WAF}/API_Rule.html`,
  },
  "waf-association": {
    types: WEB_ACL_ASSOCIATION,
    problems: each(
      ["webAclArn"],
      form((arn) => !/:global\/webacl\//.test(arn), "the ARN of a web ACL of scope REGIONAL"),
    ),
    example: {
      webAclArn:
        "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/store/01234567-89ab-cdef-0123-456789abcdef",
    },
    source: `${WAF}/API_AssociateWebACL.html`,
  },
  "waf-rule-action": {
    types: WEB_ACL_RULE,
    problems: (props) => [wafActionProblem("the rule", { kind: "known", value: props })],
    example: {
      priority: 0,
      statement: { managedRuleGroupStatement: { vendorName: "AWS", name: "AWSManagedRulesCommonRuleSet" } },
      overrideAction: { none: {} },
    },
    source: `${WAF}/API_Rule.html`,
  },
  "waf-patterns": {
    types: PATTERN_SET,
    problems: each(["regularExpressions"], atMost(10, "expressions")),
    example: { regularExpressions: [{ regexString: "^/admin" }] },
    source: "https://docs.aws.amazon.com/waf/latest/developerguide/limits.html",
  },
  "waf-rate-window": {
    types: [...WEB_ACL, ...WAF_RULE_GROUP],
    problems: each(
      ["rules.*.statement.rateBasedStatement.evaluationWindowSec"],
      expecting(oneOf(["60", "120", "300", "600"], ["\\d{1,9}"])),
    ),
    example: {
      rules: [
        {
          statement: { rateBasedStatement: { limit: 2_000, evaluationWindowSec: 300 } },
          action: { block: {} },
        },
      ],
    },
    source: `${WAF}/API_RateBasedStatement.html`,
  },
  "waf-metric-name": {
    types: [...WEB_ACL, ...WAF_RULE_GROUP],
    problems: each(
      ["visibilityConfig.metricName", "rules.*.visibilityConfig.metricName"],
      expecting({
        accepts: (value) => !["All", "Default_Action"].includes(scalar(value) ?? ""),
        allowed: 'names other than its own "All" and "Default_Action"',
        vocabulary: /^(All|Default_Action)$/,
      }),
    ),
    example: { visibilityConfig: { metricName: "store" } },
    source: `${WAF}/API_VisibilityConfig.html`,
  },
  "waf-log-destination": {
    types: WAF_LOGGING,
    problems: each(
      ["logDestinationConfigs.*"],
      form(
        (arn) => /[:/]aws-waf-logs-[^:/]*(:\*)?$/.test(arn),
        'the ARN of a log group, bucket or delivery stream whose name begins with "aws-waf-logs-"',
      ),
    ),
    example: { logDestinationConfigs: ["arn:aws:logs:eu-west-1:123456789012:log-group:aws-waf-logs-store"] },
    source: `${WAF}/API_LoggingConfiguration.html`,
  },
} satisfies Readonly<Record<string, Line>>;

/** The known events of a behavior's functions of one kind. */
function eventsOf(behavior: unknown, property: string): readonly string[] {
  return readEach(behavior, `${property}.*.eventType`).flatMap(({ reading }) => text(reading) ?? []);
}

/** A behavior has one function per event, and only one kind of function for viewer events. */
function functionProblems(label: string, behavior: Reading): (string | undefined)[] {
  if (behavior.kind !== "known") return [];
  const [light, heavy] = ["functionAssociations", "lambdaFunctionAssociations"].map((property) =>
    eventsOf(behavior.value, property),
  ) as [readonly string[], readonly string[]];
  const isViewers = (event: string): boolean => event.startsWith("viewer-");
  const isMixed = light.some(isViewers) && heavy.some(isViewers);
  const twice = [light, heavy].flatMap((events) =>
    events.filter((one, index) => events.indexOf(one) < index),
  );
  return [
    isMixed
      ? `${label} has functionAssociations and lambdaFunctionAssociations for viewer events; AWS allows only one kind of function for these`
      : undefined,
    light.some((event) => event.startsWith("origin-"))
      ? `${label}.functionAssociations has an origin event; AWS allows only "viewer-request" and "viewer-response"`
      : undefined,
    twice.length > 0 ? `${label} has two functions for one event; AWS allows only one` : undefined,
  ];
}

/** A rule that refers to a rule group overrides its actions; any other rule has its own action. */
function wafActionProblem(label: string, rule: Reading): string | undefined {
  if (rule.kind !== "known") return undefined;
  const has = (path: readonly string[]): boolean => read(rule.value, path).kind !== "absent";
  if (read(rule.value, ["statement"]).kind !== "known") return undefined;
  const refers = ["managedRuleGroupStatement", "ruleGroupReferenceStatement"].some((kind) =>
    has(["statement", kind]),
  );
  const [right, wrong] = refers ? ["overrideAction", "action"] : ["action", "overrideAction"];
  if (has([right]) && !has([wrong])) return undefined;
  const what = refers ? "refers to a rule group" : "does not refer to a rule group";
  return `${label} ${what}; AWS requires ${right} and allows no ${wrong}`;
}

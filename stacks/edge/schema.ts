import * as v from "valibot";

import {
  PRICE_CLASSES,
  VIEWER_TLS_POLICIES,
  type PriceClass,
  type ViewerTlsPolicy,
} from "../../components/edge/cloudfront";
import { CHECKER_COUNTRIES, type CheckerRegion } from "../../components/edge/health-checkers";
import { LOG_RETENTION_DAYS } from "../../components/network/flow-logs";
import { MANAGED_RULES, type ManagedRules } from "../../components/edge/managed-rules";
import { isPublic, parseRange } from "../../components/network/address-range";
import { PRIVATE_RANGES } from "../../components/network/cidr";
import { rangeWithin } from "../network/schema";
import {
  boolean,
  formatted,
  group,
  integer,
  listOf,
  matching,
  oneOf,
  oneOfIntegers,
  optional,
  type Setting,
  text,
  texts,
} from "../settings/fields";

/**
 * A range of addresses that are not routed on the internet.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1918#section-3
 * @see https://www.rfc-editor.org/rfc/rfc6598#section-7
 */
const PRIVATE_RANGE = rangeWithin("private-range", [...PRIVATE_RANGES, "100.64.0.0/10"]);

/** HTTP methods that rate limits may count. */
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

/** Shortest prefixes of ranges that may be listed. No organization has a larger range. */
const SHORTEST_PREFIX = { IPV4: 8, IPV6: 16 } as const;

const PUBLIC_RANGE = formatted(
  "public-range",
  (text) => {
    const range = parseRange(text);
    return range !== undefined && range.prefix >= SHORTEST_PREFIX[range.version] && isPublic(range);
  },
  /^[\da-f.:]+\/\d{1,3}$/,
);

/**
 * The allowed values of a list of public ranges.
 *
 * @param most - the maximum number as text: the first call of `toLocaleString` would add 25 ms to each start
 */
const publicRanges = (most: string): string =>
  `up to ${most} different public ranges in CIDR notation, IPv4 from /${SHORTEST_PREFIX.IPV4} or IPv6 from /${SHORTEST_PREFIX.IPV6}, in their shortest form, without bits set after the prefix`;

/** Settings for how the internet reaches the store. */
export const schema = {
  allowedRanges: texts({
    description:
      "The only public address ranges that may reach the store, such as an office's; empty for everyone. The load balancer's security group enforces this; with CloudFront, AWS WAF does, which needs cdn.origin vpc.",
    default: Object.freeze([]),
    allowed: publicRanges("100"),
    example: "203.0.113.0/24, 2001:db8:5::/48",
    maxItems: 100,
    items: PUBLIC_RANGE,
  }),
  cdn: group(
    {
      enabled: boolean({
        description:
          "Whether customers reach the store through CloudFront, which is billed by request and byte.",
        default: false,
      }),
      origin: oneOf(["vpc", "public", "open"], {
        description:
          "How CloudFront reaches the load balancer: vpc makes it internal; public admits only CloudFront's servers; open admits everyone, for a migration. A change from or to vpc replaces the load balancer.",
        default: "vpc",
      }),
      certificateArn: optional(
        text({
          description:
            "ARN of an issued ACM certificate in us-east-1 that covers all names; if not set, the stack creates one.",
          allowed: "the ARN of a certificate in ACM in us-east-1",
          example: "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
          of: matching(/^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[0-9A-Za-z-]+$/),
        }),
      ),
      tlsPolicy: oneOf<ViewerTlsPolicy>(VIEWER_TLS_POLICIES, {
        description: "Minimum TLS version and ciphers for customers; every value includes TLS 1.3.",
        default: "TLSv1.2_2021",
      }),
      priceClass: oneOf<PriceClass>(PRICE_CLASSES, {
        description:
          "Where CloudFront serves from: North America and Europe; with Asia, the Middle East and Africa; everywhere. Fewer places cost less.",
        default: "PriceClass_100",
      }),
      staticPaths: texts({
        description:
          "Paths of files that are the same for everyone. CloudFront caches only these, and requests them without cookies.",
        default: Object.freeze(["/static/*"]),
        allowed: "up to 10 different paths that begin with /, with * for any text",
        example: "/static/*",
        // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern
        maxItems: 10,
        items: matching(/^\/[A-Za-z0-9_\-.*$/~"'@:+]{1,254}$/),
      }),
      staticSeconds: integer(0, 31_536_000, {
        description: "Seconds that CloudFront caches a static file without Cache-Control.",
        default: 86_400,
      }),
      originReadTimeoutSeconds: integer(1, 120, {
        description: "Seconds that CloudFront waits for the load balancer's response.",
        default: 30,
      }),
      allowedCountries: countries("Countries that are served, as ISO 3166 codes; empty for all."),
      blockedCountries: countries("Countries that are not served, as ISO 3166 codes."),
    },
    {
      description: "CloudFront in front of the load balancer.",
      example: 'cdn: { enabled: true, staticPaths: ["/static/*"] }',
    },
  ),
  waf: group(
    {
      enabled: boolean({
        description:
          "Whether AWS WAF protects CloudFront or, without it, the load balancer, for about 10 dollars a month and 60 cents per million requests.",
        default: false,
      }),
      countOnly: boolean({
        description:
          "Whether its rules only count and log what they would block. Addresses outside allowedRanges are still blocked.",
        default: false,
      }),
      blockedRanges: addressRanges("Ranges of addresses that are blocked, for a dollar a month."),
      trustedRanges: addressRanges(
        "Ranges of addresses to which no limit or rule applies, such as a partner's servers, for a dollar a month. All requests from there are trusted.",
      ),
      rateLimitPer5Minutes: integer(10, 2_000_000_000, {
        description:
          "Number of requests from one IP address in five minutes above which it is blocked temporarily.",
        default: 2000,
      }),
      rateLimits: listOf(
        {
          name: ruleName("Unique name of the limit: the rule and its metric are rate-limit-NAME.", "login"),
          path: text({
            description: "Prefix of the paths. Case and other spellings of the same path make no difference.",
            allowed: "a path that begins with /, of letters, digits and - . _ ~ /, at most 200 characters",
            example: "/login",
            of: matching(/^\/[A-Za-z0-9\-._~/]*$/, 200),
          }),
          requestsPer5Minutes: integer(10, 2_000_000_000, {
            description:
              "Number of requests from one IP address in five minutes above which it is blocked there temporarily.",
            example: 50,
          }),
          methods: texts({
            description: "Methods that count; empty for all.",
            default: Object.freeze([]),
            allowed: `different ones of ${METHODS.join(", ")}`,
            example: "POST",
            items: v.picklist(METHODS),
          }),
        },
        {
          description:
            "Lower limits for some paths, each for a dollar a month. Adding one at the end does not change the others.",
          example: "rateLimits: [{ name: login, path: /login, requestsPer5Minutes: 50, methods: [POST] }]",
          atMost: 9,
        },
      ),
      ruleGroups: listOf(
        {
          name: ruleName(
            "Unique name for the rule group: the rule and its metric are rule-group-NAME.",
            "shop",
          ),
          arn: text({
            description:
              "ARN of the rule group, in the stack's Region; with cdn, of a global rule group in us-east-1.",
            allowed: "the ARN of a rule group of AWS WAF",
            example:
              "arn:aws:wafv2:eu-west-1:123456789012:regional/rulegroup/shop/01234567-89ab-cdef-0123-456789abcdef",
            of: matching(
              /^arn:aws[a-z-]*:wafv2:[a-z0-9-]+:\d{12}:(global|regional)\/rulegroup\/[\w-]{1,128}\/[0-9a-f-]{36}$/,
            ),
          }),
          capacityUnits: integer(1, 5000, {
            description: "Web ACL capacity units with which it was created; these never change.",
            example: 100,
          }),
        },
        {
          description:
            "Your own rule groups, evaluated in this order after AWS's, each for a dollar a month plus its rules.",
          example:
            "ruleGroups: [{ name: shop, arn: arn:aws:wafv2:eu-west-1:123456789012:regional/rulegroup/shop/01234567-89ab-cdef-0123-456789abcdef, capacityUnits: 100 }]",
          atMost: 10,
        },
      ),
      managedRules: managedRules({
        description: "AWS's managed rule groups.",
        default: [
          "AWSManagedRulesAmazonIpReputationList",
          "AWSManagedRulesCommonRuleSet",
          "AWSManagedRulesKnownBadInputsRuleSet",
          "AWSManagedRulesSQLiRuleSet",
        ],
      }),
      countedRules: texts({
        description: "Rules of those groups that only count, because they block legitimate requests.",
        default: Object.freeze([]),
        allowed: "up to 20 different entries <rule group>/<rule>",
        example: "AWSManagedRulesCommonRuleSet/SizeRestrictions_BODY",
        maxItems: 20,
        items: matching(new RegExp(`^(${MANAGED_RULES.join("|")})/\\w{1,128}$`)),
      }),
      logRetentionDays: oneOfIntegers(LOG_RETENTION_DAYS, {
        description: "Days that logs of blocked and counted requests are kept in CloudWatch Logs.",
        default: 30,
      }),
    },
    { description: "AWS WAF.", example: "waf: { enabled: true, rateLimitPer5Minutes: 2000 }" },
  ),
  internal: group(
    {
      enabled: boolean({
        description:
          "Whether the store is for private networks only, with an internal load balancer and names that only the VPC resolves. A change replaces the load balancer.",
        default: false,
      }),
      sourceRanges: texts({
        description:
          "Private ranges that may reach an internal store, such as those behind a VPN. The VPC itself always may.",
        default: Object.freeze([]),
        allowed:
          "up to 10 different ranges within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10",
        example: "10.8.0.0/16",
        maxItems: 10,
        items: PRIVATE_RANGE,
      }),
    },
    {
      description: "A store without an address on the internet.",
      example: "internal: { enabled: true, sourceRanges: [10.8.0.0/16] }",
    },
  ),
  externalHealthCheck: group(
    {
      enabled: boolean({
        description:
          "Whether Route 53 checks healthCheck.path at the public name, from several parts of the world, for about 2 dollars a month.",
        default: false,
      }),
      regions: checkerRegions({
        description: "Regions of the health checkers.",
        default: ["eu-west-1", "us-east-1", "us-west-2"],
      }),
      intervalSeconds: oneOfIntegers([10, 30], {
        description: "Seconds between two checks of a health checker; 10 costs more.",
        default: 30,
      }),
      failureThreshold: integer(1, 10, {
        description:
          "Number of consecutive failed checks after which a health checker reports the store unhealthy.",
        default: 3,
      }),
    },
    {
      description: "A health check from outside.",
      example: "externalHealthCheck: { enabled: true, regions: [eu-west-1, us-east-1, us-west-2] }",
    },
  ),
} as const;

function ruleName(description: string, example: string): Setting<string> {
  return text({
    description,
    allowed: "a lowercase letter, then up to 29 lowercase letters, digits and hyphens",
    example,
    of: matching(/^[a-z][a-z0-9-]{0,29}$/),
  });
}

function addressRanges(description: string): Setting<readonly string[]> {
  return texts({
    description,
    default: Object.freeze([]),
    allowed: publicRanges("1,000"),
    example: "198.51.100.0/24",
    maxItems: 1000,
    items: PUBLIC_RANGE,
  });
}

function countries(description: string): Setting<readonly string[]> {
  return texts({
    description,
    default: Object.freeze([]),
    allowed: "up to 249 different codes of two uppercase letters",
    example: "DE, FR",
    maxItems: 249,
    items: matching(/^[A-Z]{2}$/),
  });
}

function managedRules(description: {
  readonly description: string;
  readonly default: readonly ManagedRules[];
}): Setting<readonly ManagedRules[]> {
  return texts({
    ...description,
    default: Object.freeze([...description.default]),
    allowed: `different ones of ${MANAGED_RULES.join(", ")}`,
    example: "AWSManagedRulesCommonRuleSet",
    items: v.picklist(MANAGED_RULES),
  });
}

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html (Regions: three at least) */
function checkerRegions(description: {
  readonly description: string;
  readonly default: readonly CheckerRegion[];
}): Setting<readonly CheckerRegion[]> {
  return texts({
    ...description,
    default: Object.freeze([...description.default]),
    allowed:
      "3 to 8 different ones of us-east-1, us-west-1, us-west-2, eu-west-1, ap-southeast-1, ap-southeast-2, ap-northeast-1, sa-east-1",
    example: "eu-west-1, us-east-1, us-west-2",
    minItems: 3,
    items: v.picklist(Object.keys(CHECKER_COUNTRIES) as CheckerRegion[]),
  });
}

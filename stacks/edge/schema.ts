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
import { rangeWithin } from "../network";
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
 * A range of addresses from which nothing comes over the internet.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1918#section-3
 * @see https://www.rfc-editor.org/rfc/rfc6598#section-7
 */
const PRIVATE_RANGE = rangeWithin("private-range", [...PRIVATE_RANGES, "100.64.0.0/10"]);

/** Methods of HTTP that rules may count. */
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

/** The largest ranges that count as some addresses among all: nobody has a larger one to himself. */
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
 * What is allowed as a list of public ranges.
 *
 * @param most - in words: a first `toLocaleString` takes each start 25 ms
 */
const publicRanges = (most: string): string =>
  `up to ${most} different public ranges in CIDR notation, of IPv4 from /${SHORTEST_PREFIX.IPV4} or of IPv6 from /${SHORTEST_PREFIX.IPV6} on, in their shortest form, without bits set behind the prefix`;

/** How the world reaches the store, or doesn't. */
export const schema = {
  allowedRanges: texts({
    description:
      "The only ranges of public addresses that reach the store, such as an office's; none for the whole world. The load balancer's security group lets in no others; behind CloudFront AWS WAF does, with cdn.origin vpc.",
    default: Object.freeze([]),
    allowed: publicRanges("100"),
    example: "203.0.113.0/24, 2001:db8:5::/48",
    maxItems: 100,
    items: PUBLIC_RANGE,
  }),
  cdn: group(
    {
      enabled: boolean({
        description: "Whether customers reach the store through CloudFront, paid by request and byte.",
        default: false,
      }),
      origin: oneOf(["vpc", "public", "open"], {
        description:
          "How CloudFront reaches the load balancer: vpc has an internal one; public one that admits CloudFront's servers only; open one that admits everybody, for a change-over. From or to vpc replaces it.",
        default: "vpc",
      }),
      certificateArn: optional(
        text({
          description:
            "ARN of an issued ACM certificate in us-east-1 that covers all the names; without, the stack creates one.",
          allowed: "the ARN of a certificate in ACM in us-east-1",
          example: "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
          of: matching(/^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[0-9A-Za-z-]+$/),
        }),
      ),
      tlsPolicy: oneOf<ViewerTlsPolicy>(VIEWER_TLS_POLICIES, {
        description: "Least TLS version and ciphers that customers may use; all of them offer TLS 1.3.",
        default: "TLSv1.2_2021",
      }),
      priceClass: oneOf<PriceClass>(PRICE_CLASSES, {
        description:
          "Where CloudFront serves from: North America and Europe; with Asia, the Middle East and Africa; everywhere. Fewer places cost less.",
        default: "PriceClass_100",
      }),
      staticPaths: texts({
        description:
          "Paths of files that are the same for everybody. CloudFront caches them, without cookies, and nothing else.",
        default: Object.freeze(["/static/*"]),
        allowed: "up to 10 different paths from / on, with * for any text",
        example: "/static/*",
        // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern
        maxItems: 10,
        items: matching(/^\/[A-Za-z0-9_\-.*$/~"'@:+]{1,254}$/),
      }),
      staticSeconds: integer(0, 31_536_000, {
        description: "Seconds that CloudFront keeps a static file that comes without Cache-Control.",
        default: 86_400,
      }),
      originReadTimeoutSeconds: integer(1, 120, {
        description: "Seconds that CloudFront waits for the load balancer's answer.",
        default: 30,
      }),
      allowedCountries: countries("Countries that are served, by ISO 3166 codes; none for all."),
      blockedCountries: countries("Countries that are not served, by ISO 3166 codes."),
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
          "Whether AWS WAF guards what is public, CloudFront or the load balancer: about 10 dollars a month, and 60 cents a million requests.",
        default: false,
      }),
      countOnly: boolean({
        description:
          "Whether its rules only count and log what they would block. Whom allowedRanges leave out is blocked all the same.",
        default: false,
      }),
      blockedRanges: addressRanges("Ranges of addresses that are blocked, for a dollar a month."),
      trustedRanges: addressRanges(
        "Ranges of addresses that no limit and no rule stops, such as a partner's servers, for a dollar a month. Whoever sends requests from there is trusted.",
      ),
      rateLimitPer5Minutes: integer(10, 2_000_000_000, {
        description: "Requests of one IP address in five minutes, above which it is blocked for a while.",
        default: 2000,
      }),
      rateLimits: listOf(
        {
          name: ruleName(
            "Its name, unlike the others': the rule and its metric are rate-limit-NAME.",
            "login",
          ),
          path: text({
            description:
              "What the paths begin with. Capitals make no difference, nor does another way to write the same path.",
            allowed: "a path from / on, of letters, digits and - . _ ~ /, 200 characters at most",
            example: "/login",
            of: matching(/^\/[A-Za-z0-9\-._~/]*$/, 200),
          }),
          requestsPer5Minutes: integer(10, 2_000_000_000, {
            description:
              "Requests of one IP address in five minutes, above which it is blocked there for a while.",
            example: 50,
          }),
          methods: texts({
            description: "Methods that count; none for all.",
            default: Object.freeze([]),
            allowed: `different ones of ${METHODS.join(", ")}`,
            example: "POST",
            items: v.picklist(METHODS),
          }),
        },
        {
          description:
            "Lower limits for some paths, each for a dollar a month. A new one at the end changes no other.",
          example: "rateLimits: [{ name: login, path: /login, requestsPer5Minutes: 50, methods: [POST] }]",
          atMost: 9,
        },
      ),
      ruleGroups: listOf(
        {
          name: ruleName(
            "Its name here, unlike the others': the rule and its metric are rule-group-NAME.",
            "shop",
          ),
          arn: text({
            description: "ARN of the rule group, in the stack's Region; with cdn a global one, in us-east-1.",
            allowed: "the ARN of a rule group of AWS WAF",
            example:
              "arn:aws:wafv2:eu-west-1:123456789012:regional/rulegroup/shop/01234567-89ab-cdef-0123-456789abcdef",
            of: matching(
              /^arn:aws[a-z-]*:wafv2:[a-z0-9-]+:\d{12}:(global|regional)\/rulegroup\/[\w-]{1,128}\/[0-9a-f-]{36}$/,
            ),
          }),
          capacityUnits: integer(1, 5000, {
            description: "Web ACL capacity units that it was made with, which never change.",
            example: 100,
          }),
        },
        {
          description:
            "Rule groups of your own, asked in this order behind AWS's, each for a dollar a month beside its rules.",
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
        description: "Single rules of those groups that only count, because they block what is sound.",
        default: Object.freeze([]),
        allowed: "up to 20 different texts <rule group>/<rule>",
        example: "AWSManagedRulesCommonRuleSet/SizeRestrictions_BODY",
        maxItems: 20,
        items: matching(new RegExp(`^(${MANAGED_RULES.join("|")})/\\w{1,128}$`)),
      }),
      logRetentionDays: oneOfIntegers(LOG_RETENTION_DAYS, {
        description: "Days that what it blocked or counted is kept in CloudWatch Logs.",
        default: 30,
      }),
    },
    { description: "AWS WAF.", example: "waf: { enabled: true, rateLimitPer5Minutes: 2000 }" },
  ),
  internal: group(
    {
      enabled: boolean({
        description:
          "Whether the store is for private networks only: an internal load balancer, and names that only the VPC resolves. A change replaces the load balancer.",
        default: false,
      }),
      sourceRanges: texts({
        description:
          "Private ranges that may reach an internal store, such as those behind a VPN; the VPC itself always may.",
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
          "Whether Route 53 asks healthCheck.path by the public name, from several parts of the world, for about 2 dollars a month.",
        default: false,
      }),
      regions: checkerRegions({
        description: "Regions that ask.",
        default: ["eu-west-1", "us-east-1", "us-west-2"],
      }),
      intervalSeconds: oneOfIntegers([10, 30], {
        description: "Seconds from one question of a checker to its next; 10 costs more.",
        default: 30,
      }),
      failureThreshold: integer(1, 10, {
        description: "Bad answers in a row that make a checker call the store unhealthy.",
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
    allowed: "a small letter, then up to 29 small letters, digits and hyphens",
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
    allowed: "up to 249 different codes of two capital letters",
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

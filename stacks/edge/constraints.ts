import { CHECKER_COUNTRIES } from "../../components/edge/health-checkers";
import { capacityOf, INCLUDED_CAPACITY } from "../../components/edge/web-acl-capacity";
import { planCertificates } from "../certificate/plan";
import type { Settings } from "../settings/schema";
import type { Constraint, Violation } from "../settings/constraint";
import { rangeConstraints } from "./range-constraints";

/** Constraints on how the internet reaches the store. */
export const constraints: readonly Constraint[] = [
  internalAndPublic,
  keyUnknownToCloudFront,
  tlsUnknownToCloudFront,
  tlsUnknownToCheckers,
  oneCertificateOfTwo,
  namesOfOneCertificate,
  namesOfOneDistribution,
  countriesTwice,
  checkersShutOut,
  pathTooLong,
  rulesBeyondCapacity,
  countedWithoutItsGroup,
  ruleNamedTwice,
  limitsAboveTheGeneral,
  ruleGroupsElsewhere,
  ruleGroupTwice,
  idleRules,
  ...rangeConstraints,
];

/** An internal store has nothing that CloudFront, Route 53 or AWS WAF could serve, check or protect. */
function internalAndPublic({ internal, ...settings }: Settings): Violation[] {
  if (!internal.enabled) return [];
  return (["cdn", "waf", "externalHealthCheck"] as const)
    .filter((key) => settings[key].enabled)
    .map((key) => ({
      at: `${key}.enabled`,
      allowed: "false, because internal.enabled is true: no part of the store is public then",
      remedy:
        key === "cdn"
          ? "set internal.enabled to false: with cdn.origin vpc, the load balancer behind CloudFront is internal anyway"
          : `set ${key}.enabled to false, or internal.enabled`,
    }));
}

/**
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html#https-requirements-size-of-public-key
 */
function keyUnknownToCloudFront({ cdn, certificate: { keyAlgorithm: algorithm } }: Settings): Violation[] {
  if (!cdn.enabled || algorithm !== "EC_secp384r1") return [];
  return [
    {
      at: "certificate.keyAlgorithm",
      allowed: "EC_prime256v1, RSA_2048, because cdn.enabled is true: CloudFront supports no other key",
      remedy: "set certificate.keyAlgorithm to EC_prime256v1",
    },
  ];
}

/** Whether a security policy, of a load balancer or of CloudFront, excludes TLS 1.2. */
function isTls13Only(policy: string): boolean {
  return policy.includes("-TLS13-1-3-") || policy.startsWith("TLSv1.3_");
}

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginSslProtocols.html (Items) */
function tlsUnknownToCloudFront({
  cdn,
  loadBalancer: { tlsPolicy },
  externalHealthCheck: check,
}: Settings): Violation[] {
  if (!cdn.enabled || !isTls13Only(tlsPolicy)) return [];
  return [
    {
      at: "loadBalancer.tlsPolicy",
      allowed:
        "a policy with TLS 1.2, ELBSecurityPolicy-TLS13-1-2-…, because cdn.enabled is true: CloudFront uses it with the load balancer",
      remedy: check.enabled
        ? "leave loadBalancer.tlsPolicy out"
        : "leave loadBalancer.tlsPolicy out; to require TLS 1.3 from customers, set cdn.tlsPolicy to TLSv1.3_2025",
    },
  ];
}

/**
 * Route 53's checkers connect as customers do, and support TLS 1.2 at most. Without it, the store would always be
 * unhealthy.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html (Type)
 */
function tlsUnknownToCheckers({
  cdn,
  loadBalancer: { tlsPolicy },
  externalHealthCheck: check,
}: Settings): Violation[] {
  if (!check.enabled) return [];
  const [at, policy] = cdn.enabled ? ["cdn.tlsPolicy", cdn.tlsPolicy] : ["loadBalancer.tlsPolicy", tlsPolicy];
  if (!isTls13Only(policy)) return [];
  return [
    {
      at,
      allowed: `a policy with TLS 1.2, ${cdn.enabled ? "TLSv1.2_…" : "ELBSecurityPolicy-TLS13-1-2-…"}, because externalHealthCheck.enabled is true: Route 53 does not support TLS 1.3`,
      remedy: `leave ${at} out, or set externalHealthCheck.enabled to false`,
    },
  ];
}

/**
 * The certificate that the stack creates for CloudFront is validated by the records of the one in the stack's Region.
 */
function oneCertificateOfTwo({ cdn, certificate: { arn: certificateArn }, region }: Settings): Violation[] {
  if (!cdn.enabled || certificateArn === undefined || cdn.certificateArn !== undefined) return [];
  if (region === "us-east-1") return [];
  return [
    {
      at: "cdn.certificateArn",
      allowed: "a certificate in us-east-1, because certificate.arn is set: CloudFront uses no other",
      remedy:
        "request or import the same certificate in us-east-1, or remove certificate.arn, so that the stack creates both",
    },
  ];
}

/**
 * A distribution has one certificate.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html
 */
function namesOfOneCertificate(settings: Settings): Violation[] {
  const { cdn } = settings;
  const { further } = planCertificates(settings);
  if (!cdn.enabled || cdn.certificateArn !== undefined || further.size === 0) return [];
  return [
    {
      at: "certificate.subjectAlternativeNames",
      allowed: `up to 9 names and names that their wildcards cover, because cdn.enabled is true: CloudFront has one certificate, and these need ${further.size + 1}`,
      remedy: `remove ${[...further.values()].flat().join(", ")}, or set cdn.certificateArn to your own certificate for all of them`,
    },
  ];
}

/**
 * Maximum number of names of a distribution, by its default quota.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
 */
const NAMES_OF_DISTRIBUTION = 100;

function namesOfOneDistribution({
  cdn,
  certificate: { subjectAlternativeNames: names },
}: Settings): Violation[] {
  if (!cdn.enabled || names.length < NAMES_OF_DISTRIBUTION) return [];
  return [
    {
      at: "certificate.subjectAlternativeNames",
      allowed: `up to ${NAMES_OF_DISTRIBUTION - 1} names in addition to domainName, because cdn.enabled is true: CloudFront serves ${NAMES_OF_DISTRIBUTION}`,
      remedy: "remove one, or replace names with a wildcard that covers them",
    },
  ];
}

function countriesTwice({ cdn }: Settings): Violation[] {
  if (cdn.allowedCountries.length === 0 || cdn.blockedCountries.length === 0) return [];
  return [
    {
      at: "cdn.blockedCountries",
      allowed: "an empty list, because allowedCountries has countries: all others are blocked already",
      remedy: "empty one of the two",
    },
  ];
}

/** CloudFront blocks a checker like any other visitor from its country. */
function checkersShutOut({ cdn, externalHealthCheck: check }: Settings): Violation[] {
  if (!cdn.enabled || !check.enabled) return [];
  const shutOut = check.regions.filter((region) => {
    const country = CHECKER_COUNTRIES[region];
    const isAllowed = cdn.allowedCountries.length === 0 || cdn.allowedCountries.includes(country);
    return !isAllowed || cdn.blockedCountries.includes(country);
  });
  if (shutOut.length === 0) return [];
  const where = shutOut.map((region) => `${region} (${CHECKER_COUNTRIES[region]})`).join(", ");
  return [
    {
      at: "externalHealthCheck.regions",
      allowed: "Regions in countries that cdn serves: CloudFront refuses checkers in others",
      remedy: `leave out ${where}, serve their countries, or disable externalHealthCheck`,
    },
  ];
}

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html (ResourcePath) */
function pathTooLong({
  externalHealthCheck: check,
  healthCheck: { path: healthCheckPath },
}: Settings): Violation[] {
  if (!check.enabled || healthCheckPath.length <= 255) return [];
  return [
    {
      at: "healthCheck.path",
      allowed: "at most 255 characters, because externalHealthCheck.enabled is true",
      remedy: "shorten healthCheck.path, or set externalHealthCheck.enabled to false",
    },
  ];
}

function rulesBeyondCapacity({ allowedRanges, cdn, waf }: Settings): Violation[] {
  const lists = [cdn.enabled ? allowedRanges : [], waf.blockedRanges, waf.trustedRanges];
  // A list with ranges of both IP versions makes two sets.
  const ipSets = lists.filter((ranges) => ranges.length > 0).length * 2;
  const capacity = capacityOf({ ...waf, ipSets });
  if (capacity <= INCLUDED_CAPACITY) return [];
  const own = waf.rateLimits.length + waf.ruleGroups.length > 0;
  return [
    {
      at: "waf.managedRules",
      allowed: `rule groups with at most ${INCLUDED_CAPACITY} web ACL capacity units together, with the rate limit${own ? "s, your own rule groups and the sets of addresses" : ""}: more costs extra (these need ${capacity})`,
      remedy: `leave out what the store doesn't need: AWSManagedRulesSQLiRuleSet without an SQL database, AWSManagedRulesAdminProtectionRuleSet without public administration${own ? "; or one of waf.rateLimits or waf.ruleGroups" : ""}`,
    },
  ];
}

/** Rules of a web ACL need different names. */
function ruleNamedTwice({ waf }: Settings): Violation[] {
  return (["rateLimits", "ruleGroups"] as const).flatMap((key) => {
    const names = waf[key].map(({ name }) => name);
    return names.flatMap((name, index) =>
      names.indexOf(name) === index
        ? []
        : [{ at: `waf.${key}[${index}].name`, allowed: "a name that no other has", remedy: "rename one" }],
    );
  });
}

/** A path's limit above the limit for all paths is never reached. */
function limitsAboveTheGeneral({ waf }: Settings): Violation[] {
  return waf.rateLimits.flatMap(({ requestsPer5Minutes }, index) =>
    requestsPer5Minutes < waf.rateLimitPer5Minutes
      ? []
      : [
          {
            at: `waf.rateLimits[${index}].requestsPer5Minutes`,
            allowed: `a number below waf.rateLimitPer5Minutes, ${waf.rateLimitPer5Minutes}, which blocks an address on all paths`,
            remedy: "lower it, raise waf.rateLimitPer5Minutes, or remove this limit",
          },
        ],
  );
}

/**
 * A web ACL uses rule groups of its own scope and Region:
 * https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateRuleGroup.html
 */
function ruleGroupsElsewhere({ cdn, region, waf }: Settings): Violation[] {
  const [wanted, scope] = cdn.enabled ? ["us-east-1", "global"] : [region, "regional"];
  return waf.ruleGroups.flatMap(({ arn }, index) =>
    arn.split(":")[3] === wanted && arn.includes(`:${scope}/`)
      ? []
      : [
          {
            at: `waf.ruleGroups[${index}].arn`,
            allowed: cdn.enabled
              ? "a global rule group, in us-east-1, because cdn.enabled is true: AWS WAF is attached to CloudFront"
              : `a regional rule group in ${region}, where the load balancer is`,
            remedy: `create the rule group there with scope ${cdn.enabled ? "CLOUDFRONT" : "REGIONAL"}, and write its ARN here`,
          },
        ],
  );
}

function ruleGroupTwice({ waf }: Settings): Violation[] {
  const arns = waf.ruleGroups.map(({ arn }) => arn);
  return arns.flatMap((arn, index) =>
    arns.indexOf(arn) === index
      ? []
      : [
          {
            at: `waf.ruleGroups[${index}].arn`,
            allowed: "another rule group than those before it: a web ACL uses each once",
            remedy: `remove ${waf.ruleGroups[index]?.name ?? "it"}`,
          },
        ],
  );
}

/** Rules that have no effect, though their author relies on them. */
function idleRules({ waf }: Settings): Violation[] {
  if (waf.enabled) return [];
  const lists = (["blockedRanges", "trustedRanges", "rateLimits", "ruleGroups"] as const).filter(
    (key) => waf[key].length > 0,
  );
  return lists.map((key) => ({
    at: `waf.${key}`,
    allowed: "no value, because waf.enabled is false: it has no effect",
    remedy: `set waf.enabled to true, or remove waf.${key}`,
  }));
}

function countedWithoutItsGroup({ waf }: Settings): Violation[] {
  const groups: readonly string[] = waf.managedRules;
  const strays = waf.countedRules.filter((rule) => !groups.includes(rule.split("/")[0] ?? ""));
  if (strays.length === 0) return [];
  return [
    {
      at: "waf.countedRules",
      allowed: "rules of the groups in managedRules",
      remedy: `remove ${strays.join(", ")}, or add the group`,
    },
  ];
}

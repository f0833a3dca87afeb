import { CHECKER_COUNTRIES } from "../../components/edge/health-checkers";
import { capacityOf, INCLUDED_CAPACITY } from "../../components/edge/web-acl-capacity";
import { planCertificates } from "../certificate";
import type { Settings } from "../settings";
import type { Constraint, Violation } from "../settings/constraint";
import { rangeConstraints } from "./range-constraints";

/** How the world reaches the store, or doesn't. */
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

/** A store within private networks has nothing that the internet could reach, check or attack. */
function internalAndPublic({ internal, ...settings }: Settings): Violation[] {
  if (!internal.enabled) return [];
  return (["cdn", "waf", "externalHealthCheck"] as const)
    .filter((key) => settings[key].enabled)
    .map((key) => ({
      at: `${key}.enabled`,
      allowed: "false, where internal.enabled is true: nothing of the store is public then",
      remedy:
        key === "cdn"
          ? "set internal.enabled to false: behind CloudFront the load balancer is internal by itself, with cdn.origin vpc"
          : `set ${key}.enabled to false, or internal.enabled`,
    }));
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html#https-requirements-size-of-public-key */
function keyUnknownToCloudFront({ cdn, certificate: { keyAlgorithm: algorithm } }: Settings): Violation[] {
  if (!cdn.enabled || algorithm !== "EC_secp384r1") return [];
  return [
    {
      at: "certificate.keyAlgorithm",
      allowed: "EC_prime256v1, RSA_2048, where cdn.enabled is true: CloudFront takes no other key",
      remedy: "set certificate.keyAlgorithm to EC_prime256v1",
    },
  ];
}

/** The two kinds of policies that leave out TLS 1.2: those of load balancers and those of CloudFront. */
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
        "a policy with TLS 1.2, ELBSecurityPolicy-TLS13-1-2-…, where cdn.enabled is true: CloudFront speaks it to the load balancer",
      remedy: check.enabled
        ? "leave loadBalancer.tlsPolicy out"
        : "leave loadBalancer.tlsPolicy out; for customers to come by TLS 1.3 only, set cdn.tlsPolicy to TLSv1.3_2025",
    },
  ];
}

/**
 * Route 53's checkers come by the customers' way, and speak TLS 1.2 at the most: without it the store would be
 * unhealthy for ever.
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
      allowed: `a policy with TLS 1.2, ${cdn.enabled ? "TLSv1.2_…" : "ELBSecurityPolicy-TLS13-1-2-…"}, where externalHealthCheck.enabled is true: Route 53 speaks no TLS 1.3`,
      remedy: `leave ${at} out, or set externalHealthCheck.enabled to false`,
    },
  ];
}

/** A certificate that the stack makes for CloudFront is validated by the records of the one it makes at home. */
function oneCertificateOfTwo({ cdn, certificate: { arn: certificateArn }, region }: Settings): Violation[] {
  if (!cdn.enabled || certificateArn === undefined || cdn.certificateArn !== undefined) return [];
  if (region === "us-east-1") return [];
  return [
    {
      at: "cdn.certificateArn",
      allowed: "a certificate in us-east-1, where certificate.arn is set: CloudFront takes no other",
      remedy:
        "request or import the same certificate in us-east-1, or leave certificate.arn out to have both created",
    },
  ];
}

/**
 * A distribution shows one certificate.
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
      allowed: `up to 9 names and what wildcards among them cover, where cdn.enabled is true: CloudFront shows one certificate, and this makes ${further.size + 1}`,
      remedy: `remove ${[...further.values()].flat().join(", ")}, or set cdn.certificateArn to one of yours that covers all of them`,
    },
  ];
}

/**
 * Names of a distribution, by its default quota.
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
      allowed: `up to ${NAMES_OF_DISTRIBUTION - 1} names beside domainName, where cdn.enabled is true: CloudFront serves ${NAMES_OF_DISTRIBUTION}`,
      remedy: "remove one, or put a wildcard in place of the names that it covers",
    },
  ];
}

function countriesTwice({ cdn }: Settings): Violation[] {
  if (cdn.allowedCountries.length === 0 || cdn.blockedCountries.length === 0) return [];
  return [
    {
      at: "cdn.blockedCountries",
      allowed: "an empty list, where allowedCountries has countries: all others are blocked already",
      remedy: "empty one of the two",
    },
  ];
}

/** CloudFront turns a checker away like any other visitor from its country. */
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
      allowed: "Regions in countries that cdn serves, or every answer is a refusal",
      remedy: `leave out ${where}, serve their countries, or switch externalHealthCheck off`,
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
      allowed: "255 characters at most, where externalHealthCheck.enabled is true",
      remedy: "shorten healthCheck.path, or set externalHealthCheck.enabled to false",
    },
  ];
}

function rulesBeyondCapacity({ allowedRanges, cdn, waf }: Settings): Violation[] {
  const lists = [cdn.enabled ? allowedRanges : [], waf.blockedRanges, waf.trustedRanges];
  // A list with ranges of both versions of IP makes two sets.
  const ipSets = lists.filter((ranges) => ranges.length > 0).length * 2;
  const capacity = capacityOf({ ...waf, ipSets });
  if (capacity <= INCLUDED_CAPACITY) return [];
  const own = waf.rateLimits.length + waf.ruleGroups.length > 0;
  return [
    {
      at: "waf.managedRules",
      allowed: `rule groups of ${INCLUDED_CAPACITY} web ACL capacity units together, with the rate limit${own ? "s, your own rule groups and the sets of addresses" : ""}: more costs extra (these need ${capacity})`,
      remedy: `leave out what isn't for the store: AWSManagedRulesSQLiRuleSet without an SQL database, AWSManagedRulesAdminProtectionRuleSet without public administration${own ? "; or one of waf.rateLimits or waf.ruleGroups" : ""}`,
    },
  ];
}

/** Rules of a web ACL differ in their names. */
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

/** A path's limit above that of all paths is never reached. */
function limitsAboveTheGeneral({ waf }: Settings): Violation[] {
  return waf.rateLimits.flatMap(({ requestsPer5Minutes }, index) =>
    requestsPer5Minutes < waf.rateLimitPer5Minutes
      ? []
      : [
          {
            at: `waf.rateLimits[${index}].requestsPer5Minutes`,
            allowed: `a number below waf.rateLimitPer5Minutes, ${waf.rateLimitPer5Minutes}, which blocks an address on all paths`,
            remedy: "lower it, raise waf.rateLimitPer5Minutes, or leave this limit out",
          },
        ],
  );
}

/** A web ACL takes rule groups of its own scope and Region: https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateRuleGroup.html */
function ruleGroupsElsewhere({ cdn, region, waf }: Settings): Violation[] {
  const [wanted, scope] = cdn.enabled ? ["us-east-1", "global"] : [region, "regional"];
  return waf.ruleGroups.flatMap(({ arn }, index) =>
    arn.split(":")[3] === wanted && arn.includes(`:${scope}/`)
      ? []
      : [
          {
            at: `waf.ruleGroups[${index}].arn`,
            allowed: cdn.enabled
              ? "a global rule group, in us-east-1, where cdn.enabled is true: AWS WAF stands before CloudFront"
              : `a regional rule group in ${region}, where the load balancer is`,
            remedy: `make the rule group there with scope ${cdn.enabled ? "CLOUDFRONT" : "REGIONAL"}, and write its ARN here`,
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
            allowed: "another rule group than those before it: a web ACL asks each once",
            remedy: `remove ${waf.ruleGroups[index]?.name ?? "it"}`,
          },
        ],
  );
}

/** What somebody believes blocked, and isn't. */
function idleRules({ waf }: Settings): Violation[] {
  if (waf.enabled) return [];
  const lists = (["blockedRanges", "trustedRanges", "rateLimits", "ruleGroups"] as const).filter(
    (key) => waf[key].length > 0,
  );
  return lists.map((key) => ({
    at: `waf.${key}`,
    allowed: "nothing, where waf.enabled is false: nobody asks it",
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

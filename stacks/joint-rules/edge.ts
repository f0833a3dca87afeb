import { CHECKER_COUNTRIES } from "../../components/edge/health-checkers";
import { capacityOf, INCLUDED_CAPACITY } from "../../components/edge/managed-rules";
import type { JointFault, JointRule, Known } from "./rule";

/** How the world reaches the store, or doesn't. */
export const edgeRules: readonly JointRule[] = [
  internalAndPublic,
  keyUnknownToCloudFront,
  tlsUnknownToCloudFront,
  tlsUnknownToCheckers,
  oneCertificateOfTwo,
  countriesTwice,
  checkersShutOut,
  pathTooLong,
  rulesBeyondCapacity,
  countedWithoutItsGroup,
];

/** A store within private networks has nothing that the internet could reach, check or attack. */
function internalAndPublic({ internal, ...settings }: Known): JointFault[] {
  if (internal?.enabled !== true) return [];
  return (["cdn", "waf", "externalHealthCheck"] as const)
    .filter((key) => settings[key]?.enabled === true)
    .map((key) => ({
      key,
      at: ".enabled",
      allowed: "false, where internal.enabled is true: nothing of the store is public then",
      remedy:
        key === "cdn"
          ? "set internal.enabled to false: behind CloudFront the load balancer is internal by itself, with cdn.origin vpc"
          : `set ${key}.enabled to false, or internal.enabled`,
    }));
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html#https-requirements-size-of-public-key */
function keyUnknownToCloudFront({ cdn, certificateKeyAlgorithm: algorithm }: Known): JointFault[] {
  if (cdn?.enabled !== true || algorithm !== "EC_secp384r1") return [];
  return [
    {
      key: "certificateKeyAlgorithm",
      allowed: "EC_prime256v1, RSA_2048, where cdn.enabled is true: CloudFront takes no other key",
      remedy: "set certificateKeyAlgorithm to EC_prime256v1",
    },
  ];
}

/** The two kinds of policies that leave out TLS 1.2: those of load balancers and those of CloudFront. */
function isTls13Only(policy: string): boolean {
  return policy.includes("-TLS13-1-3-") || policy.startsWith("TLSv1.3_");
}

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginSslProtocols.html (Items) */
function tlsUnknownToCloudFront({ cdn, tlsPolicy, externalHealthCheck: check }: Known): JointFault[] {
  if (cdn?.enabled !== true || tlsPolicy === undefined || !isTls13Only(tlsPolicy)) return [];
  return [
    {
      key: "tlsPolicy",
      allowed:
        "a policy with TLS 1.2, ELBSecurityPolicy-TLS13-1-2-…, where cdn.enabled is true: CloudFront speaks it to the load balancer",
      remedy:
        check?.enabled === true
          ? "leave tlsPolicy out"
          : "leave tlsPolicy out; for customers to come by TLS 1.3 only, set cdn.tlsPolicy to TLSv1.3_2025",
    },
  ];
}

/**
 * Route 53's checkers come by the customers' way, and speak TLS 1.2 at the most: without it the store would be
 * unhealthy for ever.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html (Type)
 */
function tlsUnknownToCheckers({ cdn, tlsPolicy, externalHealthCheck: check }: Known): JointFault[] {
  if (check?.enabled !== true || cdn === undefined) return [];
  const [key, policy] = cdn.enabled ? ["cdn.tlsPolicy", cdn.tlsPolicy] : ["tlsPolicy", tlsPolicy];
  if (policy === undefined || !isTls13Only(policy)) return [];
  return [
    {
      ...(cdn.enabled ? ({ key: "cdn", at: ".tlsPolicy" } as const) : ({ key: "tlsPolicy" } as const)),
      allowed: `a policy with TLS 1.2, ${cdn.enabled ? "TLSv1.2_…" : "ELBSecurityPolicy-TLS13-1-2-…"}, where externalHealthCheck.enabled is true: Route 53 speaks no TLS 1.3`,
      remedy: `leave ${key} out, or set externalHealthCheck.enabled to false`,
    },
  ];
}

/** A certificate that the stack makes for CloudFront is validated by the records of the one it makes at home. */
function oneCertificateOfTwo({ cdn, certificateArn = "", region }: Known): JointFault[] {
  if (cdn?.enabled !== true || certificateArn === "" || cdn.certificateArn !== "") return [];
  if (region === undefined || region === "us-east-1") return [];
  return [
    {
      key: "cdn",
      at: ".certificateArn",
      allowed: "a certificate in us-east-1, where certificateArn is set: CloudFront takes no other",
      remedy:
        "request or import the same certificate in us-east-1, or leave certificateArn out to have both created",
    },
  ];
}

function countriesTwice({ cdn }: Known): JointFault[] {
  if (cdn === undefined || cdn.allowedCountries.length === 0 || cdn.blockedCountries.length === 0) return [];
  return [
    {
      key: "cdn",
      at: ".blockedCountries",
      allowed: "an empty list, where allowedCountries has countries: all others are blocked already",
      remedy: "empty one of the two",
    },
  ];
}

/** CloudFront turns a checker away like any other visitor from its country. */
function checkersShutOut({ cdn, externalHealthCheck: check }: Known): JointFault[] {
  if (cdn?.enabled !== true || check?.enabled !== true) return [];
  const shutOut = check.regions.filter((region) => {
    const country = CHECKER_COUNTRIES[region];
    const isAllowed = cdn.allowedCountries.length === 0 || cdn.allowedCountries.includes(country);
    return !isAllowed || cdn.blockedCountries.includes(country);
  });
  if (shutOut.length === 0) return [];
  const where = shutOut.map((region) => `${region} (${CHECKER_COUNTRIES[region]})`).join(", ");
  return [
    {
      key: "externalHealthCheck",
      at: ".regions",
      allowed: "Regions in countries that cdn serves, or every answer is a refusal",
      remedy: `leave out ${where}, serve their countries, or switch externalHealthCheck off`,
    },
  ];
}

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html (ResourcePath) */
function pathTooLong({ externalHealthCheck: check, healthCheckPath = "" }: Known): JointFault[] {
  if (check?.enabled !== true || healthCheckPath.length <= 255) return [];
  return [
    {
      key: "healthCheckPath",
      allowed: "255 characters at most, where externalHealthCheck.enabled is true",
      remedy: "shorten healthCheckPath, or set externalHealthCheck.enabled to false",
    },
  ];
}

function rulesBeyondCapacity({ waf }: Known): JointFault[] {
  const capacity = waf === undefined ? 0 : capacityOf(waf.managedRules);
  if (capacity <= INCLUDED_CAPACITY) return [];
  return [
    {
      key: "waf",
      at: ".managedRules",
      allowed: `rule groups of ${INCLUDED_CAPACITY} web ACL capacity units together, with the rate limit: more costs extra (these need ${capacity})`,
      remedy:
        "leave out what isn't for the store: AWSManagedRulesSQLiRuleSet without an SQL database, AWSManagedRulesAdminProtectionRuleSet without public administration",
    },
  ];
}

function countedWithoutItsGroup({ waf }: Known): JointFault[] {
  if (waf === undefined) return [];
  const groups: readonly string[] = waf.managedRules;
  const strays = waf.countedRules.filter((rule) => !groups.includes(rule.split("/")[0] ?? ""));
  if (strays.length === 0) return [];
  return [
    {
      key: "waf",
      at: ".countedRules",
      allowed: "rules of the groups in managedRules",
      remedy: `remove ${strays.join(", ")}, or add the group`,
    },
  ];
}

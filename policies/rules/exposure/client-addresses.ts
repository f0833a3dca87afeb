import { WAF_RULE_GROUP, WEB_ACL, WEB_ACL_RULES } from "../../resources";
import { describe, resourceRule, violations } from "../../rule";
import { jsonOf, read, type Reading } from "../../read";

const FIX =
  'ipSetReferenceStatement: { arn: ipSet.arn }, rateBasedStatement: { aggregateKeyType: "IP", … }, of a web ACL where visitors connect: ' +
  "before CloudFront with scope CLOUDFRONT, or at a load balancer that they reach themselves. " +
  'Behind a proxy that alone gets in: ipSetForwardedIpConfig: { position: "LAST", … }';

/** Maximum depth to which statements are searched. */
const MOST_LEVELS = 24;

/** AWS WAF rules in web ACLs, in rule groups and as separate resources, as objects and as JSON. */
export const clientAddresses = resourceRule({
  id: "client-addresses",
  area: "exposure",
  title: "AWS WAF identifies visitors by the addresses of their connections",
  severity: "medium",
  enforcementLevel: "advisory",
  level: "resource",
  description:
    "AWS WAF rules that match addresses use the address of the connection, or the last address in a header, which the proxy in front " +
    "has appended. Visitors can forge the earlier addresses, and a rule does not apply to a request without the header.",
  remedy: FIX,
  references: [
    {
      label: "Forwarded IP addresses",
      url: "https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-forwarded-ip-address.html",
    },
    {
      label: "IPSetForwardedIPConfig",
      url: "https://docs.aws.amazon.com/waf/latest/APIReference/API_IPSetForwardedIPConfig.html",
    },
  ],
  types: [...WEB_ACL, ...WAF_RULE_GROUP, ...WEB_ACL_RULES],
  judge({ props }) {
    const json = ["ruleJson", "rulesJson"].flatMap((key) => {
      const text = read(props, [key]);
      return text.kind === "known" ? problemsIn(jsonOf(text.value), key, 0) : [];
    });
    const rules = read(props, ["rules"]);
    const statement = read(props, ["statement"]);
    return violations(
      [
        ...(rules.kind === "known" ? problemsIn(rules.value, "rules", 0) : []),
        ...(statement.kind === "known" ? problemsIn(statement.value, "statement", 0) : []),
        ...json,
      ],
      FIX,
    );
  },
});

/**
 * Searches a value and everything in it. Names are compared in lower case, as the SDK and the API's JSON differ in
 * case.
 */
function problemsIn(value: unknown, label: string, level: number): string[] {
  if (typeof value !== "object" || value === null || level > MOST_LEVELS) return [];
  return Object.keys(value).flatMap((key) => {
    const place = Array.isArray(value) ? `${label}[${key}]` : `${label}.${key}`;
    const inner = read(value, [key]);
    const problem = problemOf(key.toLowerCase(), place, inner);
    if (problem !== undefined) return [problem];
    return inner.kind === "known" ? problemsIn(inner.value, place, level + 1) : [];
  });
}

function problemOf(name: string, place: string, reading: Reading): string | undefined {
  if (reading.kind === "absent") return undefined;
  switch (name) {
    case "ipsetforwardedipconfig": {
      const position = reading.kind === "known" ? fieldOf(reading.value, "position") : reading;
      if (position.kind === "known" && position.value === "LAST") return undefined;
      return `${place}.position ${describe(position, /^(FIRST|ANY)$/)}; it must be "LAST"`;
    }
    case "forwardedipconfig":
    case "forwardedip":
      return `${place} uses the first address in a header; it must be left out`;
    case "aggregatekeytype":
      return reading.kind === "known" && reading.value === "FORWARDED_IP"
        ? `${place} is "FORWARDED_IP", the first address in a header; it must be another value, such as "IP"`
        : undefined;
    default:
      return undefined;
  }
}

/** The SDK's `position` is the API's `Position`. */
function fieldOf(value: unknown, name: string): Reading {
  const own = read(value, [name]);
  return own.kind === "absent" ? read(value, [name[0]?.toUpperCase() + name.slice(1)]) : own;
}

import { WAF_RULE_GROUP, WEB_ACL, WEB_ACL_RULES } from "../../resources";
import { describe, resourceRule, violations } from "../../rule";
import { jsonOf, read, type Reading } from "../../read";

const FIX =
  'ipSetReferenceStatement: { arn: ipSet.arn }, rateBasedStatement: { aggregateKeyType: "IP", … }, of a web ACL where visitors connect: ' +
  "before CloudFront with scope CLOUDFRONT, or at a load balancer that they reach themselves. " +
  'Behind a proxy that alone gets in: ipSetForwardedIpConfig: { position: "LAST", … }';

/** What statements are nested in one another at the most, however they come. */
const MOST_LEVELS = 24;

/** Rules of AWS WAF, in web ACLs, in rule groups and beside them, as objects and as JSON. */
export const clientAddresses = resourceRule({
  id: "client-addresses",
  area: "exposure",
  title: "AWS WAF takes visitors' addresses from connections",
  severity: "medium",
  enforcementLevel: "advisory",
  level: "resource",
  description:
    "Rules of AWS WAF that ask for an address take the connection's, or the last one in a header, which the proxy before them " +
    "has appended. What stands before it the visitor may have written, and a rule doesn't count at all for a request without the header.",
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

/** Looks at everything within, by names in small letters: the SDK's, and the API's in JSON. */
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
      return `${place} takes the first address in a header; it must be left out`;
    case "aggregatekeytype":
      return reading.kind === "known" && reading.value === "FORWARDED_IP"
        ? `${place} is "FORWARDED_IP", the first address in a header; it must be another, such as "IP"`
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

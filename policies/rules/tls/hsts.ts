import { problem, resourceRule, violations } from "../../rule";
import type { Subject, Violation } from "../../rule";
import { integer, read, upperCase } from "../../read";
import { isOf, LISTENER, RESPONSE_HEADERS } from "../../resources";
import { integerSetting } from "../../settings";

const PROPERTY = "routingHttpResponseStrictTransportSecurityHeaderValue";
const CLOUDFRONT_PROPERTY = "securityHeadersConfig.strictTransportSecurity";
const CLOUDFRONT_FIX = "strictTransportSecurity: { accessControlMaxAgeSec: 31536000, override: true }";
const FIX = `{ ${PROPERTY}: "max-age=31536000; includeSubDomains" }`;

/**
 * HTTPS listeners, which only Application Load Balancers have: TLS listeners cannot add headers. Also CloudFront's own
 * header, if it has one, because it replaces the origin's.
 */
export const hsts = resourceRule({
  id: "hsts",
  area: "tls",
  // The application may send the header itself, which the program does not show.
  enforcementLevel: "advisory",
  title: "Browsers are told to use HTTPS only",
  severity: "low",
  level: "resource",
  description:
    "HTTPS listeners send Strict-Transport-Security, so that browsers use HTTPS only. " +
    "Otherwise each visit that begins with plain HTTP can be intercepted before the redirect.",
  remedy: `Listener: ${FIX}. CloudFront: ${CLOUDFRONT_FIX}.`,
  references: [
    {
      label: "ALB header modification",
      url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html",
    },
    { label: "RFC 6797", url: "https://www.rfc-editor.org/rfc/rfc6797#section-6.1" },
  ],
  settings: {
    minSeconds: integerSetting(
      1,
      63_072_000,
      300,
      "Minimum max-age in seconds. The default, five minutes, suits a cautious introduction of the header.",
    ),
  },
  types: [...LISTENER, ...RESPONSE_HEADERS],
  judge(listener, { minSeconds }) {
    if (isOf(RESPONSE_HEADERS, listener)) return judgeHeaders(listener, minSeconds);
    if (upperCase(read(listener.props, ["protocol"])) !== "HTTPS") return [];
    const header = problem(PROPERTY, read(listener.props, [PROPERTY]), {
      accepts: (value) => typeof value === "string" && (maxAge(value) ?? 0) >= minSeconds,
      allowed: `a literal with a max-age of at least ${minSeconds} seconds`,
      vocabulary: /^max-age=\d{1,10}(; ?includeSubDomains)?(; ?preload)?$/i,
    });
    return violations([header], FIX);
  },
});

function judgeHeaders(policy: Subject, minSeconds: number): Violation[] {
  const path = CLOUDFRONT_PROPERTY.split(".");
  if (read(policy.props, path).kind === "absent") return [];
  const age = problem(
    `${CLOUDFRONT_PROPERTY}.accessControlMaxAgeSec`,
    read(policy.props, [...path, "accessControlMaxAgeSec"]),
    {
      accepts: (value) => (integer(value) ?? 0) >= minSeconds,
      allowed: `a literal number of seconds, at least ${minSeconds}`,
      vocabulary: /^\d{1,9}$/,
    },
  );
  return violations([age], CLOUDFRONT_FIX);
}

/**
 * The `max-age` of a `Strict-Transport-Security` header, in seconds.
 *
 * Source: https://www.rfc-editor.org/rfc/rfc6797#section-6.1: directives in any order and case, each once, the
 * value plain or quoted.
 *
 * @returns undefined if there is none, or more than one, for which browsers ignore the header
 */
export function maxAge(header: string): number | undefined {
  const directives = header.split(";").map((directive) => directive.trim());
  const given = directives.filter((directive) => /^max-age\s*(=|$)/i.test(directive)).join(";");
  const [, plain, quoted] = /^max-age\s*=\s*(?:(\d{1,10})|"(\d{1,10})")$/i.exec(given) ?? [];
  const seconds = plain ?? quoted;
  return seconds === undefined ? undefined : Number(seconds);
}

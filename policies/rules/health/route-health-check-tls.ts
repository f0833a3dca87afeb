import { integer, isList, read, readList } from "../../read";
import { DISTRIBUTION, HEALTH_CHECK, LISTENER, LOAD_BALANCER, RECORD } from "../../resources";
import { stackRule, violations } from "../../rule";
import type { StackSubject } from "../../rule";
import { type Stack, withOnly } from "../../stack";
import { text } from "../refused-by-aws/known";

const FIX =
  'sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09" on the listener, and ' +
  'viewerCertificate: { minimumProtocolVersion: "TLSv1.2_2021" } on the distribution';

/** Security policies of listeners that accept TLS 1.3 only. */
const LISTENER_1_3 = /^ELBSecurityPolicy-TLS13-1-3-/;

/** Security policies of distributions that accept TLS 1.3 only. */
const DISTRIBUTION_1_3 = /^TLSv1\.3/;

/** HTTPS health checks of Route 53, and whether their endpoints accept the checkers' TLS version. */
export const routeHealthCheckTls = stackRule({
  id: "route-health-check-tls",
  area: "health",
  title: "Endpoints of Route 53 health checks accept TLS 1.2",
  severity: "high",
  level: "stack",
  description:
    "Endpoints that Route 53 checks by HTTPS accept TLS 1.2, because its health checkers do not support TLS 1.3. " +
    "Otherwise the check is always unhealthy, and raises alarms or sends customers elsewhere.",
  remedy: `{ ${FIX} }`,
  references: [
    {
      label: "HealthCheckConfig",
      url: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html",
    },
  ],
  judge(stack) {
    const checked = endpointsOf(stack);
    return stack.ofTypes(HEALTH_CHECK).flatMap((check) => {
      const type = text(read(check.props, ["type"])) ?? "";
      if (type !== "HTTPS" && type !== "HTTPS_STR_MATCH") return [];
      const problems = checked(check).map(
        (endpoint) =>
          `type is "${type}" and ${endpoint}, which accepts TLS 1.3 only; it must accept TLS 1.2 too`,
      );
      return violations([...new Set(problems)], `{ ${FIX} }`, check.urn);
    });
  },
});

/** Prepares to find the endpoints of a health check that accept TLS 1.3 only, each as the end of a sentence. */
function endpointsOf(stack: Stack): (check: StackSubject) => string[] {
  const balancersOf = stack.to(LOAD_BALANCER, ["dnsName"]);
  const distributionsOf = stack.to(DISTRIBUTION, ["domainName"]);
  const balancerOf = stack.to(LOAD_BALANCER);
  const listeners = stack.ofTypes(LISTENER).filter(isOnly(["sslPolicy"], LISTENER_1_3));
  const distributions = stack
    .ofTypes(DISTRIBUTION)
    .filter(isOnly(["viewerCertificate", "minimumProtocolVersion"], DISTRIBUTION_1_3));
  return (check) => {
    const name = domainOf(read(check.props, ["fqdn"]));
    const port = integer(known(check, "port")) ?? 443;
    const ways = [
      { from: check, property: "fqdn" },
      ...stack
        .ofTypes(RECORD)
        .filter((record) => name !== undefined && names(domainOf(read(record.props, ["name"])), name))
        .map((record) => ({
          from: withOnly(record, "aliases", read(record.props, ["aliases", 0, "name"])),
          property: "aliases",
        })),
    ];
    const balancers = ways.flatMap(({ from, property }) => balancersOf(from, property));
    const asked = ways.flatMap(({ from, property }) => distributionsOf(from, property));
    return [
      ...listeners
        .filter((listener) => (integer(known(listener, "port")) ?? 443) === port)
        .filter((listener) => balancerOf(listener, "loadBalancerArn").some((one) => balancers.includes(one)))
        .map((listener) => `it checks listener "${listener.name}"`),
      ...distributions
        .filter((distribution) => asked.includes(distribution) || hasAlias(distribution, name))
        .map((distribution) => `it checks distribution "${distribution.name}"`),
    ];
  };
}

function isOnly(path: readonly string[], policy: RegExp): (resource: StackSubject) => boolean {
  return ({ props }) => policy.test(text(read(props, path)) ?? "");
}

function known({ props }: StackSubject, property: string): unknown {
  const reading = read(props, [property]);
  return reading.kind === "known" ? reading.value : undefined;
}

/** A domain name in the form in which DNS compares it. */
function domainOf(reading: Parameters<typeof text>[0]): string | undefined {
  return text(reading)?.toLowerCase().replace(/\.$/, "");
}

/** The provider appends the zone's name to a record's name, unless the name already ends in it. */
function names(record: string | undefined, domain: string): boolean {
  return record !== undefined && (record === domain || domain.startsWith(`${record}.`));
}

function hasAlias(distribution: StackSubject, domain: string | undefined): boolean {
  const aliases = readList(distribution.props, ["aliases"]);
  if (domain === undefined || !isList(aliases)) return false;
  return aliases.map(domainOf).some((alias) => alias === domain || alias === domain.replace(/^[^.]+/, "*"));
}

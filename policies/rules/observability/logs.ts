import { problem, resourceRule, violations } from "../../rule";
import type { Subject, Violation } from "../../rule";
import { read, upperCase } from "../../read";
import { CLASSIC_LOAD_BALANCER, isOf, LOAD_BALANCER } from "../../resources";

const fixOf = (property: string, prefix: string): string =>
  `${property}: { enabled: true, bucket: logs.bucket, prefix: "${prefix}" }`;
const ACCESS_FIX = fixOf("accessLogs", "access");
const CONNECTION_FIX = fixOf("connectionLogs", "connections");

/** Application, Network and Classic Load Balancers. */
export const accessLogs = resourceRule({
  id: "access-logs",
  area: "observability",
  title: "Load balancers keep access logs",
  severity: "medium",
  level: "resource",
  description:
    "Load balancers write a log of their requests to a bucket. " +
    "Without one, nobody can find out later who requested what, or why requests failed.",
  remedy: `Load balancer: { ${ACCESS_FIX} }.`,
  references: [
    {
      label: "ELB.5",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-5",
    },
    {
      label: "ALB access logs",
      url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html",
    },
  ],
  types: [...LOAD_BALANCER, ...CLASSIC_LOAD_BALANCER],
  judge(balancer) {
    if (isOf(CLASSIC_LOAD_BALANCER, balancer)) return judgeLogs(balancer, "accessLogs", ACCESS_FIX, true);
    // Gateway Load Balancers pass packets on and have no access logs.
    if (typeOf(balancer) === "GATEWAY") return [];
    return judgeLogs(balancer, "accessLogs", ACCESS_FIX, false);
  },
});

/** Application Load Balancers, the only type with connection logs. */
export const connectionLogs = resourceRule({
  id: "connection-logs",
  area: "observability",
  title: "Application Load Balancers keep connection logs",
  severity: "low",
  level: "resource",
  description:
    "Application Load Balancers write a log of their connections to a bucket. " +
    "A connection whose TLS handshake fails never becomes a request, so access logs do not show it.",
  remedy: `Load balancer: { ${CONNECTION_FIX} }.`,
  references: [
    {
      label: "ALB connection logs",
      url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-connection-logs.html",
    },
  ],
  types: LOAD_BALANCER,
  judge(balancer) {
    const type = typeOf(balancer);
    if (type === "GATEWAY" || type === "NETWORK") return [];
    return judgeLogs(balancer, "connectionLogs", CONNECTION_FIX, false);
  },
});

/** The type of a load balancer in upper case; undefined if it is not set, which means an Application Load Balancer. */
function typeOf(balancer: Subject): string | undefined {
  return upperCase(read(balancer.props, ["loadBalancerType"]));
}

/**
 * @param isDefaultOn whether logs with a bucket are on if `enabled` is not set: true for Classic Load Balancers
 */
function judgeLogs(balancer: Subject, property: string, fix: string, isDefaultOn: boolean): Violation[] {
  const enabled = read(balancer.props, [property, "enabled"]);
  const bucket = read(balancer.props, [property, "bucket"]);
  return violations(
    [
      enabled.kind === "absent" && isDefaultOn
        ? undefined
        : problem(`${property}.enabled`, enabled, {
            accepts: (value) => value === true,
            allowed: "true",
            absentMeans: "off",
          }),
      bucket.kind === "unknown"
        ? undefined
        : problem(`${property}.bucket`, bucket, {
            accepts: (value) => typeof value === "string" && value !== "",
            allowed: "the name of a bucket",
          }),
    ],
    fix,
  );
}

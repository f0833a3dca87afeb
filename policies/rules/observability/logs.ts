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
    "Load balancers write a log of the requests they get into a bucket. " +
    "Without one nobody can tell afterwards who asked for what, nor why visitors were turned away.",
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
    // Gateway Load Balancers pass packets on, and log none.
    if (typeOf(balancer) === "GATEWAY") return [];
    return judgeLogs(balancer, "accessLogs", ACCESS_FIX, false);
  },
});

/** Application Load Balancers: only they keep logs of connections. */
export const connectionLogs = resourceRule({
  id: "connection-logs",
  area: "observability",
  title: "Application Load Balancers keep connection logs",
  severity: "low",
  level: "resource",
  description:
    "Application Load Balancers write a log of the connections they get into a bucket. " +
    "A connection whose TLS fails never becomes a request, so access logs do not show it.",
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

/** The kind of a load balancer in upper case; undefined, when left out, means an Application Load Balancer. */
function typeOf(balancer: Subject): string | undefined {
  return upperCase(read(balancer.props, ["loadBalancerType"]));
}

/**
 * @param isDefaultOn whether logs with a bucket are on when `enabled` is left out: true for Classic Load Balancers
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

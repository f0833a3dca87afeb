import { describe, problem, resourceRule, violations } from "../../rule";
import type { Expectation, Subject } from "../../rule";
import { integer, isList, read, readList, upperCase } from "../../read";
import { CLASSIC_LOAD_BALANCER } from "../../resources";

const FIX =
  'healthCheck: { target: "HTTP:8080/healthz", interval: 15, timeout: 5, healthyThreshold: 2, unhealthyThreshold: 3 }';

/**
 * Bounds of the numeric fields, both included; the first two in seconds.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_HealthCheck.html
 */
const BOUNDS: Readonly<Record<string, readonly [low: number, high: number]>> = {
  interval: [5, 300],
  timeout: [2, 60],
  healthyThreshold: [2, 10],
  unhealthyThreshold: [2, 10],
};

const PAGE = /^https?:\d{1,5}\/.{0,1023}$/i;
const PORT = /^(tcp|ssl):\d{1,5}$/i;

/** Classic Load Balancers, which declare their health check inline. */
export const classicHealth = resourceRule({
  id: "classic-health",
  area: "health",
  title: "Classic Load Balancers check a page of their instances",
  severity: "high",
  level: "resource",
  description:
    "Classic Load Balancers declare their health check, which requests a page from instances that serve HTTP. " +
    "By default an open port counts as healthy, so the load balancer keeps sending visitors to instances that no longer serve.",
  remedy: `Load balancer: { ${FIX} }.`,
  references: [
    {
      label: "Health checks of Classic Load Balancers",
      url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-healthchecks.html",
    },
    {
      label: "REL11-BP01",
      url: "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_withstand_component_failures_monitoring_health.html",
    },
  ],
  types: CLASSIC_LOAD_BALANCER,
  judge(balancer) {
    const check = read(balancer.props, ["healthCheck"]);
    if (check.kind !== "known" || typeof check.value !== "object" || Array.isArray(check.value)) {
      const meaning = check.kind === "absent" ? ", which means an open port" : "";
      return violations([`healthCheck ${describe(check)}${meaning}; it must be written out`], FIX);
    }
    const at = (field: string) => [`healthCheck.${field}`, read(check.value, [field])] as const;
    const [every, limit] = ["interval", "timeout"].map((field) => {
      const [, reading] = at(field);
      return reading.kind === "known" ? integer(reading.value) : undefined;
    });
    const isLate = every !== undefined && limit !== undefined && limit >= every;
    return violations(
      [
        problem(...at("target"), target(balancer)),
        ...Object.entries(BOUNDS).map(([field, [low, high]]) => problem(...at(field), between(low, high))),
        isLate
          ? `healthCheck.timeout is ${limit} and healthCheck.interval is ${every}; the timeout must be shorter`
          : undefined,
      ],
      FIX,
    );
  },
});

function target(balancer: Subject): Expectation {
  const speaksHttp = speaksHttpToInstances(balancer);
  return {
    accepts: (value) => typeof value === "string" && (PAGE.test(value) || (!speaksHttp && PORT.test(value))),
    allowed: speaksHttp
      ? 'a literal such as "HTTP:8080/healthz": a protocol of HTTP, a port and a path'
      : 'a literal such as "HTTP:8080/healthz" or, for instances that do not serve HTTP, "TCP:8080"',
    vocabulary: PORT,
  };
}

/** True unless every listener is known to forward by TCP or SSL. */
function speaksHttpToInstances(balancer: Subject): boolean {
  const listeners = readList(balancer.props, ["listeners"]);
  if (!isList(listeners)) return true;
  return listeners.some((listener) => {
    const protocol = upperCase(
      read(listener.kind === "known" ? listener.value : undefined, ["instanceProtocol"]),
    );
    return protocol !== "TCP" && protocol !== "SSL";
  });
}

const between = (low: number, high: number): Expectation => ({
  accepts: (value) => {
    const number = integer(value);
    return number !== undefined && number >= low && number <= high;
  },
  allowed: `a literal whole number from ${low} to ${high}`,
  vocabulary: /^\d{1,9}$/,
});

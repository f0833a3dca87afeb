import { describe, fault, resourceRule, stackRule, violations } from "../../rule";
import type { Expectation, StackSubject, Subject, Violation } from "../../rule";
import { integer, isList, read, readList, upperCase } from "../../read";
import type { Reading } from "../../read";
import {
  ATTACHMENT,
  AUTO_SCALING_GROUP,
  isOf,
  TARGET_GROUP,
  TRAFFIC_SOURCE_ATTACHMENT,
} from "../../resources";

const HEALTH_CHECK_FIX =
  'healthCheck: { protocol: "HTTP", path: "/healthz", matcher: "200", interval: 15, timeout: 5, ' +
  "healthyThreshold: 2, unhealthyThreshold: 3 }";
const GROUP_FIX = 'healthCheckType: "ELB", healthCheckGracePeriod: 300 (seconds; at least the time to boot)';

const PROTOCOLS = ["HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC", "GENEVE"];
const PROTOCOL_NAMES = new RegExp(`^(${PROTOCOLS.join("|")})$`, "i");
const TARGET_TYPES = ["instance", "ip", "lambda", "alb"];

/**
 * Bounds of the numeric fields, both included; the intervals in seconds.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
 */
const BOUNDS: Readonly<Record<string, readonly [low: number, high: number]>> = {
  interval: [5, 300],
  timeout: [2, 120],
  healthyThreshold: [2, 10],
  unhealthyThreshold: [2, 10],
};

/** Target groups, and Auto Scaling groups that name their target groups themselves, judged by their own inputs. */
export const targetHealth = resourceRule({
  id: "target-group-health",
  area: "health",
  title: "Targets are health-checked, and their groups act on it",
  severity: "high",
  level: "resource",
  description:
    "Every target group spells out its health check, and Auto Scaling groups behind it replace what fails it. " +
    "Otherwise visitors keep being sent to instances that run but no longer serve.",
  remedy: `Target group: { ${HEALTH_CHECK_FIX} }. Auto Scaling group: { ${GROUP_FIX} }.`,
  references: [
    {
      label: "AutoScaling.1",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/autoscaling-controls.html#autoscaling-1",
    },
    {
      label: "REL11-BP01",
      url: "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_withstand_component_failures_monitoring_health.html",
    },
  ],
  types: [...TARGET_GROUP, ...AUTO_SCALING_GROUP],
  judge(resource) {
    if (isOf(TARGET_GROUP, resource)) return judgeTargetGroup(resource);
    return attachesItself(resource) ? violations(groupFaults(resource), GROUP_FIX) : [];
  },
});

/** Auto Scaling groups that other resources attach to a load balancer: only the stack shows who is attached. */
export const attachedGroups = stackRule({
  id: "target-group-health-stack",
  area: "health",
  title: "Attached Auto Scaling groups act on health checks",
  severity: "high",
  level: "stack",
  description:
    "Auto Scaling groups attached to a load balancer replace what fails its health check. " +
    "Otherwise visitors keep being sent to instances that run but no longer serve.",
  remedy: `Auto Scaling group: { ${GROUP_FIX} }.`,
  references: targetHealth.references,
  judge(stack) {
    const groupsOf = stack.to(AUTO_SCALING_GROUP, ["name", "id"]);
    const attachments = new Map<StackSubject, string[]>();
    const candidates = stack.ofTypes([...ATTACHMENT, ...TRAFFIC_SOURCE_ATTACHMENT]);
    for (const resource of candidates.filter(attachesToLoadBalancer)) {
      for (const group of groupsOf(resource, "autoscalingGroupName")) {
        attachments.set(group, [...(attachments.get(group) ?? []), resource.name]);
      }
    }
    return [...attachments].flatMap(([group, names]) => {
      const by = `Attached by ${names.map((name) => `"${name}"`).join(", ")}: `;
      const faults = groupFaults(group).map((text) => (text === undefined ? undefined : by + text));
      return violations(faults, GROUP_FIX, group.urn);
    });
  },
});

function attachesToLoadBalancer(resource: StackSubject): boolean {
  if (isOf(ATTACHMENT, resource)) return true;
  return (
    isOf(TRAFFIC_SOURCE_ATTACHMENT, resource) && !isLattice(read(resource.props, ["trafficSource", "type"]))
  );
}

/** VPC Lattice brings health checks of its own, which this rule does not judge. */
function isLattice(type: Reading): boolean {
  return type.kind === "known" && type.value === "vpc-lattice";
}

/** True if a group's own inputs put it behind a load balancer, or may do so: unknown counts as attached. */
export function attachesItself(group: Subject): boolean {
  const named = ["targetGroupArns", "loadBalancers"].some((property) => {
    const list = readList(group.props, [property]);
    return isList(list) ? list.length > 0 : list.kind !== "absent";
  });
  if (named) return true;
  const sources = readList(group.props, ["trafficSources"]);
  if (!isList(sources)) return sources.kind !== "absent";
  return sources.some((source) => source.kind !== "known" || !isLattice(read(source.value, ["type"])));
}

function groupFaults(group: Subject): (string | undefined)[] {
  return [
    fault("healthCheckType", read(group.props, ["healthCheckType"]), {
      accepts: (value) => value === "ELB",
      allowed: '"ELB"',
      vocabulary: /^(EC2|EBS|ELB|VPC_LATTICE)(,(EC2|EBS|ELB|VPC_LATTICE))*$/i,
      absentMeans: "EC2: an instance that runs counts as healthy",
    }),
    fault("healthCheckGracePeriod", read(group.props, ["healthCheckGracePeriod"]), {
      accepts: (value) => (integer(value) ?? 0) >= 1,
      allowed: "a literal number of seconds, at least 1",
      vocabulary: /^-?\d{1,9}$/,
    }),
  ];
}

function judgeTargetGroup(group: Subject): Violation[] {
  const targetType = read(group.props, ["targetType"]);
  const isLambda = targetType.kind === "known" && targetType.value === "lambda";
  const check = read(group.props, ["healthCheck"]);
  const enabled = read(check.kind === "known" ? check.value : undefined, ["enabled"]);
  // AWS leaves health checks of Lambda targets off unless asked: a function has no instance to take out of service.
  const isOff = enabled.kind === "known" && enabled.value === false;
  if (isLambda && (check.kind === "absent" || isOff)) return [];

  const faults = isLambda ? [] : kindFaults(group, targetType);
  if (check.kind === "known" && typeof check.value === "object" && !Array.isArray(check.value)) {
    faults.push(...checkFaults(group, check.value, isLambda));
  } else {
    faults.push(`healthCheck ${describe(check)}; it must be written out`);
  }
  return violations(faults, HEALTH_CHECK_FIX);
}

/** What decides how a target group is checked has to be literal itself. */
function kindFaults(group: Subject, targetType: Reading): (string | undefined)[] {
  const protocol = fault("protocol", read(group.props, ["protocol"]), {
    accepts: (value) => typeof value === "string" && PROTOCOLS.includes(value.toUpperCase()),
    allowed: `a literal: ${PROTOCOLS.join(", ")}`,
  });
  if (targetType.kind === "absent") return [protocol];
  const type = fault("targetType", targetType, {
    accepts: (value) => typeof value === "string" && TARGET_TYPES.includes(value),
    allowed: `a literal: ${TARGET_TYPES.join(", ")}`,
  });
  return [type, protocol];
}

function checkFaults(group: Subject, check: unknown, isLambda: boolean): (string | undefined)[] {
  const at = (field: string): [string, Reading] => [`healthCheck.${field}`, read(check, [field])];
  const protocol = upperCase(read(check, ["protocol"]));
  const [, enabled] = at("enabled");
  const [, port] = at("port");
  return [
    // AWS does not let these be switched off except for Lambda, so leaving `enabled` out means true.
    enabled.kind === "absent"
      ? undefined
      : fault(...at("enabled"), { accepts: (value) => value === true, allowed: "true" }),
    isLambda ? undefined : fault(...at("protocol"), checkProtocol(group)),
    ...(protocol === "TCP"
      ? []
      : [fault(...at("path"), PATH), fault(...at("matcher"), matcher(group, isLambda))]),
    port.kind === "absent" ? undefined : fault(...at("port"), PORT),
    ...Object.entries(BOUNDS).map(([field, [low, high]]) => fault(...at(field), between(low, high))),
    timingFault(at("interval")[1], at("timeout")[1]),
  ];
}

/** TCP proves only that the port is open; AWS refuses it for targets that speak HTTP. */
function checkProtocol(group: Subject): Expectation {
  const traffic = upperCase(read(group.props, ["protocol"]));
  const names = traffic === "HTTP" || traffic === "HTTPS" ? ["HTTP", "HTTPS"] : ["HTTP", "HTTPS", "TCP"];
  return {
    accepts: (value) => typeof value === "string" && names.includes(value.toUpperCase()),
    allowed: `a literal: ${names.join(" or ")}`,
    vocabulary: PROTOCOL_NAMES,
  };
}

const PATH: Expectation = {
  accepts: (value) => typeof value === "string" && /^\/.{0,1023}$/.test(value),
  allowed: 'a literal path that begins with "/", up to 1024 characters',
};

const PORT: Expectation = {
  accepts: (value) => value === "traffic-port" || isBetween(integer(value), 1, 65535),
  allowed: 'left out, "traffic-port", or a literal port from 1 to 65535',
  vocabulary: /^\d{1,9}$/,
};

const between = (low: number, high: number): Expectation => ({
  accepts: (value) => isBetween(integer(value), low, high),
  allowed: `a literal whole number from ${low} to ${high}`,
  vocabulary: /^\d{1,9}$/,
});

function isBetween(value: number | undefined, low: number, high: number): boolean {
  return value !== undefined && value >= low && value <= high;
}

/**
 * The success codes AWS takes depend on the balancer, which the protocol of the target group tells.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Matcher.html
 */
function matcher(group: Subject, isLambda: boolean): Expectation {
  const protocol = upperCase(read(group.props, ["protocol"]));
  const [low, high] = isLambda
    ? [200, 499]
    : protocol === "HTTP" || protocol === "HTTPS"
      ? upperCase(read(group.props, ["protocolVersion"])) === "GRPC"
        ? [0, 99]
        : [200, 499]
      : protocol === "GENEVE"
        ? [200, 399]
        : [200, 599];
  return {
    accepts: (value) =>
      (typeof value === "string" || typeof value === "number") && codesAreWithin(String(value), low, high),
    allowed: `literal codes from ${low} to ${high}, for example "${low === 0 ? "0" : "200"}" or "${low}-${low + 99}"`,
    vocabulary: /^[\d,-]{1,64}$/,
  };
}

/**
 * True for a list of success codes as AWS writes them ("200", "200,204", "200-299"), none outside the bounds and
 * no range upside down.
 *
 * @param low least code allowed
 * @param high greatest code allowed
 */
export function codesAreWithin(codes: string, low: number, high: number): boolean {
  return codes.split(",").every((part) => {
    const [, from, to = from] = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(part) ?? [];
    return from !== undefined && to !== undefined && low <= +from && +from <= +to && +to <= high;
  });
}

/** The next check must not begin before the last one has been given up. */
function timingFault(interval: Reading, timeout: Reading): string | undefined {
  if (interval.kind !== "known" || timeout.kind !== "known") return undefined;
  const every = integer(interval.value);
  const limit = integer(timeout.value);
  if (every === undefined || limit === undefined || limit < every) return undefined;
  return `healthCheck.timeout is ${limit} and healthCheck.interval is ${every}; the timeout must be the shorter`;
}

import { advice, describe, problem, violations } from "../../rule";
import type { Expectation, Subject, Violation } from "../../rule";
import { integer, read, upperCase } from "../../read";
import type { Reading } from "../../read";

/** The code of a compliant health check. */
export const HEALTH_CHECK_FIX =
  'healthCheck: { protocol: "HTTP", path: "/healthz", matcher: "200", interval: 15, timeout: 5, ' +
  "healthyThreshold: 2, unhealthyThreshold: 3 }";

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

/**
 * Judges a target group by its health check.
 *
 * @param maxCode greatest HTTP status that may count as healthy
 */
export function judgeTargetGroup(group: Subject, maxCode: number): Violation[] {
  const targetType = read(group.props, ["targetType"]);
  const isLambda = targetType.kind === "known" && targetType.value === "lambda";
  const check = read(group.props, ["healthCheck"]);
  const enabled = read(check.kind === "known" ? check.value : undefined, ["enabled"]);
  // By default, AWS does not check Lambda targets: a function has no instance to take out of service.
  const isOff = enabled.kind === "known" && enabled.value === false;
  if (isLambda && (check.kind === "absent" || isOff)) return [];

  const problems = isLambda ? [] : kindProblems(group, targetType);
  const better: (string | undefined)[] = [];
  if (check.kind === "absent") {
    better.push(
      "healthCheck is not set, which means AWS's default; it must request a page that shows the target's health",
    );
  } else if (check.kind === "known" && typeof check.value === "object" && !Array.isArray(check.value)) {
    problems.push(...checkProblems(group, check.value, isLambda, maxCode));
    better.push(pathAdvice(group, check.value));
  } else {
    problems.push(`healthCheck ${describe(check)}; it must be written out`);
  }
  return [...violations(problems, HEALTH_CHECK_FIX), ...advice(better, HEALTH_CHECK_FIX)];
}

/** AWS's default page is often the slowest, or one that a broken application still serves. */
function pathAdvice(group: Subject, check: unknown): string | undefined {
  const protocol = upperCase(read(check, ["protocol"]));
  const asks = protocol === "HTTP" || protocol === "HTTPS" || (protocol === undefined && speaksHttp(group));
  if (!asks || read(check, ["path"]).kind !== "absent") return undefined;
  return `healthCheck.path is not set, which means "/"; it must be a page that shows the target's health`;
}

function speaksHttp(group: Subject): boolean {
  const protocol = upperCase(read(group.props, ["protocol"]));
  return protocol === "HTTP" || protocol === "HTTPS";
}

/** The properties that decide how a target group is checked must be literals. AWS and the provider fill in defaults. */
function kindProblems(group: Subject, targetType: Reading): (string | undefined)[] {
  const protocol = problem("protocol", read(group.props, ["protocol"]), {
    accepts: (value) => typeof value === "string" && PROTOCOLS.includes(value.toUpperCase()),
    allowed: `a literal: ${PROTOCOLS.join(", ")}`,
  });
  if (targetType.kind === "absent") return [protocol];
  const type = problem("targetType", targetType, {
    accepts: (value) => typeof value === "string" && TARGET_TYPES.includes(value),
    allowed: `a literal: ${TARGET_TYPES.join(", ")}`,
  });
  return [type, protocol];
}

function checkProblems(
  group: Subject,
  check: unknown,
  isLambda: boolean,
  maxCode: number,
): (string | undefined)[] {
  const at = (field: string, expected: Expectation): string | undefined => {
    const reading = read(check, [field]);
    return reading.kind === "absent" ? undefined : problem(`healthCheck.${field}`, reading, expected);
  };
  const protocol = upperCase(read(check, ["protocol"]));
  return [
    at("enabled", { accepts: (value) => value === true, allowed: "true" }),
    isLambda ? undefined : at("protocol", checkProtocol(group)),
    ...(protocol === "TCP" ? [] : [at("path", PATH), at("matcher", matcher(group, isLambda, maxCode))]),
    at("port", PORT),
    protocol === "TCP" ? otherPort(group, read(check, ["port"])) : undefined,
    ...Object.entries(BOUNDS).map(([field, [low, high]]) => at(field, between(low, high))),
    timingProblem(group, read(check, ["interval"]), read(check, ["timeout"])),
  ];
}

/**
 * Protocols over UDP, whose port a health check cannot reach. For GENEVE, AWS checks port 80.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
 */
const OVER_UDP = /^(UDP|QUIC|GENEVE)$/;

/** A TCP check of another port does not show the health of the port that serves. */
function otherPort(group: Subject, port: Reading): string | undefined {
  if (OVER_UDP.test(upperCase(read(group.props, ["protocol"])) ?? "")) return undefined;
  const asked = port.kind === "known" ? integer(port.value) : undefined;
  const serving = read(group.props, ["port"]);
  const served = serving.kind === "known" ? integer(serving.value) : undefined;
  if (asked === undefined || served === undefined || asked === served) return undefined;
  return `healthCheck.protocol is "TCP" and healthCheck.port is ${asked}, but the targets serve port ${served}; the port must be "traffic-port", or the protocol HTTP or HTTPS`;
}

/** TCP shows only that the port is open; AWS refuses it for targets that serve HTTP. */
function checkProtocol(group: Subject): Expectation {
  const traffic = upperCase(read(group.props, ["protocol"]));
  const names = traffic === "HTTP" || traffic === "HTTPS" ? ["HTTP", "HTTPS"] : ["HTTP", "HTTPS", "TCP"];
  return {
    accepts: (value) => typeof value === "string" && names.includes(value.toUpperCase()),
    allowed: `a literal: ${names.join(" or ")}`,
    vocabulary: PROTOCOL_NAMES,
  };
}

/** The page that a health check requests. */
export const PATH: Expectation = {
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

/** True for a whole number within bounds, both included. */
export function isBetween(value: number | undefined, low: number, high: number): boolean {
  return value !== undefined && value >= low && value <= high;
}

/** 0 is the answer of a healthy gRPC health service; 12 is that of a server without one, and AWS's default. */
const GRPC_MATCHER: Expectation = {
  accepts: (value) =>
    (typeof value === "string" || typeof value === "number") && /^(0|12)(,(0|12))*$/.test(String(value)),
  allowed: 'literal gRPC codes: "0" (OK), or "12" (unimplemented) without a health service',
  vocabulary: /^[\d,-]{1,64}$/,
};

/**
 * Success codes must not include errors. AWS allows more codes, up to a limit that depends on the type of load
 * balancer, which the protocol of the target group shows.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Matcher.html
 */
function matcher(group: Subject, isLambda: boolean, maxCode: number): Expectation {
  const protocol = upperCase(read(group.props, ["protocol"]));
  const isHttp = protocol === "HTTP" || protocol === "HTTPS";
  if (isHttp && upperCase(read(group.props, ["protocolVersion"])) === "GRPC") return GRPC_MATCHER;
  const limit = isLambda || isHttp ? 499 : protocol === "GENEVE" ? 399 : 599;
  const high = Math.min(limit, maxCode);
  return {
    accepts: (value) =>
      (typeof value === "string" || typeof value === "number") && codesAreWithin(String(value), 200, high),
    allowed: `literal codes from 200 to ${high}, for example "200" or "200-299"`,
    vocabulary: /^[\d,-]{1,64}$/,
  };
}

/**
 * True for a list of success codes in AWS's format ("200", "200,204", "200-299"), with no code outside the bounds and
 * no reversed range.
 *
 * @param low the lowest code allowed
 * @param high the highest code allowed
 */
export function codesAreWithin(codes: string, low: number, high: number): boolean {
  return codes.split(",").every((part) => {
    const [, from, to = from] = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(part) ?? [];
    return from !== undefined && to !== undefined && low <= +from && +from <= +to && +to <= high;
  });
}

/** AWS's default for targets that serve HTTP, in seconds. */
const DEFAULT_TIMEOUT = 5;

/**
 * A check must not begin before the timeout of the previous one. AWS refuses equal values for HTTP targets, and accepts
 * them for targets of a Network Load Balancer.
 *
 * Source: https://github.com/aws/aws-cdk/issues/16446
 */
function timingProblem(group: Subject, interval: Reading, timeout: Reading): string | undefined {
  const mayBeEqual = !speaksHttp(group) && read(group.props, ["protocol"]).kind === "known";
  const every = interval.kind === "known" ? integer(interval.value) : undefined;
  const given = timeout.kind === "known" ? integer(timeout.value) : undefined;
  const limit = timeout.kind === "absent" && speaksHttp(group) ? DEFAULT_TIMEOUT : given;
  if (every === undefined || limit === undefined || limit < every || (limit === every && mayBeEqual)) {
    return undefined;
  }
  const is = timeout.kind === "absent" ? `is not set, which means ${limit},` : `is ${limit}`;
  const allowed = mayBeEqual ? "the timeout must not be longer" : "the timeout must be shorter";
  return `healthCheck.timeout ${is} and healthCheck.interval is ${every}; ${allowed}`;
}

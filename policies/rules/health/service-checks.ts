import { read, upperCase } from "../../read";
import type { Reading } from "../../read";
import { APP_RUNNER_SERVICE, isOf, LATTICE_TARGET_GROUP, LIGHTSAIL_CONTAINERS } from "../../resources";
import { advice, describe, problem, violations } from "../../rule";
import type { Expectation, Subject, Violation } from "../../rule";
import { codesAreWithin, PATH } from "./health-checks";

/** The health check of a service that has its own load balancer, which always serves HTTP. */
interface ServiceCheck {
  readonly types: readonly string[];
  /** Where the check is. */
  readonly at: readonly string[];
  /** Its properties, each as a path. The intervals are in seconds. */
  readonly interval: string;
  readonly unhealthyThreshold: string;
  /**
   * The success codes.
   * @default the service accepts only successful responses
   */
  readonly codes?: readonly string[];
  /** AWS's defaults. */
  readonly defaults: {
    readonly interval: number;
    readonly unhealthyThreshold: number;
    /** Completes "is not set, which means …", if the default detects fewer failures than a check should. */
    readonly protocol?: string;
    readonly codes?: string;
  };
  /** The code of a compliant check. */
  readonly fix: string;
}

/**
 * Source: https://docs.aws.amazon.com/apprunner/latest/api/API_HealthCheckConfiguration.html,
 * https://docs.aws.amazon.com/lightsail/2016-11-28/api-reference/API_ContainerServiceHealthCheckConfig.html,
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/target-group-health-checks.html
 */
const SERVICE_CHECKS: readonly ServiceCheck[] = [
  {
    types: APP_RUNNER_SERVICE,
    at: ["healthCheckConfiguration"],
    interval: "interval",
    unhealthyThreshold: "unhealthyThreshold",
    defaults: { interval: 5, unhealthyThreshold: 5, protocol: "TCP: an open port is healthy" },
    fix: 'healthCheckConfiguration: { protocol: "HTTP", path: "/healthz", interval: 5, unhealthyThreshold: 5 }',
  },
  {
    types: LIGHTSAIL_CONTAINERS,
    at: ["publicEndpoint", "healthCheck"],
    interval: "intervalSeconds",
    unhealthyThreshold: "unhealthyThreshold",
    codes: ["successCodes"],
    defaults: { interval: 5, unhealthyThreshold: 2, codes: "200-499, with errors" },
    fix: 'publicEndpoint: { healthCheck: { path: "/healthz", successCodes: "200" }, … }',
  },
  {
    types: LATTICE_TARGET_GROUP,
    at: ["config", "healthCheck"],
    interval: "healthCheckIntervalSeconds",
    unhealthyThreshold: "unhealthyThresholdCount",
    codes: ["matcher", "value"],
    defaults: { interval: 30, unhealthyThreshold: 2 },
    fix: 'config: { healthCheck: { enabled: true, path: "/healthz", matcher: { value: "200" } }, … }',
  },
];

/** The types that {@link judgeServiceCheck} judges. */
export const WITH_SERVICE_CHECK: readonly string[] = SERVICE_CHECKS.flatMap(({ types }) => types);

/** The check of a resource of one of these types; undefined if AWS can check none, or if the service isn't public. */
export function serviceCheckOf(resource: Subject): ServiceCheck | undefined {
  const type = upperCase(read(resource.props, ["type"]));
  // Neither a function nor another load balancer can be checked.
  if (isOf(LATTICE_TARGET_GROUP, resource) && (type === "ALB" || type === "LAMBDA")) return undefined;
  // Containers without a public endpoint have no check.
  if (isOf(LIGHTSAIL_CONTAINERS, resource) && read(resource.props, ["publicEndpoint"]).kind === "absent")
    return undefined;
  return SERVICE_CHECKS.find(({ types }) => isOf(types, resource));
}

const ENABLED: Expectation = {
  accepts: (value) => value === true || value === "true",
  allowed: "true, or left out",
};

const PROTOCOL: Expectation = {
  accepts: (value) => typeof value === "string" && /^https?$/i.test(value),
  allowed: 'a literal: "HTTP"',
  vocabulary: /^(HTTPS?|TCP)$/i,
};

const PAGE: Expectation = {
  accepts: PATH.accepts,
  allowed: 'a literal path that begins with "/", of a page that shows the health of the service',
};

/**
 * Judges the health check of a service, as that of a target group is judged.
 *
 * @param maxCode greatest HTTP status that may count as healthy
 */
export function judgeServiceCheck(resource: Subject, maxCode: number): Violation[] {
  const check = serviceCheckOf(resource);
  if (check === undefined) return [];
  const place = check.at.join(".");
  const given = read(resource.props, check.at);
  const outer = check.at.slice(0, -1).map((_, index) => read(resource.props, check.at.slice(0, index + 1)));
  if (given.kind === "unknown" || outer.some(({ kind }) => kind === "unknown"))
    return violations([`${place} ${describe({ kind: "unknown" })}; it must be written out`], check.fix);
  const at = (path: readonly string[]): Reading =>
    read(given.kind === "known" ? given.value : undefined, path);
  const codes: Expectation = {
    accepts: (value) =>
      (typeof value === "string" || typeof value === "number") && codesAreWithin(String(value), 200, maxCode),
    allowed: `literal codes from 200 to ${maxCode}, for example "200" or "200-299"`,
    vocabulary: /^[\d,-]{1,64}$/,
  };
  const judged: readonly (readonly [
    path: readonly string[],
    Expectation,
    absentMeans: string | undefined,
  ])[] = [
    [["enabled"], ENABLED, undefined],
    [["protocol"], PROTOCOL, check.defaults.protocol],
    [["path"], PAGE, '"/"'],
    ...(check.codes === undefined ? [] : [[check.codes, codes, check.defaults.codes] as const]),
  ];
  const isTcp = upperCase(at(["protocol"])) === "TCP";
  const told = judged
    // An open port has no page.
    .filter(([[name]]) => !(isTcp && name === "path"))
    .map(([path, expected, absentMeans]) => {
      const reading = at(path);
      const isAbsent = reading.kind === "absent";
      if (isAbsent && absentMeans === undefined) return { isAbsent, text: undefined };
      const meant = absentMeans === undefined ? expected : { ...expected, absentMeans };
      return { isAbsent, text: problem([...check.at, ...path].join("."), reading, meant) };
    });
  const textsOf = (areAbsent: boolean): (string | undefined)[] =>
    told.filter(({ isAbsent }) => isAbsent === areAbsent).map(({ text }) => text);
  return [...violations(textsOf(false), check.fix), ...advice(textsOf(true), check.fix)];
}

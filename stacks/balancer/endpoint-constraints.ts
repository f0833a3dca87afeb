import { COLOURS } from "../../components/colours";
import { runsUsersProgram } from "../application/source";
import { applicationNameOf } from "../applications/derive";
import { hasProxies } from "../proxy/user-data";
import type { Settings } from "../settings/schema";
import type { Constraint, Violation } from "../settings/constraint";

/** Constraints on the protocols by which balancers reach instances. */
export const endpointConstraints: readonly Constraint[] = [
  versionOfOurs,
  versionOfVisitors,
  versionOfHooks,
  healthOfGrpc,
  protocolsBehindProxies,
];

/** The page and the sample store of this project support HTTP/1.1 only. */
function versionOfOurs(settings: Settings): Violation[] {
  if (settings.loadBalancing.protocolVersion === "http1" || runsUsersProgram(settings)) return [];
  return [
    {
      at: "loadBalancing.protocolVersion",
      allowed: `http1, because application.source is ${settings.application.source}, which supports HTTP/1.1 only`,
      remedy: "remove protocolVersion, or set application.source to artifact or container",
    },
  ];
}

/**
 * A load balancer answers HTTP/1.1 requests with an error if its targets get HTTP/2 or gRPC. CloudFront and Route 53
 * use HTTP/1.1.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-protocol-version
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html (HTTP version)
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
 */
function versionOfVisitors(settings: Settings): Violation[] {
  const {
    cdn,
    externalHealthCheck,
    loadBalancing: { protocolVersion: version },
  } = settings;
  if (version === "http1") return [];
  const visitors = [
    ...(cdn.enabled ? [["cdn", "CloudFront sends requests"]] : []),
    // It checks the store's own application.
    ...(externalHealthCheck.enabled && applicationNameOf(settings) === undefined
      ? [["externalHealthCheck", "Route 53 checks"]]
      : []),
  ];
  return visitors.map(([setting, what]) => ({
    at: "loadBalancing.protocolVersion",
    allowed: `http1 with ${setting}: ${what} by HTTP/1.1, which the load balancer answers with an error otherwise`,
    remedy: `remove protocolVersion, or ${setting}`,
  }));
}

/** A new instance of a warm pool waits until the application answers an HTTP/1.1 request on the instance. */
function versionOfHooks({
  fleet: { warmPool },
  peakCalendar,
  loadBalancing: { protocolVersion: version },
}: Settings): Violation[] {
  if (version === "http1") return [];
  const pools = [
    ...(warmPool.state === "off" ? [] : ["fleet.warmPool.state"]),
    ...peakCalendar.flatMap(({ warmPoolSize }, index) =>
      warmPoolSize === undefined ? [] : [`peakCalendar[${index}].warmPoolSize`],
    ),
  ];
  return pools.map((at) => ({
    at,
    allowed: `${at === "fleet.warmPool.state" ? "off" : "no value"} with loadBalancing.protocolVersion ${version}: instances of a warm pool check their application by HTTP/1.1`,
    remedy: "remove it, or protocolVersion",
  }));
}

/**
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-protocol-version
 */
function healthOfGrpc({ healthCheck: { path }, loadBalancing: { protocolVersion } }: Settings): Violation[] {
  if (protocolVersion !== "grpc" || /^\/[A-Za-z0-9_.]+\/[A-Za-z0-9_]+$/.test(path)) return [];
  return [
    {
      at: "healthCheck.path",
      allowed: "a gRPC method, /package.Service/Method, because loadBalancing.protocolVersion is grpc",
      remedy:
        "set healthCheck.path to /grpc.health.v1.Health/Check, the method of gRPC's standard health service",
    },
  ];
}

/** Proxies use one protocol for all instances. */
function protocolsBehindProxies(settings: Settings): Violation[] {
  const {
    blueGreen,
    loadBalancing: { instanceProtocol },
  } = settings;
  if (!blueGreen.enabled || !hasProxies(settings)) return [];
  return COLOURS.filter(
    (colour) => (blueGreen[colour].instanceProtocol ?? instanceProtocol) !== instanceProtocol,
  ).map((colour) => ({
    at: `blueGreen.${colour}.instanceProtocol`,
    allowed: `loadBalancing.instanceProtocol, ${instanceProtocol}, while there are proxies: they use one protocol for all instances`,
    remedy:
      "remove it; or change the protocol without proxies: loadBalancing.engine alb, and proxy.standby false",
  }));
}

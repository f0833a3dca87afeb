import { coversAll, overlapsAny } from "../routes/patterns";
import { hasPrivateBalancer } from "../balancer/exposure";
import type { Settings } from "../settings/schema";
import type { Constraint, Violation } from "../settings/constraint";
import { accessOf, asksProvider, hasLogin, isOpen, isOpenPath, rulesInOrder } from "./access";

/** Constraints on logins and tokens, and on what needs none. */
export const constraints: readonly Constraint[] = [
  oneProvider,
  loginWithoutProvider,
  tokenWithoutIssuer,
  issuerWithoutUse,
  claimsCheckedAnyway,
  spacesInValues,
  unauthenticatedWithoutLogin,
  secretElsewhere,
  openBeforeProtected,
  checkersSignIn,
  cachedBehindLogin,
  grpcBehindLogin,
  noWayToProvider,
];

function oneProvider({ login }: Settings): Violation[] {
  if (login.oidc === undefined || login.cognito === undefined) return [];
  return [
    {
      at: "login.cognito",
      allowed: "no value together with login.oidc: visitors sign in with one provider",
      remedy:
        "remove one of the two; a Cognito user pool can let visitors sign in with other OpenID Connect providers",
    },
  ];
}

function loginWithoutProvider(settings: Settings): Violation[] {
  if (hasLogin(settings)) return [];
  return rulesInOrder(settings)
    .filter(({ rule }) => rule.access === "login")
    .map(({ at }) => ({
      at: `${at}.access`,
      allowed: "public, because login has neither oidc nor cognito",
      remedy: "set login.oidc or login.cognito, or remove access",
    }));
}

function tokenWithoutIssuer(settings: Settings): Violation[] {
  if (settings.login.jwt !== undefined) return [];
  return rulesInOrder(settings)
    .filter(({ rule }) => rule.access === "token")
    .map(({ at }) => ({
      at: `${at}.access`,
      allowed: "public, login, where login.jwt isn't set",
      remedy: "set login.jwt.issuer and login.jwt.jwksEndpoint, or choose another access",
    }));
}

/** An issuer without a rule that uses it suggests protection that does not exist. */
function issuerWithoutUse(settings: Settings): Violation[] {
  if (settings.login.jwt === undefined) return [];
  if (rulesInOrder(settings).some(({ rule }) => rule.access === "token")) return [];
  return [
    {
      at: "login.jwt",
      allowed: "no value while no route or application has access: token, as no request needs one",
      remedy: "set access: token for the routes or applications that need one, or remove login.jwt",
    },
  ];
}

/**
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_JwtValidationActionAdditionalClaim.html
 * (Name)
 */
function claimsCheckedAnyway({ login: { jwt } }: Settings): Violation[] {
  return ["exp", "iss", "nbf", "iat"]
    .filter((name) => jwt?.claims[name] !== undefined)
    .map((name) => ({
      at: `login.jwt.claims.${name}`,
      allowed: "claims other than exp, iss, nbf and iat, which the load balancer checks anyway",
      remedy: name === "iss" ? "remove it: login.jwt.issuer says what it must be" : "remove it",
    }));
}

/**
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_JwtValidationActionAdditionalClaim.html
 * (Values)
 */
function spacesInValues({ login: { jwt } }: Settings): Violation[] {
  return Object.entries(jwt?.claims ?? {})
    .filter(
      ([, { format, values }]) =>
        format === "space-separated-values" && values.some((value) => value.includes(" ")),
    )
    .map(([name]) => ({
      at: `login.jwt.claims.${name}.values`,
      allowed: "values without spaces, where the format is space-separated-values",
      remedy: "list each value separately, or choose the format single-string",
    }));
}

function unauthenticatedWithoutLogin(settings: Settings): Violation[] {
  return rulesInOrder(settings)
    .filter(
      ({ rule }) => rule.onUnauthenticatedRequest !== undefined && accessOf(settings, rule).type !== "login",
    )
    .map(({ at }) => ({
      at: `${at}.onUnauthenticatedRequest`,
      allowed: "no value where access is not login: nobody signs in there",
      remedy: "remove it, or set access to login",
    }));
}

function secretElsewhere({ login: { oidc }, region }: Settings): Violation[] {
  if (oidc === undefined || oidc.clientSecretArn.split(":")[3] === region) return [];
  return [
    {
      at: "login.oidc.clientSecretArn",
      allowed: `a secret in aws:region, ${region}`,
      remedy: `replicate the secret to ${region}, and name the replica's ARN`,
    },
  ];
}

/**
 * A rule that lets everybody in takes requests from a later, protected rule: all of them, or those that both patterns
 * match, such as /account/x.css for *.css and /account/*. An exception within a protected pattern is intended.
 */
function openBeforeProtected(settings: Settings): Violation[] {
  const rules = rulesInOrder(settings).map(({ at, rule }) => ({
    at,
    rule,
    open: isOpen(accessOf(settings, rule)),
  }));
  return rules.flatMap(({ at, rule, open }, index): Violation[] => {
    if (open) return [];
    const before = rules
      .slice(0, index)
      .find(
        (other) =>
          other.open &&
          overlapsAny(hostsOf(other.rule), hostsOf(rule)) &&
          overlapsAny(other.rule.paths, rule.paths) &&
          !isException(other.rule, rule),
      );
    if (before === undefined) return [];
    return [
      {
        at: `${at}.priority`,
        allowed: `less than ${before.rule.priority}, the priority of ${before.at}, which gives everybody access to some of ${[...rule.hosts, ...rule.paths].join(", ")}`,
        remedy: `give it a free priority below ${before.rule.priority}, or give ${before.at} paths that no protected rule shares`,
      },
    ];
  });
}

type Patterns = Pick<Settings["routes"][string], "hosts" | "paths">;

/**
 * Whether a rule matches a part of what another one matches, and does not cover any of its hosts and paths completely.
 */
function isException(rule: Patterns, other: Patterns): boolean {
  const [hosts, paths] = [hostsOf(rule), pathsOf(rule)];
  const [otherHosts, otherPaths] = [hostsOf(other), pathsOf(other)];
  const takesAllOfSome = takesOne(hosts, otherHosts) && takesOne(paths, otherPaths);
  return coversAll(otherHosts, hosts) && coversAll(otherPaths, paths) && !takesAllOfSome;
}

/** Whether everything that matches one of the patterns matches an outer one. An empty list matches everything. */
function takesOne(outer: readonly string[], patterns: readonly string[]): boolean {
  return outer.length === 0 || patterns.some((pattern) => coversAll(outer, [pattern]));
}

/** A rule's hosts. Each pattern has a dot, so none matches all hosts. */
function hostsOf({ hosts }: Patterns): readonly string[] {
  return hosts.map((host) => host.toLowerCase());
}

/** A rule's paths; empty if one of them matches all paths, as each path begins with a slash. */
function pathsOf({ paths }: Patterns): readonly string[] {
  return paths.includes("*") || paths.includes("/*") ? [] : paths;
}

/**
 * Route 53 counts a redirect as a healthy answer, and a redirect to the login page does not depend on the instances.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
 */
function checkersSignIn(settings: Settings): Violation[] {
  const {
    externalHealthCheck: { enabled },
    healthCheck: { path },
  } = settings;
  if (!enabled || isOpenPath(settings, path)) return [];
  return [
    {
      at: "externalHealthCheck.enabled",
      allowed: `false, where ${path} needs a login: Route 53 would consider the redirect a healthy response`,
      remedy: `add to routes: { health: { priority: 100, paths: [${path}], access: public } }, or set externalHealthCheck.enabled to false`,
    },
  ];
}

/** CloudFront requests what it caches without cookies, and serves the cached response to everybody. */
function cachedBehindLogin(settings: Settings): Violation[] {
  const { cdn } = settings;
  if (!cdn.enabled) return [];
  const closed = cdn.staticPaths.filter((path) => !isOpenPath(settings, path));
  if (closed.length === 0) return [];
  return [
    {
      at: "cdn.staticPaths",
      allowed: `paths that need no login: CloudFront caches them for everybody, and requests them without the login cookie`,
      remedy: `add to routes: { static: { priority: 100, paths: [${closed.slice(0, 5).join(", ")}], access: public } }, or remove them here`,
    },
  ];
}

/**
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-protocol-version
 */
function grpcBehindLogin(settings: Settings): Violation[] {
  const { applications, loadBalancing } = settings;
  const violation = (at: string): Violation => ({
    at,
    allowed: "http1, http2, where access is not public: the load balancer can only forward gRPC requests",
    remedy: "set access to public, and let the application check tokens itself",
  });
  const toStore = Object.values(settings.routes).filter(
    ({ action, targetGroupArn }) => action === "forward" && targetGroupArn === undefined,
  );
  return [
    ...(loadBalancing.protocolVersion === "grpc" &&
    [undefined, ...toStore].some((rule) => accessOf(settings, rule).type !== "public")
      ? [violation("loadBalancing.protocolVersion")]
      : []),
    ...Object.entries(applications)
      .filter(
        ([, rule]) =>
          rule.loadBalancing.protocolVersion === "grpc" && accessOf(settings, rule).type !== "public",
      )
      .map(([name]) => violation(`applications.${name}.loadBalancing.protocolVersion`)),
  ];
}

/**
 * A load balancer with private addresses reaches a provider on the internet through a NAT gateway.
 *
 * @see https://repost.aws/knowledge-center/elb-configure-authentication-alb
 */
function noWayToProvider(settings: Settings): Violation[] {
  const { network } = settings;
  if (!asksProvider(settings) || !hasPrivateBalancer(settings)) return [];
  if (network.existing !== undefined || network.natGateways !== "none") return [];
  return [
    {
      at: "network.natGateways",
      allowed:
        "single, perZone, where a load balancer with private addresses uses an identity provider, which it reaches through a NAT gateway",
      remedy: "set network.natGateways to single, or remove login",
    },
  ];
}

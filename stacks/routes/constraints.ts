import { groupsTogether } from "../../components/load-balancer/application-target-groups";
import { FIRST_PRIORITY } from "../../components/load-balancer/listener-rules";
import { STATUS_PATH } from "../../components/monitoring/status-function";
import { endpointOf } from "../balancer/endpoint";
import type { Settings } from "../settings/schema";
import type { Constraint, Violation } from "../settings/constraint";
import { coversAll } from "./patterns";

/** Constraints on listener rules for hosts and paths, of routes and of applications. */
export const constraints: readonly Constraint[] = [
  prioritiesTakenTwice,
  prioritiesOffTheGrid,
  conditionsBeyondLimits,
  impossibleStatus,
  redirectsToThemselves,
  targetGroupUnused,
  targetGroupElsewhere,
  ruleUnreached,
  statusInTheWay,
  tooManyRules,
];

type Route = Settings["routes"][string];

/** The fields that routes and applications have in common. */
type Conditions = Pick<Route, "priority" | "hosts" | "paths">;

/** A rule, and its place in the settings. */
interface Placed<R extends Conditions = Conditions> {
  /** `routes.cart`, `applications.search`. */
  readonly at: string;
  /** Its name in violations of other rules. */
  readonly name: string;
  readonly rule: R;
}

/**
 * Maximum number of values of a rule, and of wildcards in them.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html#rules-quotas
 */
const VALUES = 5;

/** Priorities leave room for nine more routes between any two. */
const STEP = 10;

function prioritiesTakenTwice(settings: Settings): Violation[] {
  const rules = rulesOf(settings);
  const holders = new Map<number, string>();
  const taken = new Set(rules.map(({ rule }) => rule.priority));
  return judgeEach(rules, ".priority", ({ priority }, name) => {
    const holder = holders.get(priority);
    if (holder === undefined) {
      holders.set(priority, name);
      return undefined;
    }
    let free = Math.ceil(priority / STEP) * STEP;
    while (taken.has(free)) free += STEP;
    return {
      allowed: `a priority that no other route or application has: ${priority} is ${holder}'s`,
      remedy: `the next free priority is ${free}`,
    };
  });
}

function prioritiesOffTheGrid(settings: Settings): Violation[] {
  return judgeEach(rulesOf(settings), ".priority", ({ priority }) => {
    if (priority % STEP === 0) return undefined;
    const below = Math.floor(priority / STEP) * STEP;
    return {
      allowed: `a multiple of ${STEP}, so that there is room for routes in between`,
      remedy: `use ${below} or ${below + STEP}`,
    };
  });
}

function conditionsBeyondLimits(settings: Settings): Violation[] {
  return judgeEach(rulesOf(settings), "", ({ hosts, paths }, name) => {
    const values = [...hosts, ...paths];
    const wildcards = values.join("").replace(/[^*?]/g, "").length;
    const isRoute = Object.hasOwn(settings.routes, name);
    if (values.length === 0)
      return {
        allowed: `${isRoute ? "a route" : "an application"} with hosts, paths or both`,
        remedy: isRoute
          ? "for every path: paths: [/*]"
          : `for example: paths: [${name.replace("applications.", "/")}/*]`,
      };
    if (values.length <= VALUES && wildcards <= VALUES) return undefined;
    return {
      allowed: `up to ${VALUES} hosts and paths together, with up to ${VALUES} wildcards: there are ${values.length} with ${wildcards}`,
      remedy: isRoute
        ? "split it into two routes, or combine patterns"
        : "combine patterns: a rule allows no more",
    };
  });
}

function targetGroupUnused(settings: Settings): Violation[] {
  return judgeEach(routesOf(settings), ".targetGroupArn", ({ action, targetGroupArn }) =>
    targetGroupArn === undefined || action === "forward"
      ? undefined
      : {
          allowed: `no value with action ${action}, which does not forward`,
          remedy: "remove targetGroupArn, or set action to forward",
        },
  );
}

/** A load balancer forwards only to target groups of its own Region and account. */
function targetGroupElsewhere(settings: Settings): Violation[] {
  return judgeEach(routesOf(settings), ".targetGroupArn", ({ targetGroupArn }) =>
    targetGroupArn === undefined || targetGroupArn.split(":")[3] === settings.region
      ? undefined
      : {
          allowed: `a target group in aws:region, ${settings.region}: a load balancer forwards to no other Region`,
          remedy: `use one in ${settings.region}, or redirect to the other Region's address`,
        },
  );
}

/**
 * A rule that gets no requests because an earlier one takes them all. This is allowed between two routes, as the
 * earlier one may be temporary, but not for an application, whose instances cost money.
 */
function ruleUnreached(settings: Settings): Violation[] {
  const rules = rulesOf(settings);
  return rules.flatMap(({ at, rule }): Violation[] => {
    const earlier = rules.find(
      (other) =>
        other.rule.priority < rule.priority &&
        !(at.startsWith("routes.") && other.at.startsWith("routes.")) &&
        coversAll(other.rule.hosts.map(lowerCase), rule.hosts.map(lowerCase)) &&
        coversAll(other.rule.paths, rule.paths),
    );
    if (earlier === undefined) return [];
    return [
      {
        at: `${at}.priority`,
        allowed: `less than ${earlier.rule.priority}, the priority of ${earlier.name}, which takes all requests for ${[...rule.hosts, ...rule.paths].join(", ")}`,
        remedy: `${earlier.rule.priority > FIRST_PRIORITY ? `give it a free priority below ${earlier.rule.priority}` : `raise ${earlier.name}'s above ${rule.priority}`}, or other hosts or paths`,
      },
    ];
  });
}

/**
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html#host-conditions (not
 * case-sensitive; paths are)
 */
const lowerCase = (host: string): string => host.toLowerCase();

/** The status function's rule comes before all routes and applies to every host. */
function statusInTheWay({ applications, statusFunction }: Settings): Violation[] {
  if (!statusFunction.enabled) return [];
  return Object.entries(applications)
    .filter(([, { paths }]) => coversAll([STATUS_PATH], paths))
    .map(([name]) => ({
      at: `applications.${name}.paths`,
      allowed: `paths other than just ${STATUS_PATH}, which statusFunction answers on every host`,
      remedy: "use other paths, or set statusFunction.enabled to false",
    }));
}

/**
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html (Rules per load
 * balancer)
 */
const MOST_RULES = 100;

/** The rules that the stack itself may create: for maintenance, the status function, and all requests. */
const OWN_RULES = 3;

function tooManyRules(settings: Settings): Violation[] {
  const groups = Object.fromEntries(
    Object.entries(settings.applications).map(([name, { loadBalancing }]) => [
      name,
      { endpoint: endpointOf(loadBalancing) },
    ]),
  );
  const applications = Object.keys(groups).length;
  const most = MOST_RULES - OWN_RULES - groupsTogether(groups).length;
  const rules = rulesOf(settings).length;
  if (rules <= most) return [];
  return [
    {
      at: "routes",
      allowed: `up to ${most - applications} in addition to ${applications} applications: a load balancer has ${MOST_RULES} rules, some of them the stack's own`,
      remedy: `remove ${rules - most}, or combine several patterns in one route`,
    },
  ];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_FixedResponseActionConfig.html */
function impossibleStatus(settings: Settings): Violation[] {
  return judgeEach(routesOf(settings), ".fixedResponse.statusCode", ({ fixedResponse: { statusCode } }) =>
    statusCode >= 300 && statusCode <= 399
      ? { allowed: "2xx, 4xx or 5xx", remedy: "for 301 and 302: action: redirect" }
      : undefined,
  );
}

/** Protocol and port are those of the listener, so host or path must differ. */
function redirectsToThemselves(settings: Settings): Violation[] {
  return judgeEach(routesOf(settings), ".redirect", ({ action, redirect: { host, path } }) =>
    action === "redirect" && host === "#{host}" && path === "/#{path}"
      ? {
          allowed: "another host or path than the request's: AWS refuses a redirect to itself",
          remedy: "for example: redirect: { host: store.example.com }",
        }
      : undefined,
  );
}

function routesOf({ routes }: Settings): Placed<Route>[] {
  return Object.entries(routes).map(([name, rule]) => ({ at: `routes.${name}`, name, rule }));
}

function rulesOf(settings: Settings): Placed[] {
  const applications = Object.entries(settings.applications).map(([name, rule]) => {
    const at = `applications.${name}`;
    return { at, name: at, rule };
  });
  return [...routesOf(settings), ...applications];
}

function judgeEach<R extends Conditions>(
  rules: readonly Placed<R>[],
  place: string,
  judge: (rule: R, name: string) => Pick<Violation, "allowed" | "remedy"> | undefined,
): Violation[] {
  return rules.flatMap(({ at, name, rule }) => {
    const violation = judge(rule, name);
    return violation === undefined ? [] : [{ at: at + place, ...violation }];
  });
}

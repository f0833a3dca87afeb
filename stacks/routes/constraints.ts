import type { Settings } from "../settings";
import type { Constraint, Violation } from "../settings/constraint";

/** Rules for some hosts and paths. */
export const constraints: readonly Constraint[] = [
  prioritiesTakenTwice,
  prioritiesOffTheGrid,
  conditionsBeyondLimits,
  impossibleStatus,
  redirectsToThemselves,
];

type Routes = Settings["routes"];
type Route = Routes[string];

/**
 * Values, and wildcards in them, that one rule may have.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html#rules-quotas
 */
const VALUES = 5;

/** Room for nine more routes between any two. */
const STEP = 10;

function prioritiesTakenTwice({ routes }: Settings): Violation[] {
  const holders = new Map<number, string>();
  const taken = new Set(Object.values(routes).map(({ priority }) => priority));
  return judgeEach(routes, ".priority", ({ priority }, name) => {
    const holder = holders.get(priority);
    if (holder === undefined) {
      holders.set(priority, name);
      return undefined;
    }
    let free = Math.ceil(priority / STEP) * STEP;
    while (taken.has(free)) free += STEP;
    return {
      allowed: `a priority that no other route has: ${priority} is ${holder}'s`,
      remedy: `the next that is free is ${free}`,
    };
  });
}

function prioritiesOffTheGrid({ routes }: Settings): Violation[] {
  return judgeEach(routes, ".priority", ({ priority }) => {
    if (priority % STEP === 0) return undefined;
    const below = Math.floor(priority / STEP) * STEP;
    return {
      allowed: `a multiple of ${STEP}, so that there is room for a route in between`,
      remedy: `take ${below} or ${below + STEP}`,
    };
  });
}

function conditionsBeyondLimits({ routes }: Settings): Violation[] {
  return judgeEach(routes, "", ({ hosts, paths }) => {
    const values = [...hosts, ...paths];
    const wildcards = values.join("").replace(/[^*?]/g, "").length;
    if (values.length === 0)
      return { allowed: "a route with hosts, paths or both", remedy: "for every path: paths: [/*]" };
    if (values.length <= VALUES && wildcards <= VALUES) return undefined;
    return {
      allowed: `up to ${VALUES} hosts and paths together, with up to ${VALUES} wildcards: here are ${values.length} with ${wildcards}`,
      remedy: "make two routes of it, or one pattern of several",
    };
  });
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_FixedResponseActionConfig.html */
function impossibleStatus({ routes }: Settings): Violation[] {
  return judgeEach(routes, ".fixedResponse.statusCode", ({ fixedResponse: { statusCode } }) =>
    statusCode >= 300 && statusCode <= 399
      ? { allowed: "2xx, 4xx or 5xx", remedy: "for 301 and 302: action: redirect" }
      : undefined,
  );
}

/** Protocol and port are the listener's already, so host or path have to differ. */
function redirectsToThemselves({ routes }: Settings): Violation[] {
  return judgeEach(routes, ".redirect", ({ action, redirect: { host, path } }) =>
    action === "redirect" && host === "#{host}" && path === "/#{path}"
      ? {
          allowed: "another host or path than the request's: AWS takes no redirect that leads to itself",
          remedy: "for example: redirect: { host: store.example.com }",
        }
      : undefined,
  );
}

function judgeEach(
  routes: Routes,
  at: string,
  judge: (route: Route, name: string) => Pick<Violation, "allowed" | "remedy"> | undefined,
): Violation[] {
  return Object.entries(routes).flatMap(([name, route]) => {
    const fault = judge(route, name);
    return fault === undefined ? [] : [{ at: `routes.${name}${at}`, ...fault }];
  });
}

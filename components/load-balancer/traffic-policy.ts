import type * as aws from "@pulumi/aws";

/**
 * How requests are distributed among the targets of a group, independent of the product: {@link
 * targetGroupPolicy} translates it for an Application Load Balancer, {@link haproxyPolicy} for HAProxy. What
 * both support has the same value for both.
 *
 * The types exclude policies that no balancer supports and policies that the chosen one doesn't: an
 * Application Load Balancer supports slow start with round robin only and no weights; HAProxy supports
 * neither anomaly mitigation nor restricting requests to a zone.
 */
export type TrafficPolicy = AlbTrafficPolicy | HaproxyTrafficPolicy;

/** The policies that an Application Load Balancer supports. */
export type AlbTrafficPolicy = AlbAlgorithm & Affinity & Draining;

/** The policies that HAProxy supports. */
export type HaproxyTrafficPolicy = HaproxyAlgorithm & Extract<Affinity, { crossZone: true }> & Draining;

/** How targets are removed. */
export interface Draining {
  /**
   * Connection draining: seconds that requests in flight have to finish when their target is removed, 0 to
   * 3,600.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#deregistration-delay
   */
  readonly deregistrationDelaySeconds: number;
}

/**
 * The algorithm that selects the target of the next request.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#modify-routing-algorithm
 */
export type AlbAlgorithm =
  | {
      /** Each target in turn: for similar requests and similar targets. */
      readonly algorithm: "roundRobin";
      /** Slow start: seconds in which a new target's share grows to the full share, 30 to 900; 0 for off. */
      readonly slowStartSeconds: number;
      readonly anomalyMitigation?: never;
    }
  | {
      /**
       * The target with the fewest requests in flight: for requests whose duration varies from milliseconds
       * to seconds.
       */
      readonly algorithm: "leastOutstandingRequests";
      readonly slowStartSeconds?: never;
      readonly anomalyMitigation?: never;
    }
  | {
      /** A random target. */
      readonly algorithm: "weightedRandom";
      /** Whether targets that return more errors than the others get fewer requests. */
      readonly anomalyMitigation: boolean;
      readonly slowStartSeconds?: never;
    };

/**
 * The algorithm that selects the server of the next request.
 *
 * @see https://docs.haproxy.org/2.6/configuration.html#4-balance
 */
export interface HaproxyAlgorithm {
  /**
   * Each server in turn; each in turn in proportion to its weight; or the one with the fewest requests in
   * flight, relative to its weight if weights are set.
   */
  readonly algorithm: "roundRobin" | "weightedRoundRobin" | "leastOutstandingRequests";
  /**
   * Slow start: seconds in which a new server's share grows to the full share, 30 to 900; 0 for off.
   *
   * @default 0
   */
  readonly slowStartSeconds?: number;
  readonly anomalyMitigation?: never;
}

/**
 * Whether requests cross zones, and whether a visitor stays with one target. Stickiness requires cross-zone
 * balancing.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/disable-cross-zone.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/sticky-sessions.html
 */
export type Affinity =
  | {
      readonly crossZone: true;
      /** Seconds that a cookie keeps a visitor at a target, 1 to 604,800 (7 days); 0 for no cookie. */
      readonly stickinessSeconds: number;
    }
  | { readonly crossZone: false; readonly stickinessSeconds?: never };

/** The balancing engines: AWS's Application Load Balancer alone, or HAProxy behind it. */
export const ENGINES = ["alb", "haproxy"] as const;

/** The algorithms of each of {@link ENGINES}. */
export const ALGORITHMS_OF = {
  alb: ["roundRobin", "leastOutstandingRequests", "weightedRandom"],
  haproxy: ["roundRobin", "weightedRoundRobin", "leastOutstandingRequests"],
} as const satisfies {
  readonly alb: readonly AlbTrafficPolicy["algorithm"][];
  readonly haproxy: readonly HaproxyTrafficPolicy["algorithm"][];
};

/** All algorithms. */
export const ALGORITHMS = [
  "roundRobin",
  "weightedRoundRobin",
  "leastOutstandingRequests",
  "weightedRandom",
] as const satisfies readonly TrafficPolicy["algorithm"][];

/** Equal distribution without slow start or cookies: a complete policy except for draining. */
export const EACH_IN_TURN = {
  algorithm: "roundRobin",
  slowStartSeconds: 0,
  crossZone: true,
  stickinessSeconds: 0,
} as const satisfies Omit<AlbTrafficPolicy, keyof Draining>;

/** AWS's names. The comments in the typings of `@pulumi/aws` show others, which AWS refuses. */
const AWS_ALGORITHM = {
  roundRobin: "round_robin",
  leastOutstandingRequests: "least_outstanding_requests",
  weightedRandom: "weighted_random",
} as const satisfies Record<AlbTrafficPolicy["algorithm"], string>;

/** Duration of the cookie while cookies are off: AWS requires a number, and this is its default. */
const UNUSED_COOKIE_SECONDS = 86_400;

/**
 * The policy as properties of an AWS target group. All are set, including AWS's defaults, because an omitted
 * property keeps its previous value.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html
 */
export function targetGroupPolicy(
  policy: AlbTrafficPolicy,
): Pick<
  aws.lb.TargetGroupArgs,
  | "deregistrationDelay"
  | "loadBalancingAlgorithmType"
  | "loadBalancingAnomalyMitigation"
  | "loadBalancingCrossZoneEnabled"
  | "slowStart"
  | "stickiness"
> {
  const stickinessSeconds = policy.stickinessSeconds ?? 0;
  return {
    deregistrationDelay: policy.deregistrationDelaySeconds,
    loadBalancingAlgorithmType: AWS_ALGORITHM[policy.algorithm],
    loadBalancingAnomalyMitigation: policy.anomalyMitigation === true ? "on" : "off",
    loadBalancingCrossZoneEnabled: policy.crossZone ? "use_load_balancer_configuration" : "false",
    slowStart: policy.slowStartSeconds ?? 0,
    stickiness: {
      enabled: stickinessSeconds > 0,
      type: "lb_cookie",
      cookieDuration: stickinessSeconds > 0 ? stickinessSeconds : UNUSED_COOKIE_SECONDS,
    },
  };
}

/** A {@link HaproxyTrafficPolicy} in the terms of HAProxy's configuration. */
export interface HaproxyPolicy {
  /** HAProxy's algorithm. `roundrobin` respects weights. */
  readonly balance: "roundrobin" | "leastconn";
  /** Whether servers have the weights in their tags; if false, all have the same weight. */
  readonly weighted: boolean;
  /** Slow start in seconds; 0 for off. */
  readonly slowStartSeconds: number;
  /** Seconds that a cookie keeps a visitor at a server; 0 for no cookie. */
  readonly stickinessSeconds: number;
  /** Seconds that requests in flight have to finish when their server is removed. */
  readonly drainSeconds: number;
}

/** Translates a policy for HAProxy. */
export function haproxyPolicy(policy: HaproxyTrafficPolicy): HaproxyPolicy {
  return {
    balance: policy.algorithm === "leastOutstandingRequests" ? "leastconn" : "roundrobin",
    weighted: policy.algorithm === "weightedRoundRobin",
    slowStartSeconds: policy.slowStartSeconds ?? 0,
    stickinessSeconds: policy.stickinessSeconds,
    drainSeconds: policy.deregistrationDelaySeconds,
  };
}

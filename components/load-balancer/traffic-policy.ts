import type * as aws from "@pulumi/aws";

/**
 * How requests are spread over the targets of a group. It names no product: an Application Load Balancer renders it
 * by {@link targetGroupPolicy}, HAProxy by {@link haproxyPolicy}. What both can do is one value for both.
 *
 * What no balancer does can't be written, nor what a balancer refuses be given to it: an Application Load Balancer
 * starts slowly with round robin alone and knows no weights, HAProxy mitigates no anomalies and keeps to no zone.
 */
export type TrafficPolicy = AlbTrafficPolicy | HaproxyTrafficPolicy;

/** What an Application Load Balancer can do. */
export type AlbTrafficPolicy = AlbAlgorithm & Affinity & Draining;

/** What HAProxy can do. */
export type HaproxyTrafficPolicy = HaproxyAlgorithm & Extract<Affinity, { crossZone: true }> & Draining;

/** How targets leave. */
export interface Draining {
  /**
   * Connection draining: seconds that a request under way has to finish when its target leaves, 0 to 3,600.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#deregistration-delay
   */
  readonly deregistrationDelaySeconds: number;
}

/**
 * Which target gets the next request.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#modify-routing-algorithm
 */
export type AlbAlgorithm =
  | {
      /** Each in turn: for requests and targets that are much alike. */
      readonly algorithm: "roundRobin";
      /** Seconds in which a new target's share grows from little to full, 30 to 900; 0 for at once. */
      readonly slowStartSeconds: number;
      readonly anomalyMitigation?: never;
    }
  | {
      /** The one with the fewest requests under way: for requests that take from milliseconds to seconds. */
      readonly algorithm: "leastOutstandingRequests";
      readonly slowStartSeconds?: never;
      readonly anomalyMitigation?: never;
    }
  | {
      /** Any, by chance. */
      readonly algorithm: "weightedRandom";
      /** Whether targets that answer with more errors than their like get fewer requests. */
      readonly anomalyMitigation: boolean;
      readonly slowStartSeconds?: never;
    };

/**
 * Which server gets the next request.
 *
 * @see https://docs.haproxy.org/2.6/configuration.html#4-balance
 */
export interface HaproxyAlgorithm {
  /**
   * Each in turn; each in turn as often as its weight says; or the one with the fewest requests under way, by weight
   * too where weights are given.
   */
  readonly algorithm: "roundRobin" | "weightedRoundRobin" | "leastOutstandingRequests";
  /**
   * Seconds in which a new server's share grows from little to full, 30 to 900; 0 for at once.
   *
   * @default 0
   */
  readonly slowStartSeconds?: number;
  readonly anomalyMitigation?: never;
}

/**
 * Whether targets of other zones get requests, and whether a visitor stays with one target. The one is needed for the
 * other.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/disable-cross-zone.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/sticky-sessions.html
 */
export type Affinity =
  | {
      readonly crossZone: true;
      /** Seconds that a cookie binds a visitor to a target, 1 to 604,800 (7 days); 0 for no cookie. */
      readonly stickinessSeconds: number;
    }
  | { readonly crossZone: false; readonly stickinessSeconds?: never };

/** What balances: AWS's Application Load Balancer alone, or HAProxy behind it. */
export const ENGINES = ["alb", "haproxy"] as const;

/** The algorithms of each of {@link ENGINES}. */
export const ALGORITHMS_OF = {
  alb: ["roundRobin", "leastOutstandingRequests", "weightedRandom"],
  haproxy: ["roundRobin", "weightedRoundRobin", "leastOutstandingRequests"],
} as const satisfies {
  readonly alb: readonly AlbTrafficPolicy["algorithm"][];
  readonly haproxy: readonly HaproxyTrafficPolicy["algorithm"][];
};

/** All algorithms that there are. */
export const ALGORITHMS = [
  "roundRobin",
  "weightedRoundRobin",
  "leastOutstandingRequests",
  "weightedRandom",
] as const satisfies readonly TrafficPolicy["algorithm"][];

/** One target like another, at once, without cookies: all of a policy but how targets leave. */
export const EACH_IN_TURN = {
  algorithm: "roundRobin",
  slowStartSeconds: 0,
  crossZone: true,
  stickinessSeconds: 0,
} as const satisfies Omit<AlbTrafficPolicy, keyof Draining>;

/** AWS's words. The comments in the typings of `@pulumi/aws` show others, which AWS refuses. */
const AWS_ALGORITHM = {
  roundRobin: "round_robin",
  leastOutstandingRequests: "least_outstanding_requests",
  weightedRandom: "weighted_random",
} as const satisfies Record<AlbTrafficPolicy["algorithm"], string>;

/** What a cookie lasts while cookies are off: AWS wants a number all the same, and this is its default. */
const UNUSED_COOKIE_SECONDS = 86_400;

/**
 * The properties of an AWS target group that say the same. All are there, AWS's defaults too: what is left out keeps
 * the value it had.
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

/** What HAProxy's configuration says of a {@link HaproxyTrafficPolicy}. */
export interface HaproxyPolicy {
  /** HAProxy's word for the algorithm. Its `roundrobin` goes by weights. */
  readonly balance: "roundrobin" | "leastconn";
  /** Whether servers have the weights that their tags say; without, all have the same. */
  readonly weighted: boolean;
  /** Seconds in which a new server's share grows; 0 for at once. */
  readonly slowStartSeconds: number;
  /** Seconds that a cookie binds a visitor to a server; 0 for no cookie. */
  readonly stickinessSeconds: number;
  /** Seconds that requests under way have when their server leaves. */
  readonly drainSeconds: number;
}

/** HAProxy's words for the same. */
export function haproxyPolicy(policy: HaproxyTrafficPolicy): HaproxyPolicy {
  return {
    balance: policy.algorithm === "leastOutstandingRequests" ? "leastconn" : "roundrobin",
    weighted: policy.algorithm === "weightedRoundRobin",
    slowStartSeconds: policy.slowStartSeconds ?? 0,
    stickinessSeconds: policy.stickinessSeconds,
    drainSeconds: policy.deregistrationDelaySeconds,
  };
}

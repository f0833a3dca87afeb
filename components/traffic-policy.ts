import type * as aws from "@pulumi/aws";

/**
 * How requests are spread over the targets of a group. It names no product: an Application Load Balancer renders it
 * by {@link targetGroupPolicy}, another balancer may by its own.
 *
 * What a balancer refuses can't be written: a slow start with any algorithm but round robin, mitigation without
 * weighted random, cookies for targets that a zone can't reach.
 */
export type TrafficPolicy = Algorithm &
  Affinity & {
    /**
     * Connection draining: seconds that a request under way has to finish when its target leaves, 0 to 3,600.
     *
     * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#deregistration-delay
     */
    readonly deregistrationDelaySeconds: number;
  };

/**
 * Which target gets the next request.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#modify-routing-algorithm
 */
export type Algorithm =
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

/** The names of {@link Algorithm}. */
export const ALGORITHMS = ["roundRobin", "leastOutstandingRequests", "weightedRandom"] as const;

/** AWS's words. The comments in the typings of `@pulumi/aws` show others, which AWS refuses. */
const AWS_ALGORITHM = {
  roundRobin: "round_robin",
  leastOutstandingRequests: "least_outstanding_requests",
  weightedRandom: "weighted_random",
} as const satisfies Record<TrafficPolicy["algorithm"], string>;

/** What a cookie lasts while cookies are off: AWS wants a number all the same, and this is its default. */
const UNUSED_COOKIE_SECONDS = 86_400;

/**
 * The properties of an AWS target group that say the same. All are there, AWS's defaults too: what is left out keeps
 * the value it had.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html
 */
export function targetGroupPolicy(
  policy: TrafficPolicy,
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

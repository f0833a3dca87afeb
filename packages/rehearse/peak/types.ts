/** The input and the result of a peak simulation. Times are seconds since 1970, in UTC. */

/** Requests a second over time. */
export interface Demand {
  /** Its source, in words: `orders.csv`, or the group's sizes. */
  readonly source: string;
  /** When it begins. */
  readonly startSeconds: number;
  /** The seconds of each step. */
  readonly stepSeconds: number;
  /** Requests a second on average over each step. */
  readonly perSecond: Float64Array;
}

/** How a balancer chooses the server of a request. */
export type Balancing = "roundRobin" | "leastOutstanding" | "weightedRandom" | "powerOfTwo";

/** Assumptions about a group and its instances; those left out are derived, and listed in the report. */
export interface LoadAssumptions {
  /** Requests a second that an instance can serve. */
  readonly requestsPerSecond?: number | undefined;
  /** Requests that an instance processes at a time; others wait. @default 2 */
  readonly concurrency?: number | undefined;
  /**
   * Seconds from the launch of an instance until it passes health checks. @default the group's warm-up, or its grace
   * period
   */
  readonly bootSeconds?: number | undefined;
  /** The same for an instance from a warm pool. */
  readonly warmBootSeconds?: number | undefined;
  /** Seconds after which a waiting request fails. @default 10 */
  readonly patienceSeconds?: number | undefined;
  /** Requests a minute at the peak, if no demand file is given. */
  readonly peakRequestsPerMinute?: number | undefined;
  /** The share of the demand that this group receives, from 0 to 1. @default 1 */
  readonly share?: number | undefined;
  /** The distribution of the time that requests take. @default exponential */
  readonly service?: Service | undefined;
  /** The balancing algorithm. @default that of the target group */
  readonly balancing?: Balancing | undefined;
}

/** The distribution of the time that a request takes. */
export type Service = "exponential" | "lognormal" | "deterministic";

/** Assumptions for all groups, and for single ones by name or URN; the latter take precedence. */
export interface Assumptions extends LoadAssumptions {
  readonly groups?: Readonly<Record<string, LoadAssumptions>>;
}

/** The input of a simulation. */
export interface PeakOptions {
  /** @default the demand that the groups' sizes and scheduled actions are made for */
  readonly demand?: Demand | undefined;
  readonly assumptions?: Assumptions | undefined;
  /** Milliseconds since 1970: a derived demand covers the week of the next peak. @default now */
  readonly now?: number | undefined;
}

/** The result for a stack. */
export interface Peak {
  /** One for each group that receives requests. */
  readonly fleets: readonly FleetPeak[];
  /** Groups that aren't simulated, and the reasons. */
  readonly notSimulated: readonly { readonly urn: string; readonly name: string; readonly why: string }[];
}

/** The result for a group. */
export interface FleetPeak {
  readonly urn: string;
  readonly name: string;
  /** The source of the demand, in words. */
  readonly demandSource: string;
  /**
   * First as planned, then with an instance lost at the worst time, then with a zone lost if the group has several.
   */
  readonly scenarios: readonly Scenario[];
  /**
   * Changes that each remove all minutes over capacity on their own, the cheapest first; empty if nothing needs
   * fixing.
   */
  readonly remedies: readonly Remedy[];
  /** Whether all scenarios carry the demand, as a sentence and as a value. */
  readonly verdict: FleetVerdict;
  /** The assumptions, in sentences. */
  readonly assumptions: readonly string[];
}

/** The verdict on a group. */
export interface FleetVerdict {
  /** `short`: over capacity as planned; `fragile`: only after a loss. */
  readonly carries: "all" | "fragile" | "short";
  readonly text: string;
}

/** One scenario. */
export interface Scenario {
  readonly kind: "planned" | "instanceLost" | "zoneLost";
  /** `as planned`, `with zone eu-west-1a lost`. */
  readonly title: string;
  /** The whole time, in at most about 2,000 points. */
  readonly series: Series;
  /** The day around the worst time, by the minute. */
  readonly day: Series;
  /** The events, in order of time. */
  readonly events: readonly PeakEvent[];
  readonly verdict: Verdict;
  /** The hour around the worst time, request by request; undefined without requests, or with too many to simulate. */
  readonly worstHour: WorstHour | undefined;
}

/** Columns of equal length. A point covers the time until the next one. */
export interface Series {
  readonly timeSeconds: readonly number[];
  /** Mean. */
  readonly demandPerSecond: readonly number[];
  /** The capacity of the healthy instances, the least within the point. */
  readonly capacityPerSecond: readonly number[];
  /** Instances that receive requests, the fewest within the point. */
  readonly instances: readonly number[];
  /** The desired capacity of the group, the most within the point. */
  readonly desired: readonly number[];
  /** Demand divided by capacity, the most within the point; 1 is full use. */
  readonly utilisation: readonly number[];
  /** Requests that wait because demand exceeds capacity, the most within the point. */
  readonly queued: readonly number[];
  /** Mean. */
  readonly errorsPerSecond: readonly number[];
  /** US dollars an hour for all instances, including booting ones; 0 if the price isn't known. Mean. */
  readonly costPerHour: readonly number[];
}

/** An event. */
export interface PeakEvent {
  readonly timeSeconds: number;
  /** `scheduled action sat-0830: at least 6`, `3 more instances: ALBRequestCountPerTarget 1,400 over 1,000`. */
  readonly what: string;
  readonly kind: "schedule" | "scaleOut" | "scaleIn" | "fault" | "replacement";
}

/** The result of a scenario. */
export interface Verdict {
  /** Minutes in which demand exceeds the capacity of the healthy instances. */
  readonly minutesOverCapacity: number;
  /** The total number of minutes. */
  readonly minutes: number;
  readonly requests: number;
  /** Requests that failed after waiting. */
  readonly failed: number;
  /** The highest demand divided by capacity; Infinity without any healthy instance. */
  readonly peakUtilisation: number;
  /** The time of that maximum. */
  readonly worstTimeSeconds: number;
  /** The longest wait of a request in seconds, because of demand over capacity. */
  readonly worstWaitSeconds: number;
  readonly mostInstances: number;
  readonly meanInstances: number;
  /** US dollars for the instances over the whole time; undefined if the price isn't known. */
  readonly cost: number | undefined;
  /** A sentence. */
  readonly text: string;
}

/** An hour, request by request. */
export interface WorstHour {
  readonly startSeconds: number;
  /** Less than an hour if that would be more than a million requests. */
  readonly seconds: number;
  readonly balancing: Balancing;
  readonly requests: number;
  readonly failed: number;
  /** From arrival to answer; undefined if nothing was served. */
  readonly milliseconds:
    { readonly mean: number; readonly p50: number; readonly p95: number; readonly p99: number } | undefined;
}

/** A change that fixes it. */
export interface Remedy {
  /** `minSize 5 instead of 3`. */
  readonly what: string;
  /**
   * The last of the scenarios that it fixes, with all before it: simulated with the change, none has a minute over
   * capacity.
   */
  readonly mends: Scenario["kind"];
  /** The additional US dollars a month; undefined if the price isn't known. */
  readonly monthlyCost: number | undefined;
}

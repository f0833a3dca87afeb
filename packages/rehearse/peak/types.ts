/** What the simulation of a peak is given, and what it tells. Times are seconds since 1970, in UTC. */

/** Requests a second over time. */
export interface Demand {
  /** Where it is from, in words: `orders.csv`, or the group's sizes. */
  readonly source: string;
  /** When it begins. */
  readonly startSeconds: number;
  /** Seconds that each of the rates lasts. */
  readonly stepSeconds: number;
  /** Requests a second on average over each step. */
  readonly perSecond: Float64Array;
}

/** How a balancer chooses who serves a request. */
export type Balancing = "roundRobin" | "leastOutstanding" | "weightedRandom" | "powerOfTwo";

/** How a group is loaded and what its instances take; whatever is left out is derived, and said in the assumptions. */
export interface LoadAssumptions {
  /** Requests a second that an instance serves at most. */
  readonly requestsPerSecond?: number | undefined;
  /** Requests that an instance works on at a time; more wait. @default 2 */
  readonly concurrency?: number | undefined;
  /** Seconds from the launch of an instance until it answers its health checks. @default the group's warm-up, or its grace period */
  readonly bootSeconds?: number | undefined;
  /** The same for an instance of a warm pool. */
  readonly warmBootSeconds?: number | undefined;
  /** Seconds that a request waits before it counts as failed. @default 10 */
  readonly patienceSeconds?: number | undefined;
  /** Requests a minute that the peak brings, where no file says what comes. */
  readonly peakRequestsPerMinute?: number | undefined;
  /** The part of the demand that comes to this group, from 0 to 1. @default all of it */
  readonly share?: number | undefined;
  /** How long requests take beside their mean. @default exponential */
  readonly service?: Service | undefined;
  /** How requests are shared out. @default as the target group says */
  readonly balancing?: Balancing | undefined;
}

/** How the time that a request takes is distributed. */
export type Service = "exponential" | "lognormal" | "deterministic";

/** Assumptions on all groups, and on single ones, by name or URN; the latter come first. */
export interface Assumptions extends LoadAssumptions {
  readonly groups?: Readonly<Record<string, LoadAssumptions>>;
}

/** What a simulation may be told. */
export interface PeakOptions {
  /** @default what the groups' sizes and their scheduled actions are made for */
  readonly demand?: Demand | undefined;
  readonly assumptions?: Assumptions | undefined;
  /** Milliseconds since 1970: a derived demand is that of the week of the next peak. @default now */
  readonly now?: number | undefined;
}

/** What is simulated of a stack. */
export interface Peak {
  /** One for each group that gets requests. */
  readonly fleets: readonly FleetPeak[];
  /** Groups that aren't simulated, and why. */
  readonly notSimulated: readonly { readonly urn: string; readonly name: string; readonly why: string }[];
}

/** A group in its peak. */
export interface FleetPeak {
  readonly urn: string;
  readonly name: string;
  /** Where the demand is from, in words. */
  readonly demandSource: string;
  /** First as planned, then with an instance lost at the worst time, then with a zone, where it has several. */
  readonly scenarios: readonly Scenario[];
  /** Changes of which each alone would leave no minute over capacity, the cheapest first; none if there is nothing to mend. */
  readonly remedies: readonly Remedy[];
  /** Whether all scenarios carry the demand, a sentence on it, and what it is for a list. */
  readonly verdict: FleetVerdict;
  /** What was taken for granted, in sentences. */
  readonly assumptions: readonly string[];
}

/** What comes of a group. */
export interface FleetVerdict {
  /** `short` while all goes well, `fragile` only after a loss. */
  readonly carries: "all" | "fragile" | "short";
  readonly text: string;
}

/** One course of events. */
export interface Scenario {
  readonly kind: "planned" | "instanceLost" | "zoneLost";
  /** `as planned`, `with zone eu-west-1a lost`. */
  readonly title: string;
  /** The whole time, in at most about 2,000 points. */
  readonly series: Series;
  /** A day around the worst time, by the minute. */
  readonly day: Series;
  /** What happened, the first thing first. */
  readonly events: readonly PeakEvent[];
  readonly verdict: Verdict;
  /** The hour around the worst time, request by request; undefined if nothing comes, or more than is played. */
  readonly worstHour: WorstHour | undefined;
}

/** Columns of one length. A point stands for the time from its own to the next one's. */
export interface Series {
  readonly timeSeconds: readonly number[];
  /** Mean. */
  readonly demandPerSecond: readonly number[];
  /** What the healthy instances serve, the least within the point. */
  readonly capacityPerSecond: readonly number[];
  /** Instances that get requests, the fewest within the point. */
  readonly instances: readonly number[];
  /** What the group wants to have, the most within the point. */
  readonly desired: readonly number[];
  /** Demand by capacity, the most within the point; 1 is all that they serve. */
  readonly utilisation: readonly number[];
  /** Requests that wait because more came than can be served, the most within the point. */
  readonly queued: readonly number[];
  /** Mean. */
  readonly errorsPerSecond: readonly number[];
  /** US dollars an hour of all instances, booting ones too; 0 where the price isn't known. Mean. */
  readonly costPerHour: readonly number[];
}

/** Something that happened. */
export interface PeakEvent {
  readonly timeSeconds: number;
  /** `scheduled action sat-0830: at least 6`, `3 more instances: ALBRequestCountPerTarget 1,400 over 1,000`. */
  readonly what: string;
  readonly kind: "schedule" | "scaleOut" | "scaleIn" | "fault" | "replacement";
}

/** How one course of events went. */
export interface Verdict {
  /** Minutes in which more came than the healthy instances serve. */
  readonly minutesOverCapacity: number;
  /** Of how many minutes in all. */
  readonly minutes: number;
  readonly requests: number;
  /** Requests that waited in vain. */
  readonly failed: number;
  /** Demand by capacity at the most; Infinity without any healthy instance. */
  readonly peakUtilisation: number;
  /** When that was. */
  readonly worstTimeSeconds: number;
  /** Seconds that a request waited at the most because more came than can be served. */
  readonly worstWaitSeconds: number;
  readonly mostInstances: number;
  readonly meanInstances: number;
  /** US dollars of the instances over the whole time; undefined if the price isn't known. */
  readonly cost: number | undefined;
  /** A sentence. */
  readonly text: string;
}

/** An hour, request by request. */
export interface WorstHour {
  readonly startSeconds: number;
  /** Less than an hour where that would be more than a million requests. */
  readonly seconds: number;
  readonly balancing: Balancing;
  readonly requests: number;
  readonly failed: number;
  /** From arrival to answer; undefined if nothing was served. */
  readonly milliseconds:
    { readonly mean: number; readonly p50: number; readonly p95: number; readonly p99: number } | undefined;
}

/** A change that mends it. */
export interface Remedy {
  /** `minSize 5 instead of 3`. */
  readonly what: string;
  /** The last of the scenarios that it mends, with all before it: run again, each has no minute over capacity. */
  readonly mends: Scenario["kind"];
  /** US dollars a month more; undefined if the price isn't known. */
  readonly monthlyCost: number | undefined;
}

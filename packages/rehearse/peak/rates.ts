/**
 * Simulates a group under a demand, by rates: in steps of ten seconds, requests arrive and are served, wait or fail;
 * metrics and alarms follow; instances are launched and ended.
 */
import type { Sizes } from "../cost/schedules";
import { type Load, round } from "./assumptions";
import { type Due, dueActions, sizesAfter } from "./calendar";
import type { Fleet } from "./fleet";
import { Instances } from "./instances";
import { changeOf, Watch } from "./scaling";
import type { PeakEvent } from "./types";

/** Seconds of a step. */
export const STEP = 10;

/**
 * Delays that AWS doesn't publish, in seconds: from the end of a metric's minute until the metric is available, and
 * until a group replaces an unhealthy instance that the load balancer's check or EC2's own check ("a few minutes")
 * has found.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-health-checks.html
 */
export const ASSUMED_SECONDS = { metric: 60, replaceByBalancer: 60, replaceByStatus: 300 } as const;

/** A loss. */
export interface Fault {
  readonly kind: "instanceLost" | "zoneLost";
  readonly timeSeconds: number;
}

/** The input of a simulation. */
export interface Trial {
  readonly fleet: Fleet;
  readonly load: Load;
  /** When it begins. */
  readonly startSeconds: number;
  /** The group's sizes at that time. */
  readonly sizes: Sizes;
  /** Requests a second in each step. */
  readonly demand: Float64Array;
  readonly fault?: Fault;
}

/** The results, by step. */
export interface Steps {
  /** Requests a second that the instances can serve. */
  readonly capacity: Float64Array;
  /** Instances that receive requests. */
  readonly serving: Float64Array;
  readonly desired: Float64Array;
  readonly running: Float64Array;
  /** Requests that wait at the end of the step. */
  readonly queued: Float64Array;
  /** Requests that fail. */
  readonly failed: Float64Array;
  /** Requests a second that go to lost instances. */
  readonly lost: Float64Array;
}

/** The result of a trial. */
export interface Outcome {
  readonly steps: Steps;
  readonly events: readonly PeakEvent[];
  /** The zone of the loss. */
  readonly lostZone: string | undefined;
}

/** Runs a trial. */
export function runRates(trial: Trial): Outcome {
  const course = new Course(trial);
  for (let step = 0; step < trial.demand.length; step++) course.pass(step);
  return course;
}

/** A running trial, step by step. */
class Course implements Outcome {
  readonly steps: Steps;
  readonly events: PeakEvent[] = [];
  lostZone: string | undefined;
  private readonly due: readonly Due[];
  private readonly meters: readonly Meter[];
  private readonly watches: readonly Watch[];
  private readonly instances: Instances;
  private sizes: Sizes;
  private desired: number;
  private queued = 0;
  /** When its policies last changed the group. */
  private lastChange = -Infinity;
  /** The next of {@link due}. */
  private next = 0;

  constructor(private readonly trial: Trial) {
    const { fleet, load, demand, startSeconds, sizes } = trial;
    this.steps = stepsOf(demand.length);
    this.due = dueActions(fleet.actions, startSeconds, startSeconds + demand.length * STEP);
    this.watches = fleet.policies.map((policy) => new Watch(policy));
    this.meters = this.watches.map((watch) => new Meter(watch, fleet.instanceMetricSeconds));
    this.sizes = sizes;
    this.desired = clamp(sizes.desired ?? sizes.min, sizes);
    this.instances = new Instances(fleet.zones.length, delaysOf(fleet, load), fleet.warmPool, this.desired);
    this.instances.fillPoolAtOnce(this.desired, sizes.max, startSeconds);
  }

  /** Simulates one step. */
  pass(step: number): void {
    const now = this.trial.startSeconds + step * STEP;
    this.followCalendar(now);
    const found = this.instances.pass(now);
    if (found > 0)
      this.tell(now, "replacement", `${plural(found, "lost instance is", "lost instances are")} replaced`);
    this.loseWhatIsLost(now);
    this.followPolicies(now);
    this.instances.adjust(this.desired, this.sizes.max, now);
    this.serve(step, now);
  }

  private followCalendar(now: number): void {
    for (
      let due = this.due[this.next];
      due !== undefined && due.timeSeconds < now + STEP;
      due = this.due[++this.next]
    ) {
      const { action } = due;
      this.sizes = sizesAfter(this.sizes, action);
      this.desired = clamp(action.desired ?? this.desired, this.sizes);
      this.tell(now, "schedule", `scheduled action ${action.name}: ${describeSizes(action)}`);
    }
  }

  private loseWhatIsLost(now: number): void {
    const { fault, fleet } = this.trial;
    if (fault === undefined || fault.timeSeconds < now || fault.timeSeconds >= now + STEP) return;
    const zone = this.instances.fullest(now);
    this.lostZone = fleet.zones[zone];
    if (fault.kind === "zoneLost") this.instances.loseZone(zone, now);
    else this.instances.loseOne(zone, now);
    const what = fault.kind === "zoneLost" ? `zone ${this.lostZone}` : `an instance in ${this.lostZone}`;
    this.tell(now, "fault", `${what} is lost`);
  }

  private followPolicies(now: number): void {
    let isDue = false;
    for (const meter of this.meters) if (meter.deliver(now)) isDue = true;
    if (!isDue) return;
    const { instances, desired } = this;
    const standing = {
      timeSeconds: now,
      desired,
      warming: instances.warming(now),
      isBusy: instances.isBusy(now),
    };
    const change = changeOf(this.watches, standing, this.lastChange);
    const wanted = change === undefined ? desired : clamp(change.desired, this.sizes);
    if (change === undefined || wanted === desired) return;
    const by = Math.abs(wanted - desired);
    if (wanted > desired) this.tell(now, "scaleOut", `${by} more: ${describeMetric(change.watch)}`);
    else {
      this.tell(now, "scaleIn", `${by} fewer: ${describeMetric(change.watch)}`);
      for (const watch of this.watches) watch.startLow();
    }
    [this.desired, this.lastChange] = [wanted, now];
  }

  private serve(step: number, now: number): void {
    const { instances, steps } = this;
    const { load, demand } = this.trial;
    const rate = demand[step] ?? 0;
    const serving = instances.serving(now);
    const capacity = instances.capacity(now) * load.requestsPerSecond;
    const black = instances.black(now);
    const lost = black === 0 ? 0 : (rate * black) / (black + serving);
    const coming = this.queued + (rate - lost) * STEP;
    const served = Math.min(coming, capacity * STEP);
    // Requests don't wait longer than that.
    this.queued = Math.min(coming - served, capacity * load.patienceSeconds);
    steps.failed[step] = coming - served - this.queued + lost * STEP;
    steps.capacity[step] = capacity;
    steps.serving[step] = serving;
    steps.desired[step] = this.desired;
    steps.running[step] = instances.running();
    steps.queued[step] = this.queued;
    steps.lost[step] = lost;
    const use = capacity === 0 ? NaN : served / (capacity * STEP);
    for (const meter of this.meters) meter.measure(now, rate * STEP, use, serving);
  }

  private tell(timeSeconds: number, kind: PeakEvent["kind"], what: string): void {
    this.events.push({ timeSeconds, kind, what });
  }
}

/** Collects a policy's metric until its data points are available. */
class Meter {
  private requests = 0;
  private use = 0;
  private serving = 0;
  private count = 0;
  private readonly points: { readonly at: number; readonly value: number; readonly counted: number }[] = [];
  private readonly period: number;

  constructor(
    readonly watch: Watch,
    instanceMetricSeconds: number,
  ) {
    const { policy } = watch;
    const own = policy.kind === "tracking" ? 60 : policy.alarm.periodSeconds;
    const metric = policy.kind === "tracking" ? policy.metric : policy.alarm.metric;
    this.period = Math.max(STEP, metric === "cpu" ? Math.max(own, instanceMetricSeconds) : own);
  }

  /** Records a step; `use` is the share of the capacity in use, NaN without any capacity. */
  measure(now: number, requests: number, use: number, serving: number): void {
    this.requests += requests;
    this.use += use;
    this.serving += serving;
    this.count++;
    const end = now + STEP;
    if (end % this.period >= STEP) return;
    this.points.push({
      at: end + ASSUMED_SECONDS.metric,
      value: this.value(),
      counted: this.serving / this.count,
    });
    [this.requests, this.use, this.serving, this.count] = [0, 0, 0, 0];
  }

  private value(): number {
    const { policy } = this.watch;
    const metric = policy.kind === "tracking" ? policy.metric : policy.alarm.metric;
    const minutes = (this.count * STEP) / 60;
    if (metric === "cpu") return (100 * this.use) / this.count;
    if (metric === "requests") return this.requests / minutes;
    return this.serving === 0 ? NaN : this.requests / minutes / (this.serving / this.count);
  }

  /** Passes on the data points that are available by now; returns whether there are any. */
  deliver(now: number): boolean {
    let isDue = false;
    for (let first = this.points[0]; first !== undefined && first.at <= now; first = this.points[0]) {
      this.watch.take(first.value, first.counted);
      this.points.shift();
      isDue = true;
    }
    return isDue;
  }
}

function stepsOf(count: number): Steps {
  const column = (): Float64Array => new Float64Array(count);
  return {
    capacity: column(),
    serving: column(),
    desired: column(),
    running: column(),
    queued: column(),
    failed: column(),
    lost: column(),
  };
}

function delaysOf(fleet: Fleet, load: Load) {
  const { intervalSeconds, unhealthyThreshold } = fleet.check;
  const detect = intervalSeconds * unhealthyThreshold;
  const replace = fleet.isCheckedByBalancer
    ? detect + ASSUMED_SECONDS.replaceByBalancer
    : ASSUMED_SECONDS.replaceByStatus;
  return {
    ready: load.readySeconds,
    warmReady: load.warmReadySeconds,
    warmup: fleet.warmupSeconds,
    slowStart: fleet.slowStartSeconds,
    drain: fleet.drainSeconds,
    detect,
    replace: Math.max(detect, replace),
  };
}

function clamp(desired: number, { min, max }: Sizes): number {
  return Math.min(Math.max(desired, min), Math.max(min, max));
}

function describeSizes({ min, max, desired }: Partial<Sizes>): string {
  const parts = [
    ...(min === undefined ? [] : [`at least ${min}`]),
    ...(max === undefined ? [] : [`at most ${max}`]),
    ...(desired === undefined ? [] : [`${desired} wanted`]),
  ];
  return parts.length === 0 ? "nothing changes" : parts.join(", ");
}

function describeMetric({ policy, value }: Watch): string {
  const metric = policy.kind === "tracking" ? policy.metric : policy.alarm.metric;
  const target = policy.kind === "tracking" ? policy.target : policy.alarm.threshold;
  const unit = {
    requestsPerInstance: "requests a minute for each instance",
    requests: "requests a minute",
    cpu: "% CPU",
  };
  return `${policy.name}, ${round(value)} ${unit[metric]}, ${policy.kind === "tracking" ? "target" : "threshold"} ${round(target)}`;
}

/** A number with its unit. */
export function plural(count: number, one: string, many: string): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}

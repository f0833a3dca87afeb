/**
 * What scaling policies ask for, by AWS's documentation where it says, and by assumptions where it doesn't: ASSUMED names
 * these.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-simple-step.html
 */
import type { Alarm, ScalingPolicy, Stepping, Tracking } from "./policies";

/**
 * What AWS doesn't document, but what its alarms show: three points above the target, fifteen below nine tenths of it.
 *
 * @see https://github.com/aws-samples/amazon-aurora-labs-for-mysql/issues/3
 */
export const ASSUMED = { pointsOut: 3, pointsIn: 15, lowShare: 0.9 } as const;

/** So little is a rounding error, not an instance. */
const EPSILON = 1e-9;

/**
 * The instances with which a metric would be at its target: rounded up, whether there would be more or fewer of them.
 *
 * @param counted - Instances over which the metric is a mean.
 */
export function trackedSize(counted: number, metric: number, target: number): number {
  return Math.ceil((counted * metric) / target - EPSILON);
}

/**
 * The size after a step or simple policy has acted; undefined if none of its steps is for this value.
 *
 * @param current - Instances without those that still warm up.
 * @param value - The metric's.
 */
export function steppedSize(policy: Stepping, current: number, value: number): number | undefined {
  const { threshold, comparison } = policy.alarm;
  const by = value - threshold;
  // Above the threshold a step has its lower bound, below it its upper one.
  const isAbove = comparison === "over" || comparison === "overOrAt";
  const step = policy.steps.find(({ lower, upper }) =>
    isAbove ? by >= lower && by < upper : by > lower && by <= upper,
  );
  if (step === undefined) return undefined;
  if (policy.type === "ExactCapacity") return step.adjustment;
  if (policy.type === "ChangeInCapacity") return current + step.adjustment;
  const change = wholeChange((current * step.adjustment) / 100);
  const least = step.adjustment === 0 ? 0 : policy.leastChange;
  return current + Math.sign(change) * Math.max(Math.abs(change), least);
}

/** Percentages round towards 0, but not to it. */
function wholeChange(change: number): number {
  if (change === 0) return 0;
  return Math.abs(change) < 1 ? Math.sign(change) : Math.trunc(change + Math.sign(change) * EPSILON);
}

/** What a policy's metric was, and how its alarms stand. */
export class Watch {
  /** Points in a row above the target, or of the alarm that breach. */
  private over = 0;
  private under = 0;
  private readonly breaches: boolean[] = [];
  /** The metric's last point, and over how many instances it is a mean. */
  value = NaN;
  counted = 0;

  constructor(readonly policy: ScalingPolicy) {}

  /** Takes a point of the metric, NaN for one that is missing, and over how many instances it is a mean. */
  take(value: number, counted: number): void {
    [this.value, this.counted] = [value, counted];
    if (this.policy.kind !== "tracking") {
      const { periods } = this.policy.alarm;
      this.breaches.push(isBreach(this.policy.alarm, value));
      if (this.breaches.length > periods) this.breaches.shift();
    } else if (!Number.isNaN(value)) {
      const { target } = this.policy;
      this.over = value > target ? this.over + 1 : 0;
      this.under = value < target * ASSUMED.lowShare ? this.under + 1 : 0;
    }
  }

  /** Whether a tracking policy wants more, or a step policy acts. */
  get isHigh(): boolean {
    if (this.policy.kind === "tracking") return this.over >= ASSUMED.pointsOut;
    const { points, periods } = this.policy.alarm;
    return this.breaches.length === periods && this.breaches.filter((one) => one).length >= points;
  }

  /** Whether a tracking policy may do with fewer. */
  get isLow(): boolean {
    return this.under >= ASSUMED.pointsIn;
  }

  /** Instances were taken away: whether there may be fewer still has to be seen anew. */
  startLow(): void {
    this.under = 0;
  }
}

function isBreach({ comparison, threshold }: Alarm, value: number): boolean {
  switch (comparison) {
    case "over":
      return value > threshold;
    case "overOrAt":
      return value >= threshold;
    case "under":
      return value < threshold;
    case "underOrAt":
      return value <= threshold;
  }
}

/** How a group stands when its policies are asked. */
export interface Standing {
  readonly timeSeconds: number;
  readonly desired: number;
  /** Instances that warm up: they count as wanted, and nothing is taken away meanwhile. */
  readonly warming: number;
  /** Whether instances launch or end. */
  readonly isBusy: boolean;
}

/** A change that policies ask for. */
export interface Change {
  readonly desired: number;
  readonly watch: Watch;
}

/**
 * What all policies together ask for: the most that any asks for; less only if all that track a target, and may scale in,
 * agree.
 *
 * @param lastChange - When the group last changed, for the cooldown of simple policies.
 */
export function changeOf(
  watches: readonly Watch[],
  { timeSeconds, desired, warming, isBusy }: Standing,
  lastChange: number,
): Change | undefined {
  let best: Change | undefined;
  let fewest: Change | undefined;
  const more = (change: Change): void => {
    if (change.desired > (best?.desired ?? desired)) best = change;
  };
  const fewer = (change: Change): void => {
    if (change.desired < desired && change.desired > (fewest?.desired ?? -Infinity)) fewest = change;
  };
  for (const watch of watches) {
    const { policy } = watch;
    if (policy.kind === "tracking") {
      if (watch.isHigh) more({ desired: sizeOf(policy, watch), watch });
    } else if (watch.isHigh) {
      if (policy.kind === "simple" && (isBusy || timeSeconds < lastChange + policy.cooldownSeconds)) continue;
      const size = steppedSize(policy, desired - warming, watch.value);
      if (size === undefined) continue;
      more({ desired: size, watch });
      if (warming === 0) fewer({ desired: size, watch });
    }
  }
  if (best !== undefined) return best;
  if (warming > 0) return undefined;
  const tracking = watches.filter(({ policy }) => policy.kind === "tracking" && policy.scalesIn);
  if (tracking.length > 0 && tracking.every(({ isLow }) => isLow)) {
    const sizes = tracking.map((watch) => ({ watch, desired: sizeOf(watch.policy as Tracking, watch) }));
    const most = sizes.reduce((a, b) => (b.desired > a.desired ? b : a));
    if (most.desired < desired) fewer(most);
  }
  return fewest;
}

/** By the instances of the metric's own time: those that have come since are in none of its points. */
function sizeOf({ target }: Tracking, { counted, value }: Watch): number {
  return trackedSize(counted, value, target);
}

/**
 * The sizes that scaling policies ask for, by AWS's documentation where it is explicit, and otherwise by the
 * assumptions in ASSUMED.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-simple-step.html
 */
import type { Alarm, ScalingPolicy, Stepping, Tracking } from "./policies";

/**
 * Values that AWS doesn't document but that its alarms show: three points above the target, fifteen below nine tenths
 * of it.
 *
 * @see https://github.com/aws-samples/amazon-aurora-labs-for-mysql/issues/3
 */
export const ASSUMED = { pointsOut: 3, pointsIn: 15, lowShare: 0.9 } as const;

/** A difference this small is a rounding error, not an instance. */
const EPSILON = 1e-9;

/**
 * The number of instances at which a metric meets its target, rounded up in both directions.
 *
 * @param counted - The instances over which the metric is averaged.
 */
export function trackedSize(counted: number, metric: number, target: number): number {
  return Math.ceil((counted * metric) / target - EPSILON);
}

/**
 * The size after a step or simple policy has acted; undefined if none of its steps covers the value.
 *
 * @param current - Instances without those in warm-up.
 * @param value - The value of the metric.
 */
export function steppedSize(policy: Stepping, current: number, value: number): number | undefined {
  const { threshold, comparison } = policy.alarm;
  const by = value - threshold;
  // Above the threshold a step includes its lower bound, below it its upper bound.
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

/** Percentages round towards 0, but not to 0. */
function wholeChange(change: number): number {
  if (change === 0) return 0;
  return Math.abs(change) < 1 ? Math.sign(change) : Math.trunc(change + Math.sign(change) * EPSILON);
}

/** The state of a policy's metric and alarms. */
export class Watch {
  /** Consecutive points above the target, or breaching the alarm. */
  private over = 0;
  private under = 0;
  private readonly breaches: boolean[] = [];
  /** The metric's last point, and the number of instances over which it is averaged. */
  value = NaN;
  counted = 0;

  constructor(readonly policy: ScalingPolicy) {}

  /** Records a point of the metric, NaN for a missing one, and the number of instances over which it is averaged. */
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

  /** Whether a tracking policy asks for more, or a step policy acts. */
  get isHigh(): boolean {
    if (this.policy.kind === "tracking") return this.over >= ASSUMED.pointsOut;
    const { points, periods } = this.policy.alarm;
    return this.breaches.length === periods && this.breaches.filter((one) => one).length >= points;
  }

  /** Whether a tracking policy allows fewer. */
  get isLow(): boolean {
    return this.under >= ASSUMED.pointsIn;
  }

  /** Restarts the count for scaling in, after instances were removed. */
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

/** The state of a group when its policies are evaluated. */
export interface Standing {
  readonly timeSeconds: number;
  readonly desired: number;
  /** Instances in warm-up: they count towards the size, and nothing is removed meanwhile. */
  readonly warming: number;
  /** Whether instances are being launched or ended. */
  readonly isBusy: boolean;
}

/** A change that the policies ask for. */
export interface Change {
  readonly desired: number;
  readonly watch: Watch;
}

/**
 * The combined result of all policies: the largest size that any asks for. The group shrinks only if all tracking
 * policies that may scale in agree.
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

/** Uses the instances at the time of the metric: those launched since then are in none of its points. */
function sizeOf({ target }: Tracking, { counted, value }: Watch): number {
  return trackedSize(counted, value, target);
}

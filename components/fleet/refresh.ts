import type * as pulumi from "@pulumi/pulumi";

/**
 * The minimum and maximum number of healthy instances during a replacement, in percent of the desired
 * capacity.
 */
export interface HealthyPercentages {
  readonly minHealthyPercentage: number;
  readonly maxHealthyPercentage: number;
}

/**
 * Never fewer instances than desired, and room for at least one more: with a percentage that leaves a small
 * group no room, a replacement would wait forever.
 *
 * @param minSize - the minimum number of instances, 1 or more
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-maintenance-policy-overview-and-considerations.html
 */
export function healthyPercentages(minSize: number): HealthyPercentages {
  return { minHealthyPercentage: 100, maxHealthyPercentage: minSize === 1 ? 200 : 150 };
}

/** The maximum number of instances that exist at once while a group of `size` instances is replaced. */
export function mostInstances(size: number, minSize: number): number {
  return Math.ceil((size * healthyPercentages(minSize).maxHealthyPercentage) / 100);
}

/** How a change is rolled out to the instances. */
export interface RefreshArgs {
  /** Percentages, in ascending order, at which the refresh waits; empty for no waits. */
  readonly checkpointPercents: readonly number[];
  /** Minutes to wait at each checkpoint, up to 2,880. */
  readonly checkpointDelayMinutes: number;
  /** Names of CloudWatch alarms. Any of them stops the refresh. */
  readonly alarmNames: pulumi.Input<string>[];
  /** Whether instances that already match the template are kept. */
  readonly skipMatching: boolean;
}

/** `instanceRefresh.preferences` of an Auto Scaling group, as far as {@link RefreshArgs} sets them. */
export interface RefreshPreferences {
  readonly checkpointPercentages?: number[];
  readonly checkpointDelay?: string;
  readonly alarmSpecification?: { readonly alarms: pulumi.Input<string>[] };
  readonly skipMatching?: boolean;
}

/**
 * The preferences that differ from AWS's defaults. AWS refuses a delay without checkpoints.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RefreshPreferences.html
 */
export function refreshPreferences(args: RefreshArgs): RefreshPreferences {
  const { checkpointPercents, checkpointDelayMinutes, alarmNames, skipMatching } = args;
  return {
    ...(checkpointPercents.length > 0
      ? {
          checkpointPercentages: [...checkpointPercents],
          checkpointDelay: String(checkpointDelayMinutes * 60),
        }
      : {}),
    ...(alarmNames.length > 0 ? { alarmSpecification: { alarms: alarmNames } } : {}),
    ...(skipMatching ? { skipMatching } : {}),
  };
}

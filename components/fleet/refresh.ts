import type * as pulumi from "@pulumi/pulumi";

/** How few and how many healthy instances there may be while some are replaced, in percent of those wanted. */
export interface HealthyPercentages {
  readonly minHealthyPercentage: number;
  readonly maxHealthyPercentage: number;
}

/**
 * None less than wanted, and room for at least one more: a percentage that leaves a small group no room would
 * make a replacement wait for ever.
 *
 * @param minSize - the minimum number of instances, 1 or more
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-maintenance-policy-overview-and-considerations.html
 */
export function healthyPercentages(minSize: number): HealthyPercentages {
  return { minHealthyPercentage: 100, maxHealthyPercentage: minSize === 1 ? 200 : 150 };
}

/** The most instances that are there at once, while `size` of them are replaced. */
export function mostInstances(size: number, minSize: number): number {
  return Math.ceil((size * healthyPercentages(minSize).maxHealthyPercentage) / 100);
}

/** How a change is rolled out to the instances. */
export interface RefreshArgs {
  /** Shares in percent, in ascending order, after which the refresh waits; none for all at once. */
  readonly checkpointPercents: readonly number[];
  /** Minutes that it waits at each, up to 2,880. */
  readonly checkpointDelayMinutes: number;
  /** Names of the CloudWatch alarms any of which stops it. */
  readonly alarmNames: pulumi.Input<string>[];
  /** Whether instances that are as they should be stay. */
  readonly skipMatching: boolean;
}

/** `instanceRefresh.preferences` of an Auto Scaling group, as far as {@link RefreshArgs} says. */
export interface RefreshPreferences {
  readonly checkpointPercentages?: number[];
  readonly checkpointDelay?: string;
  readonly alarmSpecification?: { readonly alarms: pulumi.Input<string>[] };
  readonly skipMatching?: boolean;
}

/**
 * The preferences that differ from AWS's own. AWS refuses a delay without checkpoints.
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

import type * as aws from "@pulumi/aws";

/**
 * How AWS chooses among Spot capacity pools, one for each instance type and zone. `lowest-price` is excluded,
 * because AWS advises against it: it has the highest risk of interruption.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/allocation-strategies.html
 */
export const SPOT_ALLOCATION_STRATEGIES = [
  "price-capacity-optimized",
  "capacity-optimized",
  "capacity-optimized-prioritized",
] as const;

/** The share of Spot instances in a fleet. */
export interface SpotArgs {
  /** Share of the instances above `onDemandBase` that run on Spot capacity, in percent; 0 for none. */
  readonly percent: number;
  /** Number of instances that run on demand, whatever the share. */
  readonly onDemandBase: number;
  /** How AWS chooses among Spot capacity pools. */
  readonly allocationStrategy: (typeof SPOT_ALLOCATION_STRATEGIES)[number];
  /**
   * Whether an instance with an elevated risk of interruption is replaced before AWS reclaims it.
   *
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-capacity-rebalancing.html
   */
  readonly capacityRebalance: boolean;
}

/**
 * The group's launch arguments: one type from the template, or several. Of several, on-demand instances use
 * the first type that has capacity, and Spot instances follow the allocation strategy.
 *
 * @throws RangeError for Spot instances of a single type, which is one pool in each zone and may run out of
 *   capacity
 */
export function launches(
  instanceTypes: readonly string[],
  spot: SpotArgs,
  { id, latestVersion }: aws.ec2.LaunchTemplate,
): Pick<aws.autoscaling.GroupArgs, "launchTemplate" | "mixedInstancesPolicy" | "capacityRebalance"> {
  const usesSpot = spot.percent > 0;
  // A numbered version: with `$Latest`, a changed template would not be rolled out.
  const version = latestVersion.apply(String);
  if (instanceTypes.length === 1 && usesSpot) {
    throw new RangeError(
      `${spot.percent} percent Spot instances of ${instanceTypes.join()} only: add other types.`,
    );
  }
  if (instanceTypes.length === 1) return { launchTemplate: { id, version } };
  return {
    mixedInstancesPolicy: {
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId: id, version },
        overrides: instanceTypes.map((instanceType) => ({ instanceType })),
      },
      instancesDistribution: {
        onDemandPercentageAboveBaseCapacity: 100 - spot.percent,
        onDemandAllocationStrategy: "prioritized",
        ...(usesSpot
          ? { onDemandBaseCapacity: spot.onDemandBase, spotAllocationStrategy: spot.allocationStrategy }
          : {}),
      },
    },
    ...(usesSpot && spot.capacityRebalance ? { capacityRebalance: true } : {}),
  };
}

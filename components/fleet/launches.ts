import type * as aws from "@pulumi/aws";

/**
 * How AWS chooses among the pools of Spot capacity, one for each instance type and zone. Not among them:
 * `lowest-price`, which AWS advises against, as it has the highest risk of interruption.
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
  /** Instances that run on demand whatever the share. */
  readonly onDemandBase: number;
  /** How AWS chooses among the pools of Spot capacity. */
  readonly allocationStrategy: (typeof SPOT_ALLOCATION_STRATEGIES)[number];
  /**
   * Whether an instance that AWS is likely to take back is replaced before.
   *
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-capacity-rebalancing.html
   */
  readonly capacityRebalance: boolean;
}

/**
 * What the group launches: one type from the template, or several, on demand the first that AWS has at the
 * moment, on Spot as the allocation strategy says.
 *
 * @throws RangeError for Spot instances of a single type: that is one pool a zone, and it runs dry
 */
export function launches(
  instanceTypes: readonly string[],
  spot: SpotArgs,
  { id, latestVersion }: aws.ec2.LaunchTemplate,
): Pick<aws.autoscaling.GroupArgs, "launchTemplate" | "mixedInstancesPolicy" | "capacityRebalance"> {
  const usesSpot = spot.percent > 0;
  // A numbered version: with `$Latest` a changed template would roll nothing out.
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

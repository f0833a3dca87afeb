import type * as aws from "@pulumi/aws";

/**
 * The states of instances in a warm pool.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-warm-pools.html
 */
export const WARM_POOL_STATES = ["stopped", "running", "hibernated"] as const;

/** Arguments of the warm pool. */
export interface WarmPoolArgs {
  /** State of the instances in the pool; `off` for no pool. */
  readonly state: "off" | (typeof WARM_POOL_STATES)[number];
  /** The minimum number of instances in the pool. */
  readonly minSize: number;
  /**
   * The maximum number of instances in service and in the pool together; undefined for the group's `maxSize`.
   */
  readonly maxPreparedCapacity: number | undefined;
  /** Whether instances return to the pool on scale-in. */
  readonly reuseOnScaleIn: boolean;
}

/** AWS's names, from https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutWarmPool.html (PoolState) */
export const POOL_STATES = { stopped: "Stopped", running: "Running", hibernated: "Hibernated" } as const;

/** The group's warm pool; nothing if it is off. */
export function warmPool(args: WarmPoolArgs): Pick<aws.autoscaling.GroupArgs, "warmPool"> {
  if (args.state === "off") return {};
  return {
    warmPool: {
      poolState: POOL_STATES[args.state],
      minSize: args.minSize,
      ...(args.maxPreparedCapacity === undefined
        ? {}
        : { maxGroupPreparedCapacity: args.maxPreparedCapacity }),
      instanceReusePolicy: { reuseOnScaleIn: args.reuseOnScaleIn },
    },
  };
}

/**
 * Whether instances must be launched ready for hibernation.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/hibernating-prerequisites.html
 */
export function hibernates({ state }: WarmPoolArgs): boolean {
  return state === "hibernated";
}

/** The maximum number of instances in service and in the pool together, for a group of at most `maxSize`. */
export function mostPrepared(args: WarmPoolArgs, maxSize: number): number {
  return args.state === "off" ? maxSize : Math.max(maxSize + args.minSize, args.maxPreparedCapacity ?? 0);
}

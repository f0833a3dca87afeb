import type * as aws from "@pulumi/aws";

/**
 * How instances wait in a warm pool.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-warm-pools.html
 */
export const WARM_POOL_STATES = ["stopped", "running", "hibernated"] as const;

/** Instances that have booted already and wait. */
export interface WarmPoolArgs {
  /** How they wait; `off` for no pool. */
  readonly state: "off" | (typeof WARM_POOL_STATES)[number];
  /** The minimum number of instances that wait. */
  readonly minSize: number;
  /** The maximum number of instances that serve or wait, together; undefined for the group's `maxSize`. */
  readonly maxPreparedCapacity: number | undefined;
  /** Whether an instance that is needed no more returns to the pool. */
  readonly reuseOnScaleIn: boolean;
}

/** AWS's names, from https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutWarmPool.html (PoolState) */
export const POOL_STATES = { stopped: "Stopped", running: "Running", hibernated: "Hibernated" } as const;

/** The group's pool, or nothing. */
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

/** The most instances that there are at once, serving or waiting, when the group may hold `maxSize`. */
export function mostPrepared(args: WarmPoolArgs, maxSize: number): number {
  return args.state === "off" ? maxSize : Math.max(maxSize + args.minSize, args.maxPreparedCapacity ?? 0);
}

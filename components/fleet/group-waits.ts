import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { LifecycleHookArgs } from "./lifecycle";

/** What says how long instances take to come and to go. */
export interface GroupWaitArgs {
  /** The minimum number of instances; 0, like {@link maxSize}, empties the group and keeps it empty. */
  readonly minSize: number;
  /** The maximum number of instances. */
  readonly maxSize: number;
  /**
   * Whether a calendar has given the group other sizes than those last deployed: then a deployment waits for none.
   *
   * @default false
   */
  readonly sizesHaveChanged?: boolean;
  /** The part that the group plays in blue/green releases: the only one there is, or one of two. */
  readonly part: "only" | "live" | "idle";
  /** Seconds from the launch of an instance until it passes its health check. */
  readonly bootSeconds: number;
  /** Seconds that the load balancer lets requests finish when an instance leaves. */
  readonly deregistrationDelaySeconds: number;
  /** What waits for the word of the instance's script. */
  readonly lifecycleHooks: LifecycleHookArgs;
}

/** Whether a group has no instances, and gets none. */
export function isEmpty({ maxSize }: Pick<GroupWaitArgs, "maxSize">): boolean {
  return maxSize === 0;
}

/**
 * What a deployment waits for. With neither size above 0 it need not: AWS sets the desired size to the greatest, and
 * the provider would wait for as many instances as it last saw. So it would where a calendar has changed the sizes since,
 * and fail.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_UpdateAutoScalingGroup.html
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/26230
 */
export function capacityWait(
  args: GroupWaitArgs,
): Pick<aws.autoscaling.GroupArgs, "minElbCapacity" | "waitForElbCapacity" | "waitForCapacityTimeout"> {
  if (isEmpty(args) || args.sizesHaveChanged === true) return { waitForCapacityTimeout: "0" };
  return {
    // The provider gives up after 10 minutes, however long a boot takes.
    waitForCapacityTimeout: tenMinutesAnd(args.bootSeconds),
    // A first deployment succeeds only when this many instances serve requests.
    minElbCapacity: args.minSize,
    // So does each that fills the idle colour. Not of the live one: there may be more, and the provider would want
    // exactly this many.
    ...(args.part === "idle" ? { waitForElbCapacity: args.minSize } : {}),
  };
}

/**
 * How long the provider waits for instances that leave, when it deletes the group or its warm pool. Its own time-out is
 * 10 minutes; the load balancer and the lifecycle hook may hold an instance for hours, one after the other.
 *
 * @see https://www.pulumi.com/registry/packages/aws/api-docs/autoscaling/group/ (waitForCapacityTimeout, Timeouts)
 */
export function leaveTimeouts(args: GroupWaitArgs): pulumi.CustomTimeouts {
  const timeout = tenMinutesAnd(args.deregistrationDelaySeconds + args.lifecycleHooks.terminationSeconds);
  return { update: timeout, delete: timeout };
}

function tenMinutesAnd(moreSeconds: number): string {
  return `${10 + Math.ceil(moreSeconds / 60)}m`;
}

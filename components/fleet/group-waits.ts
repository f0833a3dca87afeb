import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { LifecycleHookArgs } from "./lifecycle";

/** What determines how long instances take to launch and to terminate. */
export interface GroupWaitArgs {
  /**
   * The minimum number of instances. If this and {@link maxSize} are 0, the group is emptied and stays empty.
   */
  readonly minSize: number;
  /** The maximum number of instances. */
  readonly maxSize: number;
  /**
   * Whether a calendar may have changed the group's sizes since the last deployment: then a deployment waits
   * for no instances.
   *
   * @default false
   */
  readonly sizesHaveChanged?: boolean;
  /** The group's role in blue/green releases: the only group, or one of two. */
  readonly part: "only" | "live" | "idle";
  /** Seconds from the launch of an instance until it passes its health check. */
  readonly bootSeconds: number;
  /** The target group's deregistration delay in seconds. */
  readonly deregistrationDelaySeconds: number;
  /** The lifecycle hooks that the instance's script completes. */
  readonly lifecycleHooks: LifecycleHookArgs;
}

/** Whether a group is empty and stays empty. */
export function isEmpty({ maxSize }: Pick<GroupWaitArgs, "maxSize">): boolean {
  return maxSize === 0;
}

/**
 * The number of instances that a deployment waits for. It waits for none if both sizes are 0: AWS lowers the
 * desired capacity to the maximum, but the provider would wait for as many instances as it last saw. The same
 * would happen if a calendar has changed the sizes since, and the deployment would fail.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_UpdateAutoScalingGroup.html
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/26230
 */
export function capacityWait(
  args: GroupWaitArgs,
): Pick<aws.autoscaling.GroupArgs, "minElbCapacity" | "waitForElbCapacity" | "waitForCapacityTimeout"> {
  if (isEmpty(args) || args.sizesHaveChanged === true) return { waitForCapacityTimeout: "0" };
  return {
    // By default, the provider gives up after 10 minutes, however long a boot takes.
    waitForCapacityTimeout: tenMinutesAnd(args.bootSeconds),
    // A first deployment succeeds only when this many instances serve requests.
    minElbCapacity: args.minSize,
    // The same applies to deployments that fill the idle colour. It doesn't apply to the live one, which may
    // have more instances, because the provider would wait for exactly this many.
    ...(args.part === "idle" ? { waitForElbCapacity: args.minSize } : {}),
  };
}

/**
 * How long the provider waits for instances to terminate when it deletes the group or its warm pool. The
 * default is 10 minutes, but the load balancer and then the lifecycle hook may hold an instance for hours.
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

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { boundedName } from "../naming";

/** The hooks' names within their group, by which an instance completes them. */
export const LIFECYCLE_HOOKS = { launch: "boot", termination: "drain" } as const;

/** What waits for an instance to say that it is ready. */
export interface LifecycleHookArgs {
  /** Seconds for a new instance, from 30 to 7,200; 0 to go on without its word. */
  readonly launchSeconds: number;
  /** Seconds for one that has to leave, from 30 to 7,200; 0 to go on without its word. */
  readonly terminationSeconds: number;
}

/** Whether instances have a hook to complete. */
export function completesHooks({ launchSeconds, terminationSeconds }: LifecycleHookArgs): boolean {
  return launchSeconds > 0 || terminationSeconds > 0;
}

/**
 * Holds an instance until it says itself that it has booted, or drained. Hooks of their own rather than the
 * group's initial ones: to change those would replace the group.
 *
 * A new instance whose time is up is given up (`ABANDON`): it would wait in the warm pool without ever having
 * worked. One that leaves goes (`CONTINUE`): if it can't answer, it must not stay.
 *
 * @param role - the instances' role, which gets the permission to complete the hooks of this group
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks-overview.html
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/warm-pool-instance-lifecycle.html
 */
export function createLifecycleHooks(
  name: string,
  args: LifecycleHookArgs,
  role: aws.iam.Role,
  group: aws.autoscaling.Group,
  parent: pulumi.Resource,
): void {
  if (!completesHooks(args)) return;
  const permission = new aws.iam.RolePolicy(
    boundedName(`${name}-complete-lifecycle`, 128),
    {
      role: role.name,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "autoscaling:CompleteLifecycleAction", Resource: group.arn }],
      }),
    },
    { parent },
  );
  const options = { parent, dependsOn: [permission] };
  if (args.launchSeconds > 0) {
    new aws.autoscaling.LifecycleHook(
      `${name}-boot`,
      {
        name: LIFECYCLE_HOOKS.launch,
        autoscalingGroupName: group.name,
        lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING",
        heartbeatTimeout: args.launchSeconds,
        defaultResult: "ABANDON",
      },
      options,
    );
  }
  if (args.terminationSeconds > 0) {
    new aws.autoscaling.LifecycleHook(
      `${name}-drain`,
      {
        name: LIFECYCLE_HOOKS.termination,
        autoscalingGroupName: group.name,
        lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
        heartbeatTimeout: args.terminationSeconds,
        defaultResult: "CONTINUE",
      },
      options,
    );
  }
}

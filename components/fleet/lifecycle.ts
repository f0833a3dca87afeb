import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { boundedName } from "../naming";

/** The hooks' names within their group, which an instance uses to complete them. */
export const LIFECYCLE_HOOKS = { launch: "boot", termination: "drain" } as const;

/** The lifecycle hooks of a group. */
export interface LifecycleHookArgs {
  /** Seconds to wait for a new instance, from 30 to 7,200; 0 for no hook. */
  readonly launchSeconds: number;
  /** Seconds to wait for an instance that terminates, from 30 to 7,200; 0 for no hook. */
  readonly terminationSeconds: number;
}

/** Whether there is a hook that instances complete. */
export function completesHooks({ launchSeconds, terminationSeconds }: LifecycleHookArgs): boolean {
  return launchSeconds > 0 || terminationSeconds > 0;
}

/**
 * Holds an instance until it reports that it has booted or drained. The hooks are separate resources instead
 * of the group's initial hooks, because changing those would replace the group.
 *
 * A new instance that doesn't report in time is terminated (`ABANDON`): otherwise it would enter the warm
 * pool without ever having worked. A terminating instance that doesn't report in time terminates
 * (`CONTINUE`).
 *
 * @param role - the instances' role, which gets permission to complete this group's hooks
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

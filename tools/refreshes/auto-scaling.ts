import { ask, read, type Service, tell } from "../cli/aws";
import { CliError } from "../cli/command";

/** A launch template, as EC2 Auto Scaling names it. */
export interface LaunchTemplate {
  readonly LaunchTemplateId?: string;
  readonly LaunchTemplateName?: string;
  readonly Version?: string;
}

/** What a group launches: one instance type, or several. */
export interface Launching {
  readonly LaunchTemplate?: LaunchTemplate;
  readonly MixedInstancesPolicy?: {
    readonly LaunchTemplate?: {
      readonly LaunchTemplateSpecification?: LaunchTemplate;
      readonly Overrides?: readonly {
        readonly InstanceType?: string;
        readonly LaunchTemplateSpecification?: LaunchTemplate;
      }[];
    };
  };
}

/** The relevant data about a group. */
export interface Description extends Launching {
  readonly AutoScalingGroupName: string;
  readonly Instances?: readonly {
    readonly InstanceId: string;
    readonly LifecycleState: string;
    readonly HealthStatus: string;
    readonly LaunchTemplate?: LaunchTemplate;
  }[];
}

/** An instance refresh: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstanceRefresh.html */
export interface Refresh {
  readonly InstanceRefreshId: string;
  readonly Status: string;
  readonly StatusReason?: string;
  readonly PercentageComplete?: number;
  readonly InstancesToUpdate?: number;
  readonly Preferences?: Preferences;
}

/** The preferences of a refresh. Times in seconds. */
export interface Preferences {
  readonly MinHealthyPercentage?: number;
  readonly MaxHealthyPercentage?: number;
  readonly InstanceWarmup?: number;
  readonly ScaleInProtectedInstances?: string;
  readonly StandbyInstances?: string;
  readonly CheckpointPercentages?: readonly number[];
  readonly CheckpointDelay?: number;
  readonly BakeTime?: number;
}

/** A group's name and its Region. */
export interface Place {
  readonly name: string;
  readonly region: string;
}

const autoScaling = (region: string): Service => ({ name: "autoscaling", region });

/**
 * Describes a group; undefined if it doesn't exist.
 *
 * @throws CliError if AWS doesn't answer, or not validly
 */
export async function describeGroup({ name, region }: Place): Promise<Description | undefined> {
  const input = { AutoScalingGroupNames: [name] };
  const { AutoScalingGroups } = await ask<{ readonly AutoScalingGroups: readonly Description[] }>(
    autoScaling(region),
    "describe-auto-scaling-groups",
    input,
    "AutoScalingGroups",
  );
  return AutoScalingGroups[0];
}

/**
 * Describes a group's refreshes of the last six weeks, the newest first.
 *
 * @throws CliError if AWS doesn't answer, or not validly
 */
export async function describeRefreshes(
  { name, region }: Place,
  ids: readonly string[] = [],
): Promise<readonly Refresh[]> {
  const input = { AutoScalingGroupName: name, ...(ids.length > 0 ? { InstanceRefreshIds: ids } : {}) };
  const { InstanceRefreshes } = await ask<{ readonly InstanceRefreshes: readonly Refresh[] }>(
    autoScaling(region),
    "describe-instance-refreshes",
    input,
    "InstanceRefreshes",
  );
  return InstanceRefreshes;
}

/** Changes the launch template of a group. */
export async function updateGroup({ name, region }: Place, launching: Launching): Promise<void> {
  await tell(autoScaling(region), "update-auto-scaling-group", { AutoScalingGroupName: name, ...launching });
}

/**
 * Starts a refresh to the group's launch template.
 *
 * @returns its id
 */
export async function startRefresh(
  { name, region }: Place,
  preferences: Preferences & { readonly SkipMatching: boolean },
): Promise<string> {
  const input = { AutoScalingGroupName: name, Strategy: "Rolling", Preferences: preferences };
  const { InstanceRefreshId } = read<{ readonly InstanceRefreshId: string }>(
    await tell(autoScaling(region), "start-instance-refresh", input),
    "InstanceRefreshId",
  );
  return InstanceRefreshId;
}

/** Cancels a group's refresh, if it hasn't ended yet; replaced instances stay replaced. */
export async function cancelRefresh({ name, region }: Place): Promise<void> {
  try {
    await tell(autoScaling(region), "cancel-instance-refresh", { AutoScalingGroupName: name });
  } catch (error) {
    if (!(error instanceof CliError) || !error.message.includes("ActiveInstanceRefreshNotFound")) throw error;
  }
}

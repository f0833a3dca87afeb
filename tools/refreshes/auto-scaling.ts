import { setTimeout as sleep } from "node:timers/promises";

import { CliError, run } from "../cli/command";
import { explain, faultIn } from "../cli/faults";

/** A launch template, as EC2 Auto Scaling names it. */
export interface LaunchTemplate {
  readonly LaunchTemplateId?: string;
  readonly LaunchTemplateName?: string;
  readonly Version?: string;
}

/** What a group launches: one type, or several. */
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

/** A group, as far as is needed here. */
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

/** How a refresh goes about it. Times in seconds. */
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

/** A group's name and the region that it is in. */
export interface Place {
  readonly name: string;
  readonly region: string;
}

/** How often a question is asked before it counts as unanswered; the AWS CLI asks several times by itself. */
const TRIES = 5;
const PATIENT = { AWS_RETRY_MODE: "standard", AWS_MAX_ATTEMPTS: "8" };

/**
 * Gives a group; undefined if there is none of its name.
 *
 * @throws CliError if AWS doesn't answer, or nothing that can be read
 */
export async function describeGroup({ name, region }: Place): Promise<Description | undefined> {
  const input = { AutoScalingGroupNames: [name] };
  const { AutoScalingGroups } = await ask<{ readonly AutoScalingGroups: readonly Description[] }>(
    region,
    "describe-auto-scaling-groups",
    input,
    "AutoScalingGroups",
  );
  return AutoScalingGroups[0];
}

/**
 * Gives a group's refreshes of the last six weeks, the newest first.
 *
 * @throws CliError if AWS doesn't answer, or nothing that can be read
 */
export async function describeRefreshes(
  { name, region }: Place,
  ids: readonly string[] = [],
): Promise<readonly Refresh[]> {
  const input = {
    AutoScalingGroupName: name,
    ...(ids.length > 0 ? { InstanceRefreshIds: ids } : {}),
  };
  const { InstanceRefreshes } = await ask<{ readonly InstanceRefreshes: readonly Refresh[] }>(
    region,
    "describe-instance-refreshes",
    input,
    "InstanceRefreshes",
  );
  return InstanceRefreshes;
}

/** Changes what a group launches from now on. */
export async function updateGroup({ name, region }: Place, launching: Launching): Promise<void> {
  await tell(region, "update-auto-scaling-group", { AutoScalingGroupName: name, ...launching });
}

/**
 * Starts a refresh to what the group launches.
 *
 * @returns its id
 */
export async function startRefresh(
  { name, region }: Place,
  preferences: Preferences & { readonly SkipMatching: boolean },
): Promise<string> {
  const input = { AutoScalingGroupName: name, Strategy: "Rolling", Preferences: preferences };
  const { InstanceRefreshId } = read<{ readonly InstanceRefreshId: string }>(
    await tell(region, "start-instance-refresh", input),
    "InstanceRefreshId",
  );
  return InstanceRefreshId;
}

/** Stops a group's refresh, if it hasn't ended by itself; what was replaced stays replaced. */
export async function cancelRefresh({ name, region }: Place): Promise<void> {
  try {
    await tell(region, "cancel-instance-refresh", { AutoScalingGroupName: name });
  } catch (error) {
    if (!(error instanceof CliError) || !error.message.includes("ActiveInstanceRefreshNotFound")) throw error;
  }
}

/** Asks until there is an answer: throttled, cut off or garbled, it is asked again. */
async function ask<Answer>(
  region: string,
  operation: string,
  input: object,
  member: keyof Answer & string,
): Promise<Answer> {
  for (let tried = 1; ; tried++) {
    const ended = await call(region, operation, input);
    try {
      if (ended.status === 0) return read<Answer>(ended.stdout, member);
      throw new CliError(explain(`aws autoscaling ${operation}`, ended));
    } catch (error) {
      // Without credentials, no later answer is a better one.
      if (tried === TRIES || (ended.status !== 0 && faultIn(ended) !== undefined)) throw error;
    }
    await sleep(2 ** (tried - 1) * 1000);
  }
}

/** Says it once: whether a change whose answer got lost took effect, nobody knows. */
async function tell(region: string, operation: string, input: object): Promise<string> {
  const ended = await call(region, operation, input);
  if (ended.status !== 0) throw new CliError(explain(`aws autoscaling ${operation}`, ended));
  return ended.stdout;
}

const call = (region: string, operation: string, input: object) =>
  run(
    "aws",
    [
      ...["autoscaling", operation, "--region", region, "--output", "json"],
      ...["--cli-input-json", JSON.stringify(input)],
    ],
    { env: PATIENT },
  );

function read<Answer>(stdout: string, member: keyof Answer & string): Answer {
  try {
    const answer = JSON.parse(stdout) as Answer | null;
    if (answer?.[member] !== undefined) return answer;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new CliError(
    `the AWS CLI's answer can't be read: it has no ${member}.\n  got:    ${stdout.trim().slice(0, 200) || "nothing"}\n` +
      "  remedy: update the AWS CLI, and look whether AWS has an outage",
  );
}

import { CliError } from "../cli/command";
import { must } from "../cli/faults";
import { typeAndName } from "../cli/urns";
import {
  describeGroup,
  describeRefreshes,
  type Description,
  type LaunchTemplate,
  type Launching,
  type Place,
} from "./auto-scaling";

/** An Auto Scaling group of a stack, from Pulumi's state. */
export interface StackGroup extends Place {
  /** The version of the launch template that the program last deployed. */
  readonly version: string | undefined;
}

/** A group before a deployment. */
export interface Noted {
  readonly description: Description;
  /** The launch template that its instances ran successfully; undefined if there was none. */
  readonly good: Required<Pick<LaunchTemplate, "LaunchTemplateId" | "Version">> | undefined;
  /** Ids of the existing refreshes. */
  readonly refreshIds: ReadonlySet<string>;
}

interface StateGroup {
  readonly type: string;
  readonly delete?: boolean;
  readonly outputs?: {
    readonly name?: string;
    readonly arn?: string;
    readonly launchTemplate?: { readonly version?: string } | null;
    readonly mixedInstancesPolicy?: {
      readonly launchTemplate?: { readonly launchTemplateSpecification?: { readonly version?: string } };
    } | null;
  };
}

/**
 * Reads a stack's groups from Pulumi's state: those of both colours and of the proxies, except those that are pending
 * deletion.
 *
 * @throws CliError if Pulumi fails
 */
export async function groupsOf(stack: string): Promise<StackGroup[]> {
  return groupsIn(await stateOf(stack));
}

/** The part of `pulumi stack export`'s output that is used. */
interface State {
  readonly deployment?: {
    readonly resources?: readonly StateGroup[];
    readonly pending_operations?: readonly {
      readonly type: string;
      readonly resource: { readonly urn: string };
    }[];
  };
}

async function stateOf(stack: string): Promise<State> {
  return JSON.parse(await must("pulumi", ["stack", "export", "--stack", stack])) as State;
}

/**
 * Refuses pending creations. Resources that were being created when a deployment was killed may exist in AWS, and
 * Pulumi would only warn, and create others beside them. Pending changes and deletions can be repeated without harm.
 *
 * @throws CliError naming them
 */
function refusePending(stack: string, { deployment }: State): void {
  const names = (deployment?.pending_operations ?? [])
    .filter(({ type }) => type === "creating")
    .map(({ resource: { urn } }) => typeAndName(urn));
  if (names.length === 0) return;
  throw new CliError(
    `a deployment of ${stack} ended while it was creating ${names.join(", ")}: they may exist in AWS without Pulumi knowing it, and another deployment would create them twice.\n` +
      `  remedy: pulumi refresh --stack ${stack}, which asks for the id of each in AWS, or clears it if AWS has none; then deploy again`,
  );
}

function groupsIn(state: State): StackGroup[] {
  return (state.deployment?.resources ?? [])
    .filter(({ type, delete: isLeaving }) => type === "aws:autoscaling/group:Group" && isLeaving !== true)
    .flatMap(({ outputs: { name, arn, launchTemplate, mixedInstancesPolicy } = {} }) => {
      const region = arn?.split(":")[3];
      if (name === undefined || region === undefined) return [];
      const launched =
        launchTemplate ?? mixedInstancesPolicy?.launchTemplate?.launchTemplateSpecification ?? undefined;
      return [{ name, region, version: launched?.version }];
    });
}

/**
 * Records the current versions of a stack's groups, for a rollback. A stack without groups has none.
 *
 * @param isDeployed - whether a deployment follows
 * @throws CliError if Pulumi or AWS fails, or an earlier deployment was killed while it created something
 */
export async function noteGroups(stack: string, isDeployed: boolean): Promise<ReadonlyMap<string, Noted>> {
  const noted = new Map<string, Noted>();
  const state = await stateOf(stack);
  if (isDeployed) refusePending(stack, state);
  for (const group of groupsIn(state)) {
    const description = await describeGroup(group);
    if (description === undefined) continue;
    const refreshes = await describeRefreshes(group);
    const isProven = refreshes[0] === undefined || refreshes[0].Status === "Successful";
    noted.set(group.name, {
      description,
      good: goodOf(description, isProven),
      refreshIds: new Set(refreshes.map(({ InstanceRefreshId }) => InstanceRefreshId)),
    });
  }
  return noted;
}

/** The launch template of a group. */
export function templateOf({
  LaunchTemplate: one,
  MixedInstancesPolicy: several,
}: Launching): LaunchTemplate | undefined {
  return one ?? several?.LaunchTemplate?.LaunchTemplateSpecification;
}

/**
 * The version that most of the healthy instances run. It isn't the group's own version if its last refresh didn't
 * succeed: that is the failed one. Nor is it a template that an override names: a rollback would set it for all
 * types.
 */
function goodOf(description: Description, isProven: boolean): Noted["good"] {
  const current = templateOf(description);
  const counts = new Map<string, number>();
  for (const { LifecycleState, HealthStatus, LaunchTemplate: runs } of description.Instances ?? []) {
    if (LifecycleState !== "InService" || HealthStatus !== "Healthy") continue;
    if (runs?.Version === undefined || runs.LaunchTemplateId !== current?.LaunchTemplateId) continue;
    if (isProven || runs.Version !== current?.Version)
      counts.set(runs.Version, (counts.get(runs.Version) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([a, many], [b, more]) => more - many || Number(b) - Number(a));
  return most === undefined || current?.LaunchTemplateId === undefined
    ? undefined
    : { LaunchTemplateId: current.LaunchTemplateId, Version: most[0] };
}

/**
 * The launch settings of a group with a version of the template. AWS describes a template by id and name, but accepts
 * only one of
 * them: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchTemplateSpecification.html
 */
export function launchingOf(
  { LaunchTemplate: one, MixedInstancesPolicy: several }: Launching,
  version: string,
): Launching {
  if (one !== undefined) return { LaunchTemplate: { ...byId(one), Version: version } };
  const { LaunchTemplateSpecification: template = {}, Overrides: overrides = [] } =
    several?.LaunchTemplate ?? {};
  return {
    MixedInstancesPolicy: {
      ...several,
      LaunchTemplate: {
        LaunchTemplateSpecification: { ...byId(template), Version: version },
        Overrides: overrides.map(({ LaunchTemplateSpecification: own, ...override }) =>
          own === undefined ? override : { ...override, LaunchTemplateSpecification: byId(own) },
        ),
      },
    },
  };
}

function byId({ LaunchTemplateName: _, ...template }: LaunchTemplate): LaunchTemplate {
  return template;
}

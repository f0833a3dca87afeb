import { setTimeout as sleep } from "node:timers/promises";

import { CliError } from "../cli/command";
import {
  cancelRefresh,
  describeGroup,
  describeRefreshes,
  type Launching,
  type Place,
  type Preferences,
  type Refresh,
  startRefresh,
  updateGroup,
} from "./auto-scaling";
import { groupsOf, launchingOf, type Noted, type StackGroup, templateOf } from "./groups";
import { isActive, LIMITS, type Limits, watchRefresh, type Watching } from "./watch";

/**
 * The result of a deployment's release. `out`: all instances run it. `back`: it failed, and the former one runs
 * again. `stuck`: neither, and a person must check. `stopped`: nobody watched to the end.
 */
export type Release = "out" | "back" | "stuck" | "stopped";

/** How many times to look for an expected refresh. */
const LOOKS = 5;

/** The result of a group, and its message; none if all is well. */
interface Outcome {
  readonly release: Release;
  readonly says?: string;
}

/**
 * Waits until the refreshes that a deployment started in a stack's groups have ended, and rolls back those that fail.
 *
 * AWS's own rollback can't: the provider changes the group before it starts the refresh, so AWS returns to the failed
 * version (https://github.com/hashicorp/terraform-provider-aws/issues/34189, docs/decisions/018).
 *
 * @param noted - the groups before the deployment
 * @param log - called with progress, failures and reasons
 */
export async function followRelease(
  stack: string,
  noted: ReadonlyMap<string, Noted>,
  log: (line: string) => void,
  limits: Limits = LIMITS,
): Promise<Release> {
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    const watching = { limits, log, signal: stopping.signal };
    const groups = await groupsOf(stack);
    const outcomes = await Promise.all(
      groups.map(async (group) => {
        try {
          return await followGroup(group, noted.get(group.name), watching);
        } catch (error) {
          if (stopping.signal.aborted) return { release: "stopped", says: stoppedAt(group, stack) } as const;
          if (!(error instanceof CliError)) throw error;
          return { release: "stuck", says: `${error.message}\n${unwatched(group, stack)}` } as const;
        }
      }),
    );
    for (const { says } of outcomes) if (says !== undefined) log(says);
    const worst = (["stuck", "stopped", "back"] as const).find((release) =>
      outcomes.some((outcome) => outcome.release === release),
    );
    return worst ?? "out";
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    log(
      `${error.message}\nIt isn't known whether the release is out: npm run deploy -- ${stack} --wait-only checks again.`,
    );
    return "stuck";
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

async function followGroup(
  group: StackGroup,
  noted: Noted | undefined,
  watching: Watching,
): Promise<Outcome> {
  const isChanged = noted !== undefined && templateOf(noted.description)?.Version !== group.version;
  let refreshes = await describeRefreshes(group);
  // The newest one: if one was under way, the provider has cancelled it to start its own.
  const begun = (): Refresh | undefined =>
    refreshes.find((one) => isActive(one) || noted?.refreshIds.has(one.InstanceRefreshId) === false);
  // AWS may take a moment to show what the provider has started.
  for (let looked = 1; isChanged && begun() === undefined && looked < LOOKS; looked++) {
    await sleep(watching.limits.intervalSeconds * 1000, undefined, { signal: watching.signal });
    refreshes = await describeRefreshes(group);
  }
  const refresh = begun();
  if (refresh === undefined) return standing(group, noted, refreshes, isChanged, watching);
  const watched = await watchRefresh(group, refresh.InstanceRefreshId, "instance refresh", watching);
  if (watched.isSuccessful) {
    // It may have been the rollback of a deployment that was killed.
    const now = await describeGroup(group);
    return (
      takenBack(
        group,
        now,
        refreshes.find(({ Status }) => Status === "Failed"),
      ) ?? { release: "out" }
    );
  }
  const ended = watched.refresh;
  const why = watched.isTooLate
    ? `has not ended after ${watching.limits.refreshMinutes} minutes beside its own pauses (${ended.Status}, ${ended.PercentageComplete ?? 0} %)`
    : `ended as ${ended.Status}`;
  watching.log(
    `FAILED: ${group.name}: instance refresh ${ended.InstanceRefreshId} ${why}: ${reasonOf(ended)}`,
  );
  if (isActive(ended) && ended.Status !== "Cancelling") await cancelRefresh(group);
  if (isActive(ended)) await watchRefresh(group, ended.InstanceRefreshId, "cancellation", watching);
  return takeBack(group, noted, ended, watching);
}

/**
 * Makes the former version the group's own again, then replaces the instances that don't run it. In this order, any
 * instance that is started meanwhile, by scaling or a failed health check, runs the good version. A refresh with a
 * desired configuration changes the group only at its end (StartInstanceRefresh, DesiredConfiguration).
 */
async function takeBack(
  group: StackGroup,
  noted: Noted | undefined,
  failed: Refresh,
  watching: Watching,
): Promise<Outcome> {
  const { name, version } = group;
  if (noted?.good === undefined)
    return {
      release: "stuck",
      says: `${name} has no version to return to: no healthy instance ran an earlier version before this deployment.\n${remedyOf(group)}`,
    };
  const { LaunchTemplateId: id, Version: former } = noted.good;
  watching.log(`${name}: returning to version ${former} of launch template ${id}`);
  try {
    await updateGroup(group, launchingOf(noted.description, former));
    const way = await startRefresh(group, preferencesOf(failed.Preferences));
    const { isSuccessful, refresh } = await watchRefresh(group, way, "way back", watching);
    if (isSuccessful)
      return {
        release: "back",
        says:
          `${name} runs version ${former} of launch template ${id} again, not ${version ?? "the new one"}.\n${remedyOf(group)}\n` +
          `  note:   Pulumi's state still says version ${version ?? "of this deployment"}, and pulumi preview --refresh shows the difference. ` +
          "Deploy the fixed program without pulumi refresh: after a refresh, the unfixed program would be rolled out again",
      };
    throw new CliError(`the way back ended as ${refresh.Status}: ${reasonOf(refresh)}`);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return {
      release: "stuck",
      says:
        `LOOK AT ONCE: ${name} may serve with two versions, or with too few instances. ${error.message}\n` +
        `${remedyOf(group)}\n  way back: version ${former} of launch template ${id}`,
    };
  }
}

const KEPT = [
  "MinHealthyPercentage",
  "MaxHealthyPercentage",
  "InstanceWarmup",
  "ScaleInProtectedInstances",
  "StandbyInstances",
] as const;

/**
 * Without pauses, and without alarms: one that is firing would end the rollback too. Instances that already run the
 * version stay.
 */
function preferencesOf(preferences: Preferences = {}): Parameters<typeof startRefresh>[1] {
  const kept = KEPT.filter((key) => preferences[key] !== undefined).map((key) => [key, preferences[key]]);
  return { ...(Object.fromEntries(kept) as Preferences), SkipMatching: true };
}

/** If nothing is refreshed: whether the group and its instances match the program. */
async function standing(
  group: StackGroup,
  noted: Noted | undefined,
  refreshes: readonly Refresh[],
  isChanged: boolean,
  watching: Watching,
): Promise<Outcome> {
  const [last] = refreshes;
  const failed = refreshes.find(({ Status }) => Status !== "Successful");
  const description = await describeGroup(group);
  if (description === undefined) throw new CliError(`AWS knows no Auto Scaling group ${group.name}.`);
  const back = takenBack(group, description, failed);
  if (back !== undefined) return back;
  const { name } = group;
  const launches = templateOf(description)?.Version;
  const others = (description.Instances ?? []).filter(
    ({ LifecycleState, LaunchTemplate: runs }) =>
      LifecycleState === "InService" && runs?.Version !== undefined && runs.Version !== launches,
  );
  const isExplained = !isChanged && (last === undefined || last.Status === "Successful");
  if (others.length === 0 || isExplained) return { release: "out" };
  if (last !== undefined && last.Status !== "Successful" && noted?.good !== undefined) {
    // The deployment that watched it was stopped before the rollback.
    watching.log(`FAILED: ${name}: ${endOf(last)}`);
    return takeBack(group, noted, last, watching);
  }
  const ids = others.map(({ InstanceId }) => InstanceId).join(", ");
  return {
    release: "stuck",
    says:
      `${name}: no instance refresh is under way, and ${ids} don't run version ${launches} of its launch template` +
      `${last === undefined ? "" : ` (${endOf(last)})`}.\n${remedyOf(group)}`,
  };
}

/** The message if a group launches another version than the program's; undefined otherwise. */
function takenBack(
  group: StackGroup,
  description: Launching | undefined,
  failed: Refresh | undefined,
): Outcome | undefined {
  const { name, version } = group;
  const launches = templateOf(description ?? {})?.Version;
  if (version === undefined || launches === undefined || launches === version) return undefined;
  return {
    release: "back",
    says: `${name} launches version ${launches} of its launch template, but the program says ${version}: an earlier deployment was rolled back${failed === undefined ? "" : ` (${endOf(failed)})`}.\n${remedyOf(group)}`,
  };
}

const endOf = (refresh: Refresh): string =>
  `instance refresh ${refresh.InstanceRefreshId} ended as ${refresh.Status}: ${reasonOf(refresh)}`;

const reasonOf = ({ StatusReason }: Refresh): string => StatusReason ?? "AWS gives no reason";

const remedyOf = ({ name, region }: Place): string =>
  `  remedy: find the cause (aws autoscaling describe-scaling-activities --region ${region} --auto-scaling-group-name ${name}; docs/operations.md#a-refresh-that-failed), fix the program and deploy it: that creates a new version`;

const stoppedAt = (group: Place, stack: string): string =>
  `Stopped. The instance refresh of ${group.name} continues, and isn't rolled back if it fails.\n${unwatched(group, stack)}`;

const unwatched = ({ name, region }: Place, stack: string): string =>
  `  remedy: continue to watch it: npm run deploy -- ${stack} --wait-only, or aws autoscaling describe-instance-refreshes --region ${region} --auto-scaling-group-name ${name}`;

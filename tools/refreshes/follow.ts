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
 * What became of a deployment's release. `out`: all instances run it. `back`: where it failed, the former one runs
 * again. `stuck`: neither, somebody has to look. `stopped`: nobody watched to the end.
 */
export type Release = "out" | "back" | "stuck" | "stopped";

/** How often a refresh is looked for that has to come. */
const LOOKS = 5;

/** What became of a group, and what to tell of it; nothing where all is well. */
interface Outcome {
  readonly release: Release;
  readonly says?: string;
}

/**
 * Waits until what a deployment has begun in a stack's groups is out, and takes back where it fails.
 *
 * AWS's own rollback can't: the provider changes the group before it starts the refresh, and so AWS returns to what has
 * failed (https://github.com/hashicorp/terraform-provider-aws/issues/34189, docs/decisions/018).
 *
 * @param noted - how the groups stood before the deployment
 * @param log - takes progress, and what failed and why
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
      `${error.message}\nWhether the release is out, nobody knows: npm run deploy -- ${stack} --wait-only looks again.`,
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
  // The newest: where one was under way, the provider has cancelled it to start its own.
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
    // It may have been the way back of a deployment that was killed.
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
 * Makes the former template the group's own, then replaces what doesn't run it. In this order: whatever else starts an
 * instance meanwhile, scaling or a failed health check, starts a good one. A refresh with a desired configuration changes
 * the group at its end only (StartInstanceRefresh, DesiredConfiguration).
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
      says: `${name} has nothing to go back to: no healthy instance ran an earlier version before this deployment.\n${remedyOf(group)}`,
    };
  const { LaunchTemplateId: id, Version: former } = noted.good;
  watching.log(`${name}: going back to version ${former} of launch template ${id}`);
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
          "Deploy the mended program without pulumi refresh: after one, the program as it is would be rolled out again",
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

/** Without pauses, and watched by no alarm: one that rings would end the way back too. Who runs it already stays. */
function preferencesOf(preferences: Preferences = {}): Parameters<typeof startRefresh>[1] {
  const kept = KEPT.filter((key) => preferences[key] !== undefined).map((key) => [key, preferences[key]]);
  return { ...(Object.fromEntries(kept) as Preferences), SkipMatching: true };
}

/** Where nothing is refreshed: whether the group and its instances are what the program says. */
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
    // Whoever watched it was stopped before taking it back.
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

/** What to say where a group launches another version than the program says; undefined where it doesn't. */
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
    says: `${name} launches version ${launches} of its launch template, and the program says ${version}: an earlier deployment was taken back${failed === undefined ? "" : ` (${endOf(failed)})`}.\n${remedyOf(group)}`,
  };
}

const endOf = (refresh: Refresh): string =>
  `instance refresh ${refresh.InstanceRefreshId} ended as ${refresh.Status}: ${reasonOf(refresh)}`;

const reasonOf = ({ StatusReason }: Refresh): string => StatusReason ?? "AWS gives no reason";

const remedyOf = ({ name, region }: Place): string =>
  `  remedy: look why (aws autoscaling describe-scaling-activities --region ${region} --auto-scaling-group-name ${name}; docs/operations.md#a-refresh-that-failed), mend the program and deploy it: that makes a new version`;

const stoppedAt = (group: Place, stack: string): string =>
  `Stopped. The instance refresh of ${group.name} goes on, and nobody takes it back if it fails.\n${unwatched(group, stack)}`;

const unwatched = ({ name, region }: Place, stack: string): string =>
  `  remedy: watch it further: npm run deploy -- ${stack} --wait-only, or aws autoscaling describe-instance-refreshes --region ${region} --auto-scaling-group-name ${name}`;

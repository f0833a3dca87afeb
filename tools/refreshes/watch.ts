import { setTimeout as sleep } from "node:timers/promises";

import { describeRefreshes, type Place, type Preferences, type Refresh } from "./auto-scaling";

/** How long and how often refreshes are watched. */
export interface Limits {
  /** The most minutes of a refresh, without its own pauses; a rollback may take as long again. */
  readonly refreshMinutes: number;
  /** Seconds between checks. */
  readonly intervalSeconds: number;
}

/**
 * The default limits. The workflow's timeout allows one refresh and one rollback:
 * test/workflows.
 */
export const LIMITS: Limits = { refreshMinutes: 60, intervalSeconds: 15 };

/** The context of watching. */
export interface Watching {
  readonly limits: Limits;
  readonly log: (line: string) => void;
  /** Aborted when watching is stopped. */
  readonly signal: AbortSignal;
}

/** A refresh at its end, or when its time is over. */
export interface Watched {
  readonly refresh: Refresh;
  readonly isSuccessful: boolean;
  readonly isTooLate: boolean;
}

const ENDS = ["Successful", "Failed", "Cancelled", "RollbackSuccessful", "RollbackFailed"];

/** Whether a refresh is still replacing, rolling back or waiting: any status that isn't final. */
export function isActive({ Status }: Refresh): boolean {
  return !ENDS.includes(Status);
}

/**
 * Watches a refresh until it ends, or its time is over. The pauses in its own preferences, at checkpoints and at the
 * end, don't count: it isn't stuck then.
 *
 * @param what - the name of the refresh in messages: "instance refresh", "way back"
 * @throws CliError if AWS doesn't answer; AbortError if the watching is stopped
 */
export async function watchRefresh(
  group: Place,
  id: string,
  what: string,
  { limits, log, signal }: Watching,
): Promise<Watched> {
  const begun = Date.now();
  let last = "";
  for (;;) {
    const [refresh] = await describeRefreshes(group, [id]);
    if (refresh !== undefined) {
      const line = `${group.name}: ${what} ${progressOf(refresh)}`;
      if (line !== last) log(line);
      last = line;
      if (!isActive(refresh))
        return { refresh, isSuccessful: refresh.Status === "Successful", isTooLate: false };
    }
    const seconds = limits.refreshMinutes * 60 + pausesOf(refresh?.Preferences);
    if (Date.now() - begun >= seconds * 1000)
      return {
        refresh: refresh ?? { InstanceRefreshId: id, Status: "unknown" },
        isSuccessful: false,
        isTooLate: true,
      };
    await sleep(limits.intervalSeconds * 1000, undefined, { signal });
  }
}

/** Status, progress, remaining instances and reason, on one line. */
function progressOf(refresh: Refresh): string {
  const { Status, PercentageComplete: percent = 0, InstancesToUpdate: left, StatusReason } = refresh;
  const instances = left === undefined || left === 0 ? "" : `, ${left} instance${left === 1 ? "" : "s"} left`;
  return `${Status}, ${percent} %${instances}${StatusReason === undefined ? "" : `: ${StatusReason}`}`;
}

/**
 * Seconds that a refresh pauses by its preferences. With checkpoints and no delay, AWS waits an hour at each.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RefreshPreferences.html
 */
function pausesOf({ CheckpointPercentages = [], CheckpointDelay, BakeTime = 0 }: Preferences = {}): number {
  return CheckpointPercentages.length * (CheckpointDelay ?? 3600) + BakeTime;
}

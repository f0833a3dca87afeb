import { setTimeout as sleep } from "node:timers/promises";

import { describeRefreshes, type Place, type Preferences, type Refresh } from "./auto-scaling";

/** How long and how often refreshes are watched. */
export interface Limits {
  /** Minutes that a refresh may take beside its own pauses; the way back may take as long again. */
  readonly refreshMinutes: number;
  /** Seconds from one look to the next. */
  readonly intervalSeconds: number;
}

/**
 * The limits unless somebody says otherwise. The workflow's time-out has room for one refresh and one way back:
 * test/workflows.
 */
export const LIMITS: Limits = { refreshMinutes: 60, intervalSeconds: 15 };

/** Where watching takes place. */
export interface Watching {
  readonly limits: Limits;
  readonly log: (line: string) => void;
  /** Aborted when somebody stops the watching. */
  readonly signal: AbortSignal;
}

/** A refresh, at its end or when its time is over. */
export interface Watched {
  readonly refresh: Refresh;
  readonly isSuccessful: boolean;
  readonly isTooLate: boolean;
}

const ENDS = ["Successful", "Failed", "Cancelled", "RollbackSuccessful", "RollbackFailed"];

/** Whether a refresh still replaces, returns or waits: whatever is no end. */
export function isActive({ Status }: Refresh): boolean {
  return !ENDS.includes(Status);
}

/**
 * Watches a refresh until it ends, or its time is over. What it waits by its own preferences, at checkpoints and in the
 * end, doesn't count: it isn't stuck there.
 *
 * @param what - what the refresh is called: "instance refresh", "way back"
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

/** Status, share, what is left and why, on one line. */
function progressOf(refresh: Refresh): string {
  const { Status, PercentageComplete: percent = 0, InstancesToUpdate: left, StatusReason } = refresh;
  const instances = left === undefined || left === 0 ? "" : `, ${left} instance${left === 1 ? "" : "s"} left`;
  return `${Status}, ${percent} %${instances}${StatusReason === undefined ? "" : `: ${StatusReason}`}`;
}

/**
 * Seconds that a refresh waits by its preferences. With checkpoints and no delay, AWS waits an hour at each.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RefreshPreferences.html
 */
function pausesOf({ CheckpointPercentages = [], CheckpointDelay, BakeTime = 0 }: Preferences = {}): number {
  return CheckpointPercentages.length * (CheckpointDelay ?? 3600) + BakeTime;
}

import { type Instant, modulo, type MinuteOfWeek, wallAt, WEEK } from "./wall-clock";
import {
  type Capacity,
  datedWindows,
  holds,
  isWeekly,
  type Peak,
  times,
  weeklyWindows,
  type Window,
} from "./windows";

/**
 * The changes of capacities over time. Where the leads of two peaks of the same kind overlap, the higher
 * value applies. A dated peak overrides a weekly one.
 */
export interface Levels {
  /** The changes that recur every week. */
  readonly weekly: readonly WeeklyChange[];
  /** The changes that happen once. */
  readonly once: readonly OnceChange[];
}

/** The values that a change sets. `undefined` stands for the value outside all peaks. */
export type Values = Readonly<Partial<Record<Capacity, number | undefined>>>;

/** Values that apply from a time of the week. */
export interface WeeklyChange {
  readonly at: MinuteOfWeek;
  readonly timeZone: string;
  readonly values: Values;
}

/** Values that apply from an instant. */
export interface OnceChange {
  readonly at: Instant;
  readonly values: Values;
}

/**
 * The changes of capacities that one call to AWS sets together.
 *
 * A weekly change has no exceptions. If one falls within a dated peak, the peak's values are set again a
 * minute later: AWS keeps the order of a group's actions. AWS accepts only one action for a time, so a dated
 * peak that begins or ends at the time of a weekly change begins a minute earlier or ends a minute later.
 *
 * @param capacities - the capacities that are set together
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-scheduled-scaling.html (Limitations)
 */
export function levelsOf(peaks: readonly Peak[], capacities: readonly Capacity[]): Levels {
  const sources = capacities.map((capacity) => sourceOf(peaks, capacity));
  const weekly = byTime(sources.flatMap(weeklyChanges));
  const isTaken = (at: Instant): boolean =>
    weekly.some((change) => times(change.at, change.timeZone, at, at).length > 0);
  const once = new Map<Instant, Record<string, number | undefined>>();
  for (const source of sources) {
    for (const point of pointsOf(source, weekly)) {
      const rises = (levelAt(source, point) ?? 0) > (levelAt(source, point - 1) ?? 0);
      let at = point;
      while (isTaken(at)) at += rises ? -1 : 1;
      once.set(at, { ...once.get(at), [source.capacity]: levelAt(source, Math.max(at, point)) });
    }
  }
  return { weekly, once: [...once].map(([at, values]) => ({ at, values })).sort((a, b) => a.at - b.at) };
}

/**
 * The maximum number of minutes between the program's reading of the clock and the creation of a scheduled
 * action, which waits for the group. AWS might receive an action that begins within this time too late.
 */
export const MARGIN = 30;

/** The values to set at once: those of dated peaks that are in effect or begin within {@link MARGIN}. */
export function heldAt(
  peaks: readonly Peak[],
  capacities: readonly Capacity[],
  now: Instant,
): Readonly<Partial<Record<Capacity, number>>> {
  return Object.fromEntries(
    capacities.flatMap((capacity) => {
      const { dated } = sourceOf(peaks, capacity);
      const value = highest(
        dated.filter(({ begin, end }) => begin <= now + MARGIN && now < end),
        capacity,
      );
      return value === undefined ? [] : [[capacity, value]];
    }),
  );
}

/**
 * The changes in the future: AWS accepts none in the past. A change within {@link MARGIN} is left out,
 * because its values are set at once, unless a weekly change comes in between.
 *
 * @param held - the values that are set at once: see {@link heldAt}
 */
export function stillToCome(
  { weekly, once }: Levels,
  held: Readonly<Partial<Record<Capacity, number>>>,
  now: Instant,
): Levels {
  const ahead = once.filter(({ at }) => at > now);
  const isUndisturbed = (until: Instant): boolean =>
    weekly.every(({ at, timeZone }) => times(at, timeZone, now, until).length === 0);
  const last = ahead.findLastIndex(
    ({ at, values }) =>
      at <= now + MARGIN &&
      Object.entries(values).every(([capacity, value]) => value === held[capacity as Capacity]) &&
      isUndisturbed(at),
  );
  return { weekly, once: ahead.slice(last + 1) };
}

/** The windows that set one capacity. */
interface Source {
  readonly capacity: Capacity;
  readonly weekly: readonly Window[];
  readonly dated: readonly Window[];
}

function sourceOf(peaks: readonly Peak[], capacity: Capacity): Source {
  const setting = peaks.filter((peak) => peak[capacity] > 0);
  return {
    capacity,
    weekly: setting.filter(isWeekly).flatMap(weeklyWindows),
    dated: setting.filter((peak) => !isWeekly(peak)).flatMap(datedWindows),
  };
}

function levelAt({ capacity, weekly, dated }: Source, instant: Instant): number | undefined {
  const holding = dated.filter(({ begin, end }) => begin <= instant && instant < end);
  if (holding.length > 0) return highest(holding, capacity);
  return highest(
    weekly.filter((window) => holds(window, wallAt(instant, window.peak.timeZone).minuteOfWeek)),
    capacity,
  );
}

/**
 * The instants at which dated peaks change a capacity, and the minute after each weekly change of it within
 * them.
 */
function pointsOf(source: Source, weekly: readonly WeeklyChange[]): Instant[] {
  const points = source.dated
    .flatMap(({ begin, end }) => [begin, end])
    .filter((at) => levelAt(source, at - 1) !== levelAt(source, at));
  const disturbing = weekly.filter(({ values }) => source.capacity in values);
  const repeats = source.dated.flatMap(({ begin, end }) =>
    disturbing.flatMap(({ at, timeZone }) => times(at, timeZone, begin, end).map((instant) => instant + 1)),
  );
  return [...new Set([...points, ...repeats])].sort((a, b) => a - b);
}

function weeklyChanges({ capacity, weekly }: Source): WeeklyChange[] {
  const zones = [...new Set(weekly.map(({ peak }) => peak.timeZone))];
  return zones.flatMap((timeZone) => {
    const windows = weekly.filter(({ peak }) => peak.timeZone === timeZone);
    const level = (minute: MinuteOfWeek): number | undefined =>
      highest(
        windows.filter((window) => holds(window, minute)),
        capacity,
      );
    const points = new Set(windows.flatMap(({ begin, end }) => [modulo(begin, WEEK), modulo(end, WEEK)]));
    return [...points]
      .filter((at) => level(at) !== level(at - 1))
      .map((at) => ({ at, timeZone, values: { [capacity]: level(at) } }));
  });
}

/** Merges the changes for the same time into one. */
function byTime(changes: readonly WeeklyChange[]): WeeklyChange[] {
  const joined = new Map<string, WeeklyChange>();
  for (const change of changes) {
    const key = `${change.at} ${change.timeZone}`;
    joined.set(key, { ...change, values: { ...joined.get(key)?.values, ...change.values } });
  }
  return [...joined.values()].sort((a, b) => a.at - b.at);
}

function highest(windows: readonly Window[], capacity: Capacity): number | undefined {
  return windows.length === 0 ? undefined : Math.max(...windows.map(({ peak }) => peak[capacity]));
}

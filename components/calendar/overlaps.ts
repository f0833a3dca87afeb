import { type Instant, modulo, WEEK } from "./wall-clock";
import {
  CAPACITIES,
  type Capacity,
  datedWindows,
  isWeekly,
  occurrences,
  type Peak,
  weeklyWindows,
  type Window,
} from "./windows";

/** Two peaks that set different values for the same time. */
export interface Overlap {
  /** In the calendar's order. */
  readonly peaks: readonly [Peak, Peak];
  /** The first capacity that both set. */
  readonly capacity: Capacity;
  /** Why neither peak overrides the other. */
  readonly reason: "both dated" | "both weekly" | "two zones" | "weekly change within";
}

/**
 * The capacities that must not drop even for a minute, as happens where a weekly peak changes them within a
 * dated peak: instances would terminate at once, and AWS allows only two decreases of a reservation a day.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/request-capacity-unit-reservation.html
 */
const STEADY: readonly Capacity[] = ["maxSize", "capacityUnits"];

/**
 * One action sets both sizes, so actions of two time zones for the same time would collide, whichever size
 * they set.
 */
const SET_TOGETHER: readonly (readonly Capacity[])[] = [
  ["minSize", "maxSize"],
  ["warmPoolSize"],
  ["capacityUnits"],
];

/**
 * The year in which weekly peaks of two time zones are compared. It is fixed, so that the result doesn't
 * depend on today's date.
 */
const YEAR = [Date.UTC(2026, 0, 1) / 60_000, Date.UTC(2027, 0, 1) / 60_000] as const;

/**
 * The pairs of peaks where neither overrides the other: two dated or two weekly peaks that set the same
 * capacity to different values. Between a dated and a weekly peak, the dated one applies.
 */
export function overlapsOf(peaks: readonly Peak[]): Overlap[] {
  return peaks.flatMap((second, index) =>
    peaks.slice(0, index).flatMap((first) => {
      const overlap = overlapOf(first, second);
      return overlap === undefined ? [] : [{ peaks: [first, second] as const, ...overlap }];
    }),
  );
}

function overlapOf(first: Peak, second: Peak): Omit<Overlap, "peaks"> | undefined {
  const both = CAPACITIES.filter((capacity) => first[capacity] > 0 && second[capacity] > 0);
  const differing = both.find((capacity) => first[capacity] !== second[capacity]);
  if (isWeekly(first) && isWeekly(second)) {
    if (first.timeZone !== second.timeZone) {
      const together = SET_TOGETHER.find((set) =>
        [first, second].every((peak) => set.some((c) => peak[c] > 0)),
      );
      const capacity = together?.find((one) => second[one] > 0);
      return capacity !== undefined && everMeet(first, second)
        ? { capacity, reason: "two zones" }
        : undefined;
    }
    if (differing === undefined || !meetOnTheWall(first, second)) return undefined;
    return { capacity: differing, reason: "both weekly" };
  }
  if (!isWeekly(first) && !isWeekly(second)) {
    if (differing === undefined) return undefined;
    return meet(datedWindows(first), datedWindows(second))
      ? { capacity: differing, reason: "both dated" }
      : undefined;
  }
  const capacity = both.find((one) => STEADY.includes(one));
  const [weekly, dated] = isWeekly(first) ? [first, second] : [second, first];
  return capacity !== undefined && touches(weekly, dated)
    ? { capacity, reason: "weekly change within" }
    : undefined;
}

/**
 * Whether windows of both lists share a minute, leads excluded: where only a lead overlaps, the higher value
 * applies.
 */
function meet(some: readonly Window[], others: readonly Window[]): boolean {
  return some.some((one) => others.some((other) => one.start < other.end && other.start < one.end));
}

function meetOnTheWall(first: Peak, second: Peak): boolean {
  return weeklyWindows(first).some((one) =>
    weeklyWindows(second).some((other) => {
      const later = modulo(other.start - one.start, WEEK);
      return later < one.end - one.start || WEEK - later < other.end - other.start;
    }),
  );
}

/**
 * Whether windows of both peaks overlap or touch within a year, leads included: neither accounts for the
 * other's changes.
 */
function everMeet(first: Peak, second: Peak): boolean {
  const all = (peak: Peak): Window[] =>
    weeklyWindows(peak)
      .flatMap((window) => occurrences(window, ...YEAR))
      .sort((a, b) => a.begin - b.begin);
  return sweep(all(first), all(second));
}

/** Whether a weekly peak changes a value while a dated one is in effect. */
function touches(weekly: Peak, dated: Peak): boolean {
  return datedWindows(dated).some(({ begin, end }) =>
    weeklyWindows(weekly)
      .flatMap((window) => occurrences(window, begin, end))
      .some((occurrence) => isWithin(occurrence.begin, begin, end) || isWithin(occurrence.end, begin, end)),
  );
}

function isWithin(instant: Instant, begin: Instant, end: Instant): boolean {
  return begin <= instant && instant <= end;
}

/** Whether any window of one sorted list overlaps a window of the other. */
function sweep(some: readonly Window[], others: readonly Window[]): boolean {
  let [i, j] = [0, 0];
  for (;;) {
    const [one, other] = [some[i], others[j]];
    if (one === undefined || other === undefined) return false;
    if (one.begin <= other.end && other.begin <= one.end) return true;
    if (one.end < other.end) i += 1;
    else j += 1;
  }
}

import {
  clockChanges,
  DAY,
  HOUR,
  instantsAt,
  type MinuteOfWeek,
  modulo,
  parseDate,
  parseTime,
  WEEK,
  WEEKDAYS,
} from "../../components/calendar/wall-clock";
import { isWeekly, type Peak, weeklyWindows } from "../../components/calendar/windows";
import type { Settings } from "../settings/schema";
import type { Violation } from "../settings/constraint";

/** A peak, with its number of requests. */
export interface StackPeak extends Peak {
  /** Requests per minute; 0 if not known. */
  readonly peakRequestsPerMinute: number;
}

/** The peaks in the compiler's form: 0 and empty strings for what they do not change. */
export function peaksOf({ peakCalendar }: Settings): readonly StackPeak[] {
  return peakCalendar.map(({ from = "", to = "", ...peak }) => ({
    ...peak,
    from,
    to,
    minSize: peak.minSize ?? 0,
    maxSize: peak.maxSize ?? 0,
    peakRequestsPerMinute: peak.peakRequestsPerMinute ?? 0,
    warmPoolSize: peak.warmPoolSize ?? 0,
    capacityUnits: peak.capacityUnits ?? 0,
  }));
}

/** A violation in one peak; `at` is a field of the peak. */
export type PeakViolation = Violation;

/** Whether the compiler can process a peak, regardless of its sizes. */
export function isSound(peak: Peak): boolean {
  return isInOrder(peak) && datedWhileClocksChange(peak).length === 0;
}

function isDefined({ days, dates, from, to }: Peak): boolean {
  const ways = [days.length > 0, dates.length > 0, to !== ""];
  return ways.filter(Boolean).length === 1 && (from !== "") === (to !== "");
}

/** A peak recurs weekly, has dates, or lasts from one date to another. */
export function neverOrTwiceDefined(peak: Peak): PeakViolation[] {
  if (isDefined(peak)) return [];
  return [
    {
      at: ".name",
      allowed: "a peak with one of days, dates, or from and to",
      remedy: 'days: [sat, sun] for every week; dates: ["2030-11-29"], or from and to, for once',
    },
  ];
}

/** Whether start and end form valid windows. */
function isInOrder(peak: Peak): boolean {
  const { start, end, from, to } = peak;
  return isDefined(peak) && start !== end && (from === "" || from + start < to + end);
}

/** A peak must end after it starts. */
export function startsAtItsEnd(peak: Peak): PeakViolation[] {
  if (!isDefined(peak) || isInOrder(peak)) return [];
  const { start, from } = peak;
  if (from !== "")
    return [
      {
        at: ".to",
        allowed: `an end after the start, ${from} at ${start}`,
        remedy: "change to or end, or swap from and to",
      },
    ];
  return [
    {
      at: ".end",
      allowed: `a time other than start, ${start}`,
      remedy: 'for the whole day: start: "00:00", end: "24:00"',
    },
  ];
}

/** When clocks are put forward, they skip an hour, whose times do not exist. */
export function datedWhileClocksChange(peak: Peak): PeakViolation[] {
  if (!isInOrder(peak) || isWeekly(peak)) return [];
  const { from, to, dates, timeZone } = peak;
  const wraps = from === "" && peak.end <= peak.start;
  return (["start", "end"] as const).flatMap((key) => {
    const days = from !== "" ? [key === "start" ? from : to] : dates;
    const skipped = days.filter((day) => {
      const since = (parseDate(day) ?? 0) + (wraps && key === "end" ? 1 : 0);
      return instantsAt(since, parseTime(peak[key]) ?? 0, timeZone).length === 0;
    });
    if (skipped.length === 0) return [];
    return [
      {
        at: `.${key}`,
        allowed: `a time that the clocks of ${timeZone} show on ${skipped.join(", ")}: they are put forward and skip it`,
        remedy: "choose a time an hour later or earlier",
      },
    ];
  });
}

/**
 * EventBridge Scheduler skips a weekly call at a time that clocks skip, so a change of capacity would be missing for a
 * week. AWS does not document what Auto Scaling does then, or at a time that occurs twice.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html (Daylight savings time)
 */
export function weeklyWhileClocksChange(peak: Peak): PeakViolation[] {
  if (!isInOrder(peak) || !isWeekly(peak)) return [];
  const { timeZone, leadMinutes } = peak;
  const change = clockChanges(timeZone);
  const unsafe = (at: MinuteOfWeek): boolean =>
    change.some(([from, to]) => modulo(at - from, WEEK) < to - from);
  const hours = change.map(
    ([from, to]) => `${WEEKDAYS[Math.floor(from / DAY)]} ${clock(from)} to ${clock(to)}`,
  );
  return weeklyWindows(peak).flatMap(({ begin, end }) =>
    (
      [
        [".start", begin, leadMinutes > 0 ? `start, less leadMinutes, ${leadMinutes},` : "start"],
        [".end", end, "end"],
      ] as const
    )
      .filter(([, at]) => unsafe(at))
      .map(([at, , what]) => ({
        at,
        allowed: `a time with which ${what} is outside ${hours.join(" and ")}, when the clocks of ${timeZone} are changed`,
        remedy: "choose a time outside them, or give the peak dates",
      })),
  );
}

/** `02:30`. */
function clock(minuteOfWeek: MinuteOfWeek): string {
  const part = (value: number): string => String(value).padStart(2, "0");
  return `${part(Math.floor((minuteOfWeek % DAY) / HOUR))}:${part(minuteOfWeek % HOUR)}`;
}

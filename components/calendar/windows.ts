import {
  DAY,
  type Instant,
  instantsAt,
  type MinuteOfWeek,
  modulo,
  parseDate,
  parseTime,
  wallAt,
  WEEK,
  type Weekday,
  WEEKDAYS,
} from "./wall-clock";

/** The capacities that a peak may set; 0 leaves one unchanged. */
export const CAPACITIES = ["minSize", "maxSize", "warmPoolSize", "capacityUnits"] as const;

/** One of {@link CAPACITIES}. */
export type Capacity = (typeof CAPACITIES)[number];

/**
 * A planned peak. It recurs every week (`days`) or is dated: single dates (`dates`) or one continuous period
 * (`from`, `to`).
 */
export interface Peak extends Readonly<Record<Capacity, number>> {
  /** Unique name. */
  readonly name: string;
  /** The days of the week on which it starts; empty for a dated peak. */
  readonly days: readonly Weekday[];
  /** The days on which it starts, such as `2030-11-29`; empty for any other peak. */
  readonly dates: readonly string[];
  /** The day on which it starts; empty for any other peak. */
  readonly from: string;
  /** The day on which it ends; empty for any other peak. */
  readonly to: string;
  /** When it starts, in `timeZone`, such as `18:00`. */
  readonly start: string;
  /**
   * When it ends, up to `24:00`. With `days` or `dates`, an end that is not after `start` is on the next day.
   */
  readonly end: string;
  /** IANA time zone, such as `Europe/Berlin`. */
  readonly timeZone: string;
  /** Minutes before `start` at which the capacity is set. */
  readonly leadMinutes: number;
  /** Whether the deploy gate holds deployments back during the peak. */
  readonly freezeDeploys: boolean;
  /** Alarms that send no notifications during the peak. */
  readonly muteAlarms: readonly string[];
}

/** One occurrence of a peak, in minutes: of the local week if the peak is weekly, else since 1970 in UTC. */
export interface Window {
  readonly peak: Peak;
  /** `start` minus the lead. */
  readonly begin: number;
  readonly start: number;
  /** The first minute after it. */
  readonly end: number;
}

/** Whether a peak recurs every week. */
export function isWeekly({ days }: Peak): boolean {
  return days.length > 0;
}

/** A weekly peak's windows, in minutes of the week; `begin` may lie in the week before, `end` in the week after. */
export function weeklyWindows(peak: Peak): Window[] {
  const { first, length } = clockOf(peak);
  return peak.days.map((day) => windowOf(peak, WEEKDAYS.indexOf(day) * DAY + first, length));
}

/**
 * The windows of a dated peak. If clocks show the start or end twice, the peak starts at the first and ends
 * at the last.
 *
 * @throws RangeError if the zone's clocks skip the start or the end
 */
export function datedWindows(peak: Peak): Window[] {
  const { first, length } = clockOf(peak);
  const last = parseTime(peak.end) ?? DAY;
  const spans =
    peak.from === ""
      ? peak.dates.map((date) => [dayOf(date), first, dayOf(date), first + length] as const)
      : [[dayOf(peak.from), first, dayOf(peak.to), last] as const];
  return spans
    .map(([startDay, startMinute, endDay, endMinute]) => {
      const start = instantsAt(startDay, startMinute, peak.timeZone)[0];
      const end = instantsAt(endDay, endMinute, peak.timeZone).at(-1);
      if (start === undefined || end === undefined)
        throw new RangeError(`${peak.name} starts or ends while the clocks of ${peak.timeZone} are changed.`);
      return windowOf(peak, start, end - start);
    })
    .sort((a, b) => a.start - b.start);
}

/** The occurrences of a weekly window that overlap `[from, to]`, in UTC. */
export function occurrences(window: Window, from: Instant, to: Instant): Window[] {
  const { peak, start, end, begin } = window;
  // A clock change within a window makes it an hour shorter or longer.
  const first = from - (end - begin) - DAY;
  return times(start, peak.timeZone, first, to + peak.leadMinutes)
    .map((instant) => windowOf(peak, instant, end - start))
    .filter((occurrence) => occurrence.begin <= to && occurrence.end >= from);
}

/** The instants in `[from, to]` of a time of the week in a zone. */
export function times(minuteOfWeek: MinuteOfWeek, timeZone: string, from: Instant, to: Instant): Instant[] {
  const wall = wallAt(from - DAY, timeZone);
  const ahead = modulo(Math.floor(minuteOfWeek / DAY) - Math.floor(wall.minuteOfWeek / DAY), 7);
  const found: Instant[] = [];
  for (let day = wall.day + ahead; day * DAY <= to + 2 * DAY; day += 7)
    found.push(...instantsAt(day, modulo(minuteOfWeek, DAY), timeZone).slice(0, 1));
  return found.filter((instant) => instant >= from && instant <= to);
}

/** Whether a weekly window, including its lead, contains a time of the week. */
export function holds({ begin, end }: Window, minuteOfWeek: MinuteOfWeek): boolean {
  return modulo(minuteOfWeek - begin, WEEK) < end - begin;
}

function windowOf(peak: Peak, start: number, length: number): Window {
  return { peak, begin: start - peak.leadMinutes, start, end: start + length };
}

/** When a peak starts, in minutes of the day, and how long it lasts. */
function clockOf({ start, end }: Peak): { first: number; length: number } {
  const first = parseTime(start) ?? 0;
  const last = parseTime(end) ?? DAY;
  return { first, length: last > first ? last - first : last + DAY - first };
}

function dayOf(date: string): number {
  const day = parseDate(date);
  if (day === undefined) throw new RangeError(`${date} is no date.`);
  return day;
}

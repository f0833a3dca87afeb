/**
 * Converts between instants and local time. The time zone rules come from ICU in Node, which JavaScript date
 * libraries use too. Given a zone's offset, the rest is addition.
 */

/** Whole minutes since 1970-01-01T00:00Z. */
export type Instant = number;

/** Minutes since midnight; 1,440 and above for the following days. */
export type MinuteOfDay = number;

/** Minutes since Sunday, 00:00, local time. */
export type MinuteOfWeek = number;

/** The days of the week in cron's order, from 0. */
export const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

/** One of {@link WEEKDAYS}. */
export type Weekday = (typeof WEEKDAYS)[number];

/** Minutes. */
export const HOUR = 60;
/** Minutes. */
export const DAY = 24 * HOUR;
/** Minutes. */
export const WEEK = 7 * DAY;

/** 1970-01-01 was a Thursday. */
const EPOCH_WEEKDAY = 4;

/**
 * Whether a text is a time zone name that AWS accepts: `Area/Place`, with the capitals of the IANA database.
 * `UTC` is `Etc/UTC`. Auto Scaling accepts canonical names only, so old names by country, such as US/Eastern,
 * are refused. Aliases within an area are accepted, because releases of the database change which of two
 * names is canonical.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutScheduledUpdateGroupAction.html (TimeZone)
 */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Z][A-Za-z_]+(\/[A-Z][A-Za-z0-9_+-]*)+$/.test(name)) return false;
  if (/^(US|Canada|Brazil|Chile|Mexico)\//.test(name)) return false;
  try {
    formatterOf(name);
    return true;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return false;
  }
}

/** Days since 1970-01-01 of a date such as `2028-02-29`, or undefined if the text is not a date. */
export function parseDate(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const date = new Date(`${text}T00:00:00Z`);
  // Date rolls the 31st of November over to December.
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(text)) return undefined;
  return date.getTime() / 60_000 / DAY;
}

/**
 * Minutes since midnight of a time such as `18:30`, up to `24:00`, or undefined if the text is not a time.
 */
export function parseTime(text: string): MinuteOfDay | undefined {
  const [, hours, minutes] = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(text) ?? [];
  const minute = Number(hours) * HOUR + Number(minutes);
  return minute <= DAY ? minute : undefined;
}

/** A zone's offset from UTC in minutes, positive east of it. */
export function offsetAt(instant: Instant, timeZone: string): number {
  const text = formatterOf(timeZone).format(instant * 60_000);
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)$/.exec(text) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours ?? 0) * HOUR + Number(minutes ?? 0));
}

/**
 * The instants of a local time, in order: none if the zone's clocks skip it, two if they show it twice, else
 * one.
 *
 * @param day - days since 1970-01-01
 */
export function instantsAt(day: number, minute: MinuteOfDay, timeZone: string): Instant[] {
  const wall = day * DAY + minute;
  const offsets = new Set([wall - DAY, wall + DAY].map((instant) => offsetAt(instant, timeZone)));
  return [...offsets]
    .map((offset) => wall - offset)
    .filter((instant) => instant + offsetAt(instant, timeZone) === wall)
    .sort((a, b) => a - b);
}

/** The local day and time of the week of an instant. */
export function wallAt(instant: Instant, timeZone: string): { day: number; minuteOfWeek: MinuteOfWeek } {
  const wall = instant + offsetAt(instant, timeZone);
  const day = Math.floor(wall / DAY);
  return { day, minuteOfWeek: modulo(day + EPOCH_WEEKDAY, 7) * DAY + modulo(wall, DAY) };
}

/** The remainder, never negative, for negative numbers too. */
export function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}

/** `2030-11-29T16:30:00Z`. */
export function isoOf(instant: Instant): string {
  return `${new Date(instant * 60_000).toISOString().slice(0, 19)}Z`;
}

/**
 * Times of the week, in minutes, that a zone's clocks skip or show twice when they change: `[from, to)`. Uses
 * the rules of fixed years, so that the result doesn't depend on today's date.
 */
export function clockChanges(timeZone: string): readonly (readonly [MinuteOfWeek, MinuteOfWeek])[] {
  const known = changes.get(timeZone);
  if (known !== undefined) return known;
  const found = new Map<MinuteOfWeek, MinuteOfWeek>();
  // No zone changes its clocks for less than a week.
  for (let start = RULES_FROM; start < RULES_TO; start += WEEK) {
    let [low, high] = [start, start + WEEK];
    const before = offsetAt(low, timeZone);
    const after = offsetAt(high, timeZone);
    if (before === after) continue;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (offsetAt(middle, timeZone) === before) low = middle;
      else high = middle;
    }
    const wall = high + Math.min(before, after);
    const from = modulo(wall + EPOCH_WEEKDAY * DAY, WEEK);
    found.set(from, from + Math.abs(after - before));
  }
  const result = [...found];
  changes.set(timeZone, result);
  return result;
}

const RULES_FROM = Date.UTC(2026, 0, 1) / 60_000;
const RULES_TO = Date.UTC(2036, 0, 1) / 60_000;

const changes = new Map<string, readonly (readonly [MinuteOfWeek, MinuteOfWeek])[]>();
const formatters = new Map<string, Intl.DateTimeFormat>();

/** @throws RangeError if no zone has the name */
function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const formatter = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  formatters.set(timeZone, formatter);
  return formatter;
}

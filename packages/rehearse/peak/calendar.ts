/** When a group's scheduled actions run, and which sizes they set. */
import { parseCron } from "../cost/cron";
import type { Sizes } from "../cost/schedules";

/** A scheduled action and the sizes that it sets. */
export interface Action extends Partial<Sizes> {
  readonly name: string;
  /** Five cron fields; undefined if the action runs once. */
  readonly recurrence: string | undefined;
  /** The time zone of the recurrence. @default Etc/UTC */
  readonly timeZone: string | undefined;
  /** When it first runs; undefined if only the recurrence decides. */
  readonly startSeconds: number | undefined;
  /** When it ends; undefined if it doesn't. */
  readonly endSeconds: number | undefined;
  /** Seconds by which it runs earlier, in a trial of another calendar. */
  readonly leadSeconds?: number;
}

/** A time at which an action runs. */
export interface Due {
  readonly timeSeconds: number;
  readonly action: Action;
}

const DAY = 24 * 60 * 60;

/**
 * The runs of actions between two times, the end excluded, in order of time. At the same time, the order is that of
 * the list.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-scheduled-scaling.html
 */
export function dueActions(actions: readonly Action[], from: number, until: number): Due[] {
  return actions
    .flatMap((action) =>
      timesOf(action, from, until + (action.leadSeconds ?? 0)).map((time) => ({
        timeSeconds: time - (action.leadSeconds ?? 0),
        action,
      })),
    )
    .filter(({ timeSeconds }) => timeSeconds >= from && timeSeconds < until)
    .sort((a, b) => a.timeSeconds - b.timeSeconds);
}

/** The sizes after an action has run. */
export function sizesAfter(sizes: Sizes, action: Partial<Sizes>): Sizes {
  return {
    min: action.min ?? sizes.min,
    max: action.max ?? sizes.max,
    desired: action.desired ?? sizes.desired,
  };
}

function timesOf(
  { recurrence, timeZone = "Etc/UTC", startSeconds, endSeconds }: Action,
  from: number,
  until: number,
): number[] {
  const isDue = (time: number): boolean =>
    time >= from && time < until && time >= (startSeconds ?? -Infinity) && time <= (endSeconds ?? Infinity);
  const once = startSeconds === undefined ? [] : [startSeconds];
  const cron = recurrence === undefined ? undefined : parseCron(recurrence);
  if (cron === undefined) return once.filter(isDue);
  const times: number[] = [];
  for (let day = Math.floor(from / DAY) - 1; day <= Math.floor(until / DAY) + 1; day++) {
    const date = new Date(day * DAY * 1000);
    if (!cron.isDay(date.getUTCMonth() + 1, date.getUTCDate(), date.getUTCDay())) continue;
    for (const hour of cron.hours)
      for (const minute of cron.minutes)
        times.push(instantOf(day * DAY + hour * 3600 + minute * 60, timeZone));
  }
  return [...new Set([...once, ...times])].filter(isDue).sort((a, b) => a - b);
}

/** The instant of a local time in a zone, given as if it were UTC; a time that the clock skips is an hour later. */
export function instantOf(wallSeconds: number, timeZone: string): number {
  const guess = wallSeconds - offsetAt(wallSeconds, timeZone);
  return wallSeconds - offsetAt(guess, timeZone);
}

/** Seconds by which a zone is ahead of UTC. */
export function offsetAt(timeSeconds: number, timeZone: string): number {
  const parts = formatterOf(timeZone).formatToParts(timeSeconds * 1000);
  const [, sign, hours, minutes = "0"] =
    /^GMT([+-])(\d\d):?(\d\d)?/.exec(parts.find(({ type }) => type === "timeZoneName")?.value ?? "") ?? [];
  const seconds = Number(hours ?? 0) * 3600 + Number(minutes) * 60;
  return sign === "-" ? -seconds : seconds;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const formatter =
    formatters.get(timeZone) ?? new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  formatters.set(timeZone, formatter);
  return formatter;
}

/** Whether the time zone exists. */
export function isTimeZone(timeZone: string): boolean {
  try {
    return formatterOf(timeZone) !== undefined;
  } catch {
    return false;
  }
}

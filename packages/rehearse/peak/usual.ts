/** The demand that a group's sizes are made for, if none is given. */
import type { Sizes } from "../cost/schedules";
import { type Load, round } from "./assumptions";
import { type Action, dueActions, instantOf, offsetAt, sizesAfter } from "./calendar";
import type { Fleet } from "./fleet";
import { STEP } from "./rates";
import type { Demand } from "./types";

const HOUR = 60 * 60;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** Days in which the next peak is searched for, and days before a time over which a schedule is replayed. */
const AHEAD = 366 * DAY;
const BEHIND = 35 * DAY;
/** Seconds within which the demand follows a scheduled change. */
const RAMP = HOUR / 2;
/** Seconds of the peak: its rise, its duration, and its fall. */
const PEAK = { rise: HOUR / 2, stay: HOUR, fall: HOUR };
/** The hours of the day with the lowest and the highest demand, and the share that remains at night. */
const CURVE = { low: 4, high: 20, night: 0.3 };
/** The day of the peak in the week (Monday is 0), if no schedule names one. */
const FRIDAY = 4;

/** A demand, and sentences about how it was derived. */
export interface Usual {
  readonly demand: Demand;
  readonly told: readonly string[];
}

/**
 * The week, from Monday, of the largest scheduled size. Each day the demand follows a curve. In the evening it
 * reaches what the group's smallest size carries at its scaling target with a zone lost; once, at the peak, it
 * reaches what its largest size carries.
 *
 * @param now - Seconds since 1970.
 */
export function usualDemand(fleet: Fleet, load: Load, now: number): Usual {
  const timeZone = fleet.actions.find((action) => action.timeZone !== undefined)?.timeZone ?? "Etc/UTC";
  const peakAt = greatestSize(fleet, now);
  const start = mondayOf(peakAt ?? now + WEEK, timeZone);
  const parts = partsOf(fleet, start);
  const rateOf = (size: number): number =>
    carried(size, fleet.zones.length) * load.targetPerSecond * load.share;
  const part = parts.find(({ from, until }) => peakAt !== undefined && from <= peakAt && peakAt < until);
  const top = topOf(part ?? { from: start + FRIDAY * DAY, until: start + (FRIDAY + 1) * DAY }, timeZone);
  const most =
    (part ?? parts.find(({ from, until }) => from <= top && top < until) ?? parts[0])?.sizes.max ?? 0;
  const peak =
    load.peakRequestsPerMinute === undefined ? rateOf(most) : (load.peakRequestsPerMinute / 60) * load.share;

  const perSecond = new Float64Array(WEEK / STEP);
  let [index, offset] = [0, 0];
  for (let step = 0; step < perSecond.length; step++) {
    const time = start + step * STEP;
    while ((parts[index + 1]?.from ?? Infinity) <= time) index++;
    if (step % (HOUR / STEP) === 0) offset = offsetAt(time, timeZone);
    // The demand never exceeds the peak, also if a load file sets the peak.
    const usual =
      Math.min(levelAt(parts, index, time, rateOf), peak) * shapeAt((((time + offset) % DAY) + DAY) % DAY);
    perSecond[step] = usual + Math.max(0, peak - usual) * peakShape(time - top);
  }
  const zones = fleet.zones.length > 1 ? " with a zone lost" : "";
  return {
    demand: { source: "derived from the group's sizes", startSeconds: start, stepSeconds: STEP, perSecond },
    told: [
      `No demand is given. On ordinary days it is assumed to rise in the evening to what the smallest size at that time carries at the scaling target, ${round(60 * load.targetPerSecond)} requests a minute for each instance${zones}, and to fall to ${100 * CURVE.night} % of that at night; it follows a scheduled change within ${RAMP / 60} minutes.`,
      `At the peak it rises within ${PEAK.rise / 60} minutes to ${round(60 * peak)} requests a minute (${load.peakRequestsPerMinute === undefined ? `what the largest size, ${most}, carries in the same way` : "from the load file"}) and stays there for an hour.`,
    ],
  };
}

/** Instances that are left after the loss of a zone; all of them if there is only one zone or one instance. */
function carried(size: number, zones: number): number {
  const left = zones > 1 ? size - Math.ceil(size / zones) : size;
  return left === 0 ? size : left;
}

/**
 * The time of the first action that asks for the largest size; undefined if none asks for more than the usual size.
 */
function greatestSize({ actions, sizes }: Fleet, now: number): number | undefined {
  let [most, at]: [number, number | undefined] = [sizes.min, undefined];
  const isRecurring = ({ recurrence }: Action): boolean => recurrence !== undefined;
  const due = [
    ...dueActions(actions.filter(isRecurring), now, now + AHEAD),
    ...dueActions(
      actions.filter((action) => !isRecurring(action)),
      now,
      Infinity,
    ),
  ];
  for (const { timeSeconds, action } of due) {
    const least = Math.max(action.min ?? 0, action.desired ?? 0);
    if (least > most || (least === most && timeSeconds < (at ?? -Infinity)))
      [most, at] = [least, timeSeconds];
  }
  return at;
}

/** A group's sizes at a time, by its scheduled actions. */
export function sizesAt({ actions, sizes }: Fleet, time: number): Sizes {
  return dueActions(actions, time - BEHIND, time).reduce(
    (state, { action }) => sizesAfter(state, action),
    sizes,
  );
}

interface Part {
  readonly from: number;
  readonly until: number;
  readonly sizes: Sizes;
}

/** The parts of the week with constant sizes. */
function partsOf(fleet: Fleet, start: number): Part[] {
  const end = start + WEEK;
  let sizes = sizesAt(fleet, start);
  const parts: Part[] = [];
  let from = start;
  for (const { timeSeconds, action } of dueActions(fleet.actions, start, end)) {
    if (timeSeconds > from) parts.push({ from, until: timeSeconds, sizes });
    [from, sizes] = [timeSeconds, sizesAfter(sizes, action)];
  }
  return [...parts, { from, until: end, sizes }];
}

/** Monday, 00:00 local time, of the week of a time. */
function mondayOf(time: number, timeZone: string): number {
  const day = Math.floor((time + offsetAt(time, timeZone)) / DAY);
  // 1970-01-01 was a Thursday.
  return instantOf((day - ((day + 3) % 7)) * DAY, timeZone);
}

/** The middle of a peak: the evening hour if the part includes it, otherwise the middle of the part. */
function topOf({ from, until }: Pick<Part, "from" | "until">, timeZone: string): number {
  const day = Math.floor((from + offsetAt(from, timeZone)) / DAY);
  const evening = instantOf(day * DAY + CURVE.high * HOUR, timeZone);
  const isWithin = evening >= from + RAMP + PEAK.rise && evening <= until - PEAK.fall;
  const middle = (from + until) / 2;
  return isWithin ? evening : middle - (middle % STEP);
}

/** What the smallest size carries, following a scheduled change. */
function levelAt(
  parts: readonly Part[],
  index: number,
  time: number,
  rateOf: (size: number) => number,
): number {
  const part = parts[index];
  const levelOf = (one: Part | undefined): number | undefined =>
    one === undefined ? undefined : rateOf(Math.max(one.sizes.min, one.sizes.desired ?? 0));
  const own = levelOf(part) ?? 0;
  const before = Math.min(levelOf(parts[index - 1]) ?? own, own);
  const after = Math.min(levelOf(parts[index + 1]) ?? own, own);
  const rise = Math.min(1, (time - (part?.from ?? 0)) / RAMP);
  const fall = Math.min(1, ((part?.until ?? 0) - time) / RAMP);
  return Math.min(before + (own - before) * rise, after + (own - after) * fall);
}

/** The share of the day's maximum at a second of the day. */
function shapeAt(second: number): number {
  const hour = second / HOUR;
  const { low, high, night } = CURVE;
  const since = (hour - low + 24) % 24;
  const part = since < high - low ? since / (high - low) : (24 - since) / (24 - high + low);
  return night + ((1 - night) * (1 - Math.cos(Math.PI * part))) / 2;
}

/** The share of the peak at a number of seconds after it reached its maximum. */
function peakShape(since: number): number {
  if (since < -PEAK.rise || since > PEAK.stay + PEAK.fall) return 0;
  if (since < 0) return 1 + since / PEAK.rise;
  return since <= PEAK.stay ? 1 : 1 - (since - PEAK.stay) / PEAK.fall;
}

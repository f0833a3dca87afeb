import assert from "node:assert/strict";

import fc from "fast-check";

import {
  compileCalendar,
  type ScheduledAction,
  type ScheduledCall,
} from "../../../components/calendar/compile";
import { overlapsOf } from "../../../components/calendar/overlaps";
import { WEEKDAYS, type Weekday } from "../../../components/calendar/wall-clock";
import type { Capacity, Peak } from "../../../components/calendar/windows";
import { isSound, weeklyWhileClocksChange } from "../../../stacks/calendar/times";
import { instantOf, peak } from "./support";

const [DAY, WEEK] = [1440, 10_080];
const ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Etc/UTC"];
const USUAL = { minSize: 1, maxSize: 2, warmPoolSize: 0, capacityUnits: 0 };

/**
 * Spans in which clocks change, with a leap day, and over the end of a year. Weekly actions need a week to have run
 * once each.
 */
const SPANS = ["2028-02-19", "2030-03-20", "2030-10-18", "2030-12-20", "2031-03-01"].map((date) => {
  const from = new Date(`${date}T00:00:00Z`).getTime() / 60_000;
  return { from, settled: from + WEEK + 2 * DAY, to: from + 3 * WEEK };
});
type Span = (typeof SPANS)[number];

/** A zone's wall clock at each minute of a span, in minutes since 1970, computed only with Intl. */
function wallsOf({ from, to }: Span, timeZone: string): number[] {
  const key = `${from} ${timeZone}`;
  const known = walls.get(key);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
  const found: number[] = [];
  for (let minute = from; minute < to; minute += 15) {
    const shown = new Date(`${format.format(minute * 60_000).replace(" ", "T")}Z`).getTime() / 60_000;
    for (let more = 0; more < 15; more += 1) found.push(shown + more);
  }
  walls.set(key, found);
  return found;
}
const walls = new Map<string, number[]>();

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const dayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getTime() / 60_000;
const sinceSunday = (wall: number): number => (wall + 4 * DAY) % WEEK;

/**
 * Whether a peak, including its lead, applies at each minute of a span. Computed from the wall clock, minute by minute.
 */
function heldBy(one: Peak, span: Span): boolean[] {
  const shown = wallsOf(span, one.timeZone);
  const first = minutesOf(one.start);
  const length = ((minutesOf(one.end) - first + DAY - 1) % DAY) + 1;
  if (one.days.length > 0) {
    const begins = one.days.map((day) => WEEKDAYS.indexOf(day) * DAY + first - one.leadMinutes);
    return shown.map((wall) =>
      begins.some((begin) => (sinceSunday(wall) - begin + WEEK) % WEEK < length + one.leadMinutes),
    );
  }
  const spans =
    one.from === ""
      ? one.dates.map((date) => [dayOf(date) + first, dayOf(date) + first + length] as const)
      : [[dayOf(one.from) + first, dayOf(one.to) + minutesOf(one.end)] as const];
  const held = shown.map(() => false);
  for (const [start, end] of spans)
    held.fill(true, shown.indexOf(start) - one.leadMinutes, shown.lastIndexOf(end));
  return held;
}

/** The value that a capacity must have at each minute: a dated peak's, else a weekly one's, else the usual one. */
function wanted(peaks: readonly Peak[], capacity: Capacity, span: Span): number[] {
  const those = peaks.filter((one) => one[capacity] > 0).map((one) => ({ one, held: heldBy(one, span) }));
  return Array.from({ length: span.to - span.from }, (_, minute) => {
    const holding = those.filter(({ held }) => held[minute]).map(({ one }) => one);
    const dated = holding.filter(({ days }) => days.length === 0);
    const counting = dated.length > 0 ? dated : holding;
    return counting.length === 0 ? USUAL[capacity] : Math.max(...counting.map((one) => one[capacity]));
  });
}

/** The actions that AWS runs at each minute. Fails if there are two at the same time, which AWS refuses. */
function events<T extends ScheduledAction | ScheduledCall>(
  all: readonly T[],
  span: Span,
): { readonly byMinute: Map<number, T>; readonly recurring: Set<number> } {
  const byMinute = new Map<number, T>();
  const recurring = new Set<number>();
  const happen = (minute: number, one: T): void => {
    if (minute < 0 || minute >= span.to - span.from) return;
    assert(!byMinute.has(minute), `${one.name} and ${byMinute.get(minute)?.name} at one time`);
    byMinute.set(minute, one);
  };
  for (const one of all) {
    const text = "expression" in one ? one.expression : "recurrence" in one ? one.recurrence : one.startTime;
    const iso = /\d{4}-\d\d-\d\dT\d\d:\d\d/.exec(text);
    if (iso !== null) {
      happen(new Date(`${iso[0]}Z`).getTime() / 60_000 - span.from, one);
      continue;
    }
    const [minute, hour, , , day = ""] = text.replace(/^cron\(/, "").split(" ");
    const weekday = /\d/.test(day) ? Number(day) : WEEKDAYS.indexOf(day.toLowerCase() as Weekday);
    const time = weekday * DAY + Number(hour) * 60 + Number(minute);
    wallsOf(span, "timeZone" in one ? one.timeZone : "").forEach((wall, index) => {
      if (sinceSunday(wall) !== time) return;
      happen(index, one);
      recurring.add(index);
    });
  }
  return { byMinute, recurring };
}

const time = fc
  .integer({ min: 0, max: 47 })
  .map((half) => `${String(half >> 1).padStart(2, "0")}:${half % 2 ? "30" : "00"}`);
const size = (max: number) =>
  fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.integer({ min: 3, max }) });
const dateIn = (span: Span, offset: number): string =>
  new Date((span.settled + 2 * DAY + offset * DAY) * 60_000).toISOString().slice(0, 10);

const calendars = fc.constantFrom(...SPANS).chain((span) => {
  const common = {
    start: time,
    end: time,
    timeZone: fc.constantFrom(...ZONES),
    leadMinutes: fc.constantFrom(0, 15, 30, 60, 1440),
    minSize: size(9),
    maxSize: size(30).map((max) => max * 10),
    warmPoolSize: size(9),
    capacityUnits: size(9),
  };
  const weekly = fc.record({
    ...common,
    days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1, maxLength: 3 }),
  });
  const some = fc.record({
    ...common,
    dates: fc.uniqueArray(
      fc.integer({ min: 0, max: 6 }).map((offset) => dateIn(span, offset)),
      { minLength: 1, maxLength: 2 },
    ),
  });
  const long = fc
    .record({ ...common, from: fc.integer({ min: 0, max: 3 }), to: fc.integer({ min: 4, max: 6 }) })
    .map(({ from, to, ...rest }) => ({ ...rest, from: dateIn(span, from), to: dateIn(span, to) }));
  return fc
    .array(fc.oneof(weekly, some, long), { minLength: 1, maxLength: 4 })
    .map((all) => ({
      span,
      peaks: all.map((changes, index) => peak({ ...changes, name: `peak-${index}` })),
    }));
});

/**
 * False for calendars that `stacks/calendar/constraints` refuses. Times that clocks skip are checked first, because an
 * overlap with them can't be determined.
 */
function isTaken(peaks: readonly Peak[]): boolean {
  return (
    peaks.every((one) => isSound(one) && weeklyWhileClocksChange(one).length === 0) &&
    overlapsOf(peaks).length === 0
  );
}

describe("A compiled calendar that AWS runs", () => {
  it("gives each minute the capacity of its peak, and corrects a recurring action within a dated peak a minute later", () => {
    fc.assert(
      fc.property(calendars, ({ span, peaks }) => {
        fc.pre(isTaken(peaks));
        const { scheduledActions, warmPoolCalls, capacityUnitCalls } = compileCalendar(
          peaks,
          USUAL,
          instantOf("2026-01-01"),
        );
        const run = (capacity: Capacity, all: readonly (ScheduledAction | ScheduledCall)[]): void => {
          const { byMinute, recurring } = events(all, span);
          const ought = wanted(peaks, capacity, span);
          let is: number = USUAL[capacity];
          for (let minute = 0; minute < ought.length; minute += 1) {
            const now = byMinute.get(minute);
            if (now !== undefined && "value" in now) is = now.value ?? USUAL[capacity];
            if (now !== undefined && (capacity === "minSize" || capacity === "maxSize") && capacity in now)
              is = (now as ScheduledAction)[capacity] === -1 ? is : (now as ScheduledAction)[capacity];
            if (minute < span.settled - span.from) continue;
            const isMore = is > (ought[minute] ?? 0);
            const mayDip = capacity === "minSize" || capacity === "warmPoolSize";
            if (recurring.has(minute) && (isMore || mayDip)) continue;
            if (recurring.has(minute + 1) && isMore) continue;
            const when = new Date((span.from + minute) * 60_000).toISOString();
            assert.equal(is, ought[minute], `${capacity} at ${when}`);
          }
        };
        run("minSize", scheduledActions);
        run("maxSize", scheduledActions);
        run("warmPoolSize", warmPoolCalls);
        run("capacityUnits", capacityUnitCalls);
      }),
      { numRuns: 50 },
    );
  });
});

import { heldAt, type Levels, levelsOf, MARGIN, stillToCome, type Values } from "./levels";
import { DAY, HOUR, type Instant, isoOf, type MinuteOfWeek, modulo, WEEK, WEEKDAYS } from "./wall-clock";
import {
  CAPACITIES,
  type Capacity,
  datedWindows,
  isWeekly,
  type Peak,
  weeklyWindows,
  type Window,
} from "./windows";

/**
 * A scheduled action of an Auto Scaling group, weekly or once. A size of `-1` leaves the size unchanged.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutScheduledUpdateGroupAction.html
 */
export type ScheduledAction = {
  /** Derived from the action's time, and therefore unique: AWS accepts only one action for a time. */
  readonly name: string;
  readonly minSize: number;
  readonly maxSize: number;
} & ({ readonly recurrence: string; readonly timeZone: string } | { readonly startTime: string });

/**
 * A schedule of EventBridge Scheduler:
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export interface ScheduledCall {
  readonly name: string;
  /** `cron(30 17 ? * FRI *)` or `at(2030-11-29T16:30:00)`. */
  readonly expression: string;
  readonly timeZone: string;
  /** The value to set; undefined for the value outside all peaks. */
  readonly value: number | undefined;
}

/**
 * A schedule of an alarm mute rule:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Schedule.html
 */
export interface Mute {
  readonly name: string;
  /** `cron(30 17 * * FRI)` or `at(2030-11-29T16:30)`. */
  readonly expression: string;
  /** `PT5H30M`. */
  readonly duration: string;
  readonly timeZone: string;
  readonly alarms: readonly string[];
}

/**
 * A period in which the deploy gate holds deployments back: once, or every week from a time for a number of
 * minutes.
 */
export type DeployFreeze = { readonly name: string; readonly timeZone: string } & (
  { readonly from: string; readonly to: string } | { readonly recurrence: string; readonly minutes: number }
);

/** A calendar as AWS resources need it. */
export interface CompiledCalendar {
  readonly scheduledActions: readonly ScheduledAction[];
  readonly warmPoolCalls: readonly ScheduledCall[];
  readonly capacityUnitCalls: readonly ScheduledCall[];
  readonly mutes: readonly Mute[];
  readonly deployFreezes: readonly DeployFreeze[];
  /**
   * The values of dated peaks that have begun or are about to. It is too late for an action, so the
   * deployment sets them.
   */
  readonly atOnce: Readonly<Partial<Record<Capacity, number>>>;
  /**
   * Whether a dated peak has set a group's sizes or is about to: they may differ from the sizes last
   * deployed.
   */
  readonly sizesHaveChanged: boolean;
  /** One message for each peak of which something is left out because it is over. */
  readonly warnings: readonly string[];
}

/** The group's sizes outside all peaks. */
export interface UsualSizes {
  readonly minSize: number;
  readonly maxSize: number;
}

/** The size that leaves a group's size unchanged: https://www.pulumi.com/registry/packages/aws/api-docs/autoscaling/schedule/ */
const AS_IT_IS = -1;

/**
 * Compiles a calendar. The same arguments give the same result. A different `now` changes the result only if
 * a dated peak has begun or ended in between.
 *
 * @param peaks - peaks without violations: see `stacks/calendar/constraints`
 * @param now - AWS accepts no time in the past: the values of peaks that have begun are set at once, and
 *   peaks that are over are left out
 */
export function compileCalendar(peaks: readonly Peak[], usual: UsualSizes, now: Instant): CompiledCalendar {
  const atOnce = heldAt(peaks, CAPACITIES, now);
  const levels = (...capacities: Capacity[]): Levels => stillToCome(levelsOf(peaks, capacities), atOnce, now);
  const windows = peaks.flatMap((peak) =>
    isWeekly(peak) ? weeklyWindows(peak).slice(0, 1) : datedWindows(peak),
  );
  const ahead = windows.filter(({ peak, end }) => isWeekly(peak) || end > now);
  return {
    scheduledActions: actionsOf(levels("minSize", "maxSize"), usual),
    warmPoolCalls: callsOf(levels("warmPoolSize"), "warmPoolSize"),
    capacityUnitCalls: callsOf(levels("capacityUnits"), "capacityUnits"),
    mutes: ahead.filter(({ peak }) => peak.muteAlarms.length > 0).map(muteOf),
    deployFreezes: ahead.filter(({ peak }) => peak.freezeDeploys).map(freezeOf),
    atOnce,
    sizesHaveChanged: windows.some(
      ({ peak, begin }) => !isWeekly(peak) && peak.minSize + peak.maxSize > 0 && begin <= now + MARGIN,
    ),
    warnings: peaks.flatMap((peak) => {
      const over = windows.filter((window) => window.peak === peak && !ahead.includes(window)).length;
      if (over === 0) return [];
      const all = windows.filter((window) => window.peak === peak).length;
      const what = over === all ? "is over" : `is over on ${over} of its ${all} dates`;
      return [
        `Peak ${peak.name} ${what}; the stack creates nothing for what is over. Remove it from peakCalendar after this deployment.`,
      ];
    }),
  };
}

function actionsOf({ weekly, once }: Levels, usual: UsualSizes): ScheduledAction[] {
  const sizes = (values: Values): { minSize: number; maxSize: number } => {
    const size = (key: "minSize" | "maxSize"): number =>
      key in values ? (values[key] ?? usual[key]) : AS_IT_IS;
    return { minSize: size("minSize"), maxSize: size("maxSize") };
  };
  return [
    ...weekly.map(({ at, timeZone, values }) => ({
      name: weeklyName(at, timeZone),
      ...sizes(values),
      recurrence: cronOf(at, [at]),
      timeZone,
    })),
    ...once.map(({ at, values }) => ({ name: onceName(at), ...sizes(values), startTime: isoOf(at) })),
  ];
}

function callsOf({ weekly, once }: Levels, capacity: Capacity): ScheduledCall[] {
  return [
    ...weekly.map(({ at, timeZone, values }) => ({
      name: weeklyName(at, timeZone),
      expression: `cron(${minuteAndHour(at)} ? * ${dayName(at).toUpperCase()} *)`,
      timeZone,
      value: values[capacity],
    })),
    ...once.map(({ at, values }) => ({
      name: onceName(at),
      expression: `at(${isoOf(at).slice(0, 19)})`,
      timeZone: "UTC",
      value: values[capacity],
    })),
  ];
}

/** All windows of a weekly peak have the same length, so one rule that begins on several days covers them. */
function muteOf({ peak, begin, end }: Window): Mute {
  const { name, muteAlarms: alarms } = peak;
  const duration = durationOf(end - begin);
  if (isWeekly(peak)) {
    return { name, expression: `cron(${recurrenceOf(peak)})`, duration, timeZone: peak.timeZone, alarms };
  }
  const expression = `at(${isoOf(begin).slice(0, 16)})`;
  return { name: `${name}-${onceName(begin)}`, expression, duration, timeZone: "UTC", alarms };
}

function freezeOf({ peak, begin, end }: Window): DeployFreeze {
  const { name, timeZone } = peak;
  return isWeekly(peak)
    ? { name, timeZone, recurrence: recurrenceOf(peak), minutes: end - begin }
    : { name, timeZone, from: isoOf(begin), to: isoOf(end) };
}

/** When the windows of a weekly peak begin, including their lead. */
function recurrenceOf(peak: Peak): string {
  const begins = weeklyWindows(peak).map(({ begin }) => modulo(begin, WEEK));
  return cronOf(begins[0] ?? 0, begins);
}

/** A cron expression of five fields: one time of day, on some days of the week. */
function cronOf(at: MinuteOfWeek, all: readonly MinuteOfWeek[]): string {
  const days = all.map((one) => Math.floor(one / DAY)).sort((a, b) => a - b);
  return `${minuteAndHour(at)} * * ${days.join(",")}`;
}

function minuteAndHour(at: MinuteOfWeek): string {
  return `${at % HOUR} ${Math.floor((at % DAY) / HOUR)}`;
}

function dayName(at: MinuteOfWeek): string {
  return WEEKDAYS[Math.floor(at / DAY)] ?? "";
}

/** `fri-1730-europe-berlin`. */
function weeklyName(at: MinuteOfWeek, timeZone: string): string {
  const [hours, minutes] = [Math.floor((at % DAY) / HOUR), at % HOUR].map((part) =>
    String(part).padStart(2, "0"),
  );
  const zone = timeZone
    .toLowerCase()
    .replace("+", "plus")
    .replace(/[^a-z0-9]+/g, "-");
  return `${dayName(at)}-${hours}${minutes}-${zone}`;
}

/** `20301129t1630z`. */
function onceName(at: Instant): string {
  return `${isoOf(at).slice(0, 16).replace(/[-:]/g, "").toLowerCase()}z`;
}

/** An ISO 8601 duration as AWS writes it. */
function durationOf(minutes: number): string {
  const days = Math.floor(minutes / DAY);
  const hours = Math.floor((minutes % DAY) / HOUR);
  const part = (count: number, unit: string): string => (count === 0 ? "" : `${count}${unit}`);
  const time = part(hours, "H") + part(minutes % HOUR, "M");
  return `P${part(days, "D")}${time === "" ? "" : `T${time}`}`;
}

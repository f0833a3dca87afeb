/**
 * The average number of instances of an Auto Scaling group, by its sizes and its scheduled actions.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-scheduled-scaling.html
 */
import type { Value, Values } from "../values";
import { parseCron } from "./cron";

/** The sizes of a group; undefined if not set. */
export interface Sizes {
  readonly min: number;
  readonly max: number;
  readonly desired: number | undefined;
}

/** A recurring scheduled action and the sizes that it sets. */
export interface ScheduledAction extends Partial<Sizes> {
  /** Five fields of cron. */
  readonly recurrence: string;
}

/**
 * The sizes that a scheduled action sets, by its inputs. A missing size is 0, which is what the provider sends; -1,
 * or an unknown value, leaves the group's size as it is.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/autoscaling_schedule
 */
export function scheduledSizes(inputs: Values): Partial<Sizes> {
  const of = (input: Value | undefined): number | undefined => {
    const size = typeof input === "object" && input !== null ? NaN : Number(input ?? 0);
    return size >= 0 ? size : undefined;
  };
  const sizes = {
    min: of(inputs["minSize"]),
    max: of(inputs["maxSize"]),
    desired: of(inputs["desiredCapacity"]),
  };
  return Object.fromEntries(Object.entries(sizes).filter(([, size]) => size !== undefined));
}

/** Average numbers of instances. */
export interface Averages {
  /** If only the schedule changes the size. */
  readonly least: number;
  /** If the group always has its maximum size. */
  readonly most: number;
}

const DAY = 24 * 60;
/** Minutes of the simulated year: 52 whole weeks from a Monday, without daylight-saving time. */
const YEAR = 52 * 7 * DAY;
const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 30];

/**
 * The averages over a year. If an action raises the sizes and another lowers them again, the group is assumed to
 * shrink at once.
 */
export function averageSizes(sizes: Sizes, actions: readonly ScheduledAction[]): Averages {
  const events = actions
    .flatMap((action) => timesOf(action.recurrence).map((time) => ({ time, action })))
    .sort((a, b) => a.time - b.time);
  let state = sizes;
  let averages = averageOf(state);
  // The second round starts in the state in which the first ended, like any other year.
  for (let round = 0; round < 2; round++) {
    let [since, least, most] = [0, 0, 0];
    const passed = (until: number): void => {
      const now = averageOf(state);
      least += now.least * (until - since);
      most += now.most * (until - since);
      since = until;
    };
    for (const { time, action } of events) {
      passed(time);
      state = {
        min: action.min ?? state.min,
        max: action.max ?? state.max,
        desired: action.desired ?? state.desired,
      };
    }
    passed(YEAR);
    averages = { least: least / YEAR, most: most / YEAR };
  }
  return averages;
}

function averageOf({ min, max, desired }: Sizes): Averages {
  return { least: Math.max(min, Math.min(desired ?? min, max)), most: max };
}

/** The minutes of the year at which a recurrence is due; empty if it isn't cron. */
function timesOf(recurrence: string): number[] {
  const cron = parseCron(recurrence);
  if (cron === undefined) return [];
  const times: number[] = [];
  let day = 0;
  MONTHS.forEach((length, month) => {
    for (let date = 1; date <= length; date++, day++) {
      if (!cron.isDay(month + 1, date, (day + 1) % 7)) continue;
      for (const hour of cron.hours)
        for (const minute of cron.minutes) times.push(day * DAY + hour * 60 + minute);
    }
  });
  return times;
}

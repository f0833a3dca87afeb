/**
 * Searches for the smallest changes of sizes and schedules with which a group carries its demand, and simulates each.
 */
import { HOURS } from "../cost/prices";
import type { Action } from "./calendar";
import type { Fleet } from "./fleet";
import { type Outcome, plural, STEP, type Trial } from "./rates";
import { isCarried, type Kind, type Ran, runAll, stepsOver } from "./scenarios";
import type { Remedy } from "./types";
import { sizesAt } from "./usual";

/** A way to change a group by a number: a greater number gives it more capacity. */
interface Lever {
  /** The current number. */
  readonly now: number;
  /** The greatest number to try. */
  readonly most: number;
  /** The step between numbers. */
  readonly by: number;
  readonly change: (to: number) => Fleet;
  readonly what: (to: number) => string;
}

/** Seconds around the minutes over capacity in which numbers are tried, before one is tried over the whole time. */
const AROUND = { before: 12 * 3600, after: 2 * 3600 };
/** The most instances to try. */
const LARGEST = 10_000;
/** Minutes by which scheduled actions may run earlier. */
const LEAD = { most: 240, by: 5 };

/**
 * Searches for changes that each remove all minutes over capacity on their own, with the losses too if possible; the
 * cheapest come first.
 *
 * @param ran - The group's scenarios without any change.
 * @param hourly - US dollars an hour for an instance; undefined if the price isn't known.
 */
export function remediesOf(ran: readonly Ran[], hourly: number | undefined): Remedy[] {
  const [planned] = ran;
  if (planned === undefined) return [];
  const { trial } = planned;
  const over = ran.flatMap(({ outcome }) => stepsOver(outcome, trial.demand));
  if (over.length === 0) return [];
  const [first, last] = [over.reduce((a, b) => Math.min(a, b)), over.reduce((a, b) => Math.max(a, b))];
  const levers = leversOf(trial, trial.startSeconds + first * STEP);
  const window = sliceOf(trial, first, last);
  const kinds = ran.map(({ kind }) => kind);
  // First a change for all scenarios; if there is none, one for all but the last, and so on.
  for (let count = kinds.length; count > 0; count--) {
    const wanted = kinds.slice(0, count);
    const found = levers.flatMap((lever) => remedyBy(lever, planned, window, wanted, hourly) ?? []);
    if (found.length > 0) return found.sort((a, b) => (a.monthlyCost ?? 0) - (b.monthlyCost ?? 0));
  }
  return [];
}

function remedyBy(
  lever: Lever,
  { trial, outcome }: Ran,
  window: Trial,
  kinds: readonly Kind[],
  hourly: number | undefined,
): Remedy | undefined {
  const changed = (of: Trial, to: number): Trial => withFleet(of, lever.change(to));
  const to = smallest(lever, (number) => isCarried(changed(window, number), kinds));
  if (to === undefined) return undefined;
  const again = runAll(changed(trial, to), kinds);
  const steps = again.reduce((sum, one) => sum + stepsOver(one.outcome, trial.demand).length, 0);
  if (steps > 0) return undefined;
  const more = again[0] === undefined ? 0 : meanRunning(again[0].outcome) - meanRunning(outcome);
  return {
    what: lever.what(to),
    mends: kinds.at(-1) ?? "planned",
    monthlyCost: hourly === undefined ? undefined : more * hourly * HOURS,
  };
}

/**
 * The smallest number for which a condition holds, provided it also holds for all greater ones; undefined if there is
 * none.
 */
function smallest({ now, most, by }: Lever, holds: (number: number) => boolean): number | undefined {
  let [low, high] = [0, Math.ceil((most - now) / by)];
  if (high < 1 || !holds(now + high * by)) return undefined;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(now + middle * by)) high = middle;
    else low = middle;
  }
  return now + high * by;
}

function withFleet(trial: Trial, fleet: Fleet): Trial {
  return { ...trial, fleet, sizes: sizesAt(fleet, trial.startSeconds) };
}

/** The part of a trial around some steps. */
function sliceOf(trial: Trial, first: number, last: number): Trial {
  const from = Math.max(0, first - AROUND.before / STEP);
  const until = last + AROUND.after / STEP;
  return {
    ...trial,
    startSeconds: trial.startSeconds + from * STEP,
    demand: trial.demand.subarray(from, until),
  };
}

function meanRunning({ steps }: Outcome): number {
  return steps.running.reduce((sum, running) => sum + running, 0) / steps.running.length;
}

function leversOf({ fleet, load, demand }: Trial, worstSeconds: number): Lever[] {
  const { sizes, actions, zones } = fleet;
  const full = demand.reduce((a, b) => Math.max(a, b), 0) / load.requestsPerSecond;
  // Twice the full load, plus the share of a lost zone.
  const enough = Math.ceil((2 * full * zones.length) / Math.max(1, zones.length - 1)) + zones.length;
  const most = Math.min(enough, LARGEST);
  const raising = actions.filter((action) => (action.min ?? action.desired ?? 0) > sizes.min);
  const level = sizesAt(fleet, worstSeconds).min;
  const ofLevel = raising.filter(({ min }) => min === level);
  const andMax = (to: number): string => (to > sizes.max ? ` and a maxSize no less` : "");
  return [
    {
      now: sizes.min,
      most,
      by: 1,
      change: (to) => withMin(fleet, true, actions, to),
      what: (to) => `minSize ${to} instead of ${sizes.min}, at all times${andMax(to)}`,
    },
    {
      now: sizes.max,
      most,
      by: 1,
      change: (to) => withMax(fleet, to),
      what: (to) => `maxSize ${to} instead of ${sizes.max}`,
    },
    ...(ofLevel.length === 0
      ? []
      : [
          {
            now: level,
            most,
            by: 1,
            change: (to: number) => withMin(fleet, false, ofLevel, to),
            what: (to: number) =>
              `a scheduled minSize of ${to} instead of ${level}${andMax(to)} (${namesOf(ofLevel)})`,
          },
        ]),
    ...(raising.length === 0
      ? []
      : [
          {
            now: 0,
            most: LEAD.most,
            by: LEAD.by,
            change: (to: number) => withLead(fleet, raising, 60 * to),
            what: (to: number) =>
              `the actions that raise minSize ${to} minutes earlier (${namesOf(raising)})`,
          },
        ]),
  ];
}

/** Sets a minimum for the group itself or for some of its actions, and raises the maximum if it is lower. */
function withMin(fleet: Fleet, isOwn: boolean, some: readonly Action[], to: number): Fleet {
  const raised = (size: number | undefined): number | undefined =>
    size === undefined ? undefined : Math.max(size, to);
  const { sizes } = fleet;
  return {
    ...fleet,
    sizes: { ...sizes, min: isOwn ? Math.max(sizes.min, to) : sizes.min, max: Math.max(sizes.max, to) },
    actions: fleet.actions.map((action) => {
      const max = raised(action.max);
      const min = some.includes(action) ? raised(action.min) : action.min;
      return { ...action, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
    }),
  };
}

function withMax(fleet: Fleet, to: number): Fleet {
  return {
    ...fleet,
    sizes: { ...fleet.sizes, max: Math.max(fleet.sizes.max, to) },
    actions: fleet.actions.map((action) =>
      action.max === undefined ? action : { ...action, max: Math.max(action.max, to) },
    ),
  };
}

function withLead(fleet: Fleet, some: readonly Action[], leadSeconds: number): Fleet {
  return {
    ...fleet,
    actions: fleet.actions.map((action) => (some.includes(action) ? { ...action, leadSeconds } : action)),
  };
}

function namesOf(actions: readonly Action[]): string {
  const [first = "", ...others] = actions.map(({ name }) => name);
  return others.length === 0 ? first : `${first} and ${plural(others.length, "other", "others")}`;
}

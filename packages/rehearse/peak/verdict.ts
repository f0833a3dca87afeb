/** The result of a trial: as columns to draw, as numbers, and as a sentence. */
import { round } from "./assumptions";
import { type Outcome, plural, STEP, type Trial } from "./rates";
import type { Series, Verdict } from "./types";

/** The most points of a drawn column. */
const POINTS = 2016;
const DAY_STEPS = (24 * 60 * 60) / STEP;

/** Demand divided by capacity in a step. */
function utilisationOf({ steps }: Outcome, demand: Float64Array, step: number): number {
  const rate = demand[step] ?? 0;
  const capacity = steps.capacity[step] ?? 0;
  const served = rate - (steps.lost[step] ?? 0);
  if (rate === 0) return 0;
  return capacity === 0 ? Infinity : served / capacity;
}

/** Whether demand exceeds what is served in a step: too few instances, or lost ones that still receive requests. */
export function isOver(outcome: Outcome, demand: Float64Array, step: number): boolean {
  return utilisationOf(outcome, demand, step) > 1 + 1e-9;
}

/** The first step with the highest utilisation. */
export function worstStep(outcome: Outcome, demand: Float64Array): number {
  let [worst, most] = [0, -1];
  for (let step = 0; step < demand.length; step++) {
    const use = utilisationOf(outcome, demand, step);
    if (use > most) [worst, most] = [step, use];
  }
  return worst;
}

/** The figures of a trial. */
export function verdictOf(
  { demand, startSeconds }: Trial,
  outcome: Outcome,
  hourly: number | undefined,
): Verdict {
  const { steps } = outcome;
  let [over, requests, failed, wait, instances, most] = [0, 0, 0, 0, 0, 0];
  for (let step = 0; step < demand.length; step++) {
    const capacity = steps.capacity[step] ?? 0;
    if (isOver(outcome, demand, step)) over++;
    requests += (demand[step] ?? 0) * STEP;
    failed += steps.failed[step] ?? 0;
    if (capacity > 0) wait = Math.max(wait, (steps.queued[step] ?? 0) / capacity);
    instances += steps.running[step] ?? 0;
    most = Math.max(most, steps.running[step] ?? 0);
  }
  const worst = worstStep(outcome, demand);
  const hours = (demand.length * STEP) / 3600;
  const mean = demand.length === 0 ? 0 : instances / demand.length;
  const numbers = {
    minutesOverCapacity: (over * STEP) / 60,
    minutes: (demand.length * STEP) / 60,
    requests: Math.round(requests),
    failed: Math.round(failed),
    peakUtilisation: utilisationOf(outcome, demand, worst),
    worstTimeSeconds: startSeconds + worst * STEP,
    worstWaitSeconds: wait,
    mostInstances: most,
    meanInstances: mean,
    cost: hourly === undefined ? undefined : mean * hours * hourly,
  };
  return { ...numbers, text: textOf(numbers) };
}

function textOf(numbers: Omit<Verdict, "text">): string {
  const {
    minutesOverCapacity: over,
    failed,
    requests,
    peakUtilisation,
    worstWaitSeconds,
    mostInstances,
  } = numbers;
  const use =
    peakUtilisation === Infinity
      ? "no instance serves at the worst time"
      : `at most ${round(100 * peakUtilisation)} % of the capacity is in use`;
  const up = `with up to ${plural(mostInstances, "instance", "instances")}`;
  if (over === 0 && failed === 0) return `It carries the demand: ${use}, ${up}.`;
  const lost = requests === 0 ? 0 : (100 * failed) / requests;
  const failures =
    failed === 0
      ? "no request fails"
      : `${plural(failed, "request fails", "requests fail")} (${lost < 0.01 ? "less than 0.01" : round(lost)} %)`;
  const waits = worstWaitSeconds < 0.1 ? "" : `, requests wait up to ${round(worstWaitSeconds)} s`;
  return `${over === 0 ? "It stays within its capacity" : `It is over capacity for ${minutesText(over)}`}: ${use}, ${up}${waits}, ${failures}.`;
}

/** A number of minutes, in words. */
export function minutesText(minutes: number): string {
  return minutes < 1
    ? `${Math.round(60 * minutes)} seconds`
    : `${round(minutes)} ${round(minutes) === "1" ? "minute" : "minutes"}`;
}

/** The columns of a trial over its whole time. */
export function seriesOf(trial: Trial, outcome: Outcome, hourly: number | undefined): Series {
  const count = trial.demand.length;
  // Whole minutes, so that points fall on minutes of the clock.
  const each = Math.max(6, Math.ceil(count / POINTS / 6) * 6);
  return columnsOf(trial, outcome, hourly, 0, count, each);
}

/** The day around a step, by the minute. */
export function dayOf(trial: Trial, outcome: Outcome, hourly: number | undefined, step: number): Series {
  const count = trial.demand.length;
  const first = Math.max(0, Math.min(step - DAY_STEPS / 2, count - DAY_STEPS));
  const from = first - (first % 6);
  return columnsOf(trial, outcome, hourly, from, Math.min(count, from + DAY_STEPS), 6);
}

function columnsOf(
  { demand, startSeconds }: Trial,
  outcome: Outcome,
  hourly: number | undefined,
  from: number,
  until: number,
  each: number,
): Series {
  const { steps } = outcome;
  const series = {
    timeSeconds: [] as number[],
    demandPerSecond: [] as number[],
    capacityPerSecond: [] as number[],
    instances: [] as number[],
    desired: [] as number[],
    utilisation: [] as number[],
    queued: [] as number[],
    errorsPerSecond: [] as number[],
    costPerHour: [] as number[],
  };
  for (let first = from; first < until; first += each) {
    const last = Math.min(until, first + each);
    let [rate, failed, running, use, queued, desired] = [0, 0, 0, 0, 0, 0];
    let [capacity, serving] = [Infinity, Infinity];
    for (let step = first; step < last; step++) {
      rate += demand[step] ?? 0;
      failed += steps.failed[step] ?? 0;
      running += steps.running[step] ?? 0;
      use = Math.max(use, utilisationOf(outcome, demand, step));
      queued = Math.max(queued, steps.queued[step] ?? 0);
      desired = Math.max(desired, steps.desired[step] ?? 0);
      capacity = Math.min(capacity, steps.capacity[step] ?? 0);
      serving = Math.min(serving, steps.serving[step] ?? 0);
    }
    const length = last - first;
    series.timeSeconds.push(startSeconds + first * STEP);
    series.demandPerSecond.push(rate / length);
    series.capacityPerSecond.push(capacity);
    series.instances.push(serving);
    series.desired.push(desired);
    series.utilisation.push(use);
    series.queued.push(queued);
    series.errorsPerSecond.push(failed / length / STEP);
    series.costPerHour.push((running / length) * (hourly ?? 0));
  }
  return series;
}

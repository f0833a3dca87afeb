/** The scenarios of a trial: as planned, and with a loss at the worst time. */
import { type Outcome, runRates, STEP, type Trial } from "./rates";
import type { Scenario } from "./types";
import { isOver, worstStep } from "./verdict";

/** A kind of scenario. */
export type Kind = Scenario["kind"];

/** A trial and its result. */
export interface Ran {
  readonly kind: Kind;
  readonly trial: Trial;
  readonly outcome: Outcome;
}

/**
 * The kinds that apply to a group: the loss of a zone if it has several, and a loss at all if there is any demand.
 */
export function kindsOf({ fleet, demand }: Trial): Kind[] {
  if (!demand.some((rate) => rate > 0)) return ["planned"];
  return fleet.zones.length > 1 ? ["planned", "instanceLost", "zoneLost"] : ["planned", "instanceLost"];
}

/** Runs a trial in several kinds, `planned` first; the worst time is that of the planned run. */
export function runAll(trial: Trial, kinds: readonly Kind[]): Ran[] {
  const ran: Ran[] = [{ kind: "planned", trial, outcome: runRates(trial) }];
  for (const kind of kinds) if (kind !== "planned") ran.push(runFaulty(kind, trial, ran[0]?.outcome));
  return ran;
}

function runFaulty(kind: Exclude<Kind, "planned">, trial: Trial, planned: Outcome | undefined): Ran {
  const worst = planned === undefined ? 0 : worstStep(planned, trial.demand);
  const faulty = { ...trial, fault: { kind, timeSeconds: trial.startSeconds + worst * STEP } };
  return { kind, trial: faulty, outcome: runRates(faulty) };
}

/** Whether a trial is never over capacity, in any of the kinds. */
export function isCarried(trial: Trial, kinds: readonly Kind[]): boolean {
  const planned = runRates(trial);
  return (
    stepsOver(planned, trial.demand).length === 0 &&
    kinds.every(
      (kind) =>
        kind === "planned" || stepsOver(runFaulty(kind, trial, planned).outcome, trial.demand).length === 0,
    )
  );
}

/** The steps over capacity. */
export function stepsOver(outcome: Outcome, demand: Float64Array): number[] {
  const steps: number[] = [];
  for (let step = 0; step < demand.length; step++) if (isOver(outcome, demand, step)) steps.push(step);
  return steps;
}

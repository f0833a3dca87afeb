/**
 * The peak of a stack's groups: how they follow a demand, by their declared scaling settings, and the effect of
 * losing an instance or a zone. docs/peak.md describes what is simulated, and how accurate it is.
 */
import { costOf } from "../cost";
import { Graph } from "../cost/graph";
import { HOURS } from "../cost/prices";
import { NO_USAGE } from "../cost/usage";
import type { Resource } from "../engine/resource";
import { type Load, loadOf } from "./assumptions";
import { demandOf } from "./demand";
import { type Fleet, readFleets } from "./fleet";
import { plural, STEP, type Trial } from "./rates";
import { remediesOf } from "./remedies";
import { kindsOf, type Ran, runAll } from "./scenarios";
import type { Demand, FleetPeak, FleetVerdict, Peak, PeakOptions, Scenario } from "./types";
import { sizesAt, type Usual, usualDemand } from "./usual";
import { dayOf, seriesOf, verdictOf, worstStep } from "./verdict";
import { worstHourOf } from "./worst-hour";

export type * from "./types";
export { readAssumptions, refuseUnknownGroups } from "./assumptions";
export { readDemand } from "./demand";
export { type JsonPeak, remediesText, tellPeak, type ToldPeak } from "./told";

/**
 * Simulates the groups of a stack that receive requests; undefined if it has no Auto Scaling group.
 *
 * @param options - The known demand and load. @default derived from the stack
 */
export function simulatePeak(resources: readonly Resource[], options: PeakOptions = {}): Peak | undefined {
  const read = readFleets(new Graph(resources));
  if (read.length === 0) return undefined;
  const known = read.filter((one): one is Fleet => !("why" in one));
  const fleets = known.map((fleet) => simulateFleet(fleet, known, resources, options));
  return { fleets, notSimulated: read.flatMap((one) => ("why" in one ? one : [])) };
}

function simulateFleet(
  fleet: Fleet,
  all: readonly Fleet[],
  resources: readonly Resource[],
  options: PeakOptions,
): FleetPeak {
  const load = loadOf(fleet, options.assumptions ?? {});
  const { demand, told } =
    options.demand === undefined
      ? derivedDemand(fleet, all, options)
      : { demand: options.demand, told: sharedAmong(options.demand, fleet, all, load) };
  const trial: Trial = {
    fleet,
    load,
    startSeconds: demand.startSeconds,
    sizes: sizesAt(fleet, demand.startSeconds),
    demand: options.demand === undefined ? demand.perSecond : demandOf(demand, STEP, load.share),
  };
  const hourly = hourlyPrice(fleet, resources);
  const ran = runAll(trial, kindsOf(trial));
  const scenarios = ran.map((one) => scenarioOf(one, hourly));
  return {
    urn: fleet.urn,
    name: fleet.name,
    demandSource: demand.source,
    scenarios,
    remedies: remediesOf(ran, hourly),
    verdict: fleetVerdict(scenarios),
    assumptions: [...told, ...load.told, ...fleet.notSimulated],
  };
}

/** The demand that a group's sizes are made for; for proxies, the largest demand of the groups behind them. */
function derivedDemand(fleet: Fleet, all: readonly Fleet[], options: PeakOptions): Usual {
  const now = Math.floor((options.now ?? Date.now()) / 1000 / STEP) * STEP;
  const { groups = {} } = options.assumptions ?? {};
  const usual = (one: Fleet): Usual => usualDemand(one, loadOf(one, options.assumptions ?? {}), now);
  const isGiven = [fleet.name, fleet.urn].some((key) => groups[key]?.peakRequestsPerMinute !== undefined);
  const behind = isGiven ? [] : all.filter(({ fronts }) => fronts.includes(fleet.urn));
  // The blue and green groups of a release are behind the same proxies, and each can serve all requests.
  const [first] = behind
    .map((one) => ({ name: one.name, ...usual(one) }))
    .sort((a, b) => mostOf(b.demand) - mostOf(a.demand));
  if (first === undefined) return usual(fleet);
  const { name, demand } = first;
  return {
    demand: { ...demand, source: `derived from the sizes of ${name} behind it` },
    told: [
      `No demand is given. It passes its requests on to ${name}, and receives the demand assumed for that group.`,
    ],
  };
}

function mostOf({ perSecond }: Demand): number {
  return perSecond.reduce((a, b) => Math.max(a, b), 0);
}

/** A note that a group receives all of a demand, although other groups might share it. */
function sharedAmong({ source }: Demand, fleet: Fleet, all: readonly Fleet[], { share }: Load): string[] {
  const others = all.filter(
    (one) => one !== fleet && !one.fronts.includes(fleet.urn) && !fleet.fronts.includes(one.urn),
  );
  return others.length === 0 || share < 1
    ? []
    : [
        `It receives all requests of ${source}, and so does each of ${plural(others.length, "other group", "other groups")} of the stack: if they share the requests, set share in a load file.`,
      ];
}

function scenarioOf({ kind, trial, outcome }: Ran, hourly: number | undefined): Scenario {
  const titles = {
    planned: "as planned",
    instanceLost: "with an instance lost",
    zoneLost: `with zone ${outcome.lostZone} lost`,
  };
  const worst = worstStep(outcome, trial.demand);
  return {
    kind,
    title: titles[kind],
    series: seriesOf(trial, outcome, hourly),
    day: dayOf(trial, outcome, hourly, worst),
    events: outcome.events,
    verdict: verdictOf(trial, outcome, hourly),
    worstHour: worstHourOf(trial, outcome, worst),
  };
}

function fleetVerdict(scenarios: readonly Scenario[]): FleetVerdict {
  const short = scenarios.find(({ verdict }) => verdict.minutesOverCapacity > 0);
  if (short === undefined) {
    const lost = scenarios.some(({ kind }) => kind === "zoneLost") ? "an instance or a zone" : "an instance";
    const failed = Math.max(...scenarios.map(({ verdict }) => verdict.failed));
    const fails =
      failed === 0
        ? ""
        : `; until the loss is noticed, up to ${plural(failed, "request fails", "requests fail")}`;
    return {
      carries: "all",
      text:
        scenarios.length > 1
          ? `It carries the demand, even with ${lost} lost at the worst time${fails}.`
          : "It carries the demand.",
    };
  }
  if (short.kind === "planned") return { carries: "short", text: short.verdict.text };
  return {
    carries: "fragile",
    text: `It carries the demand if nothing fails; ${short.title} at the worst time: ${short.verdict.text}`,
  };
}

/** US dollars an hour for one more instance; undefined if its price isn't known. */
function hourlyPrice({ urn }: Fleet, resources: readonly Resource[]): number | undefined {
  const many = 1000;
  const monthly = (instances: number): number => {
    const { items } = costOf(resources, { ...NO_USAGE, resources: { [urn]: { instances } } });
    return items.filter((item) => item.urn === urn).reduce((sum, item) => sum + item.monthly, 0);
  };
  const price = (monthly(many) - monthly(0)) / many / HOURS;
  return price > 0 ? price : undefined;
}

/** A peak in words, and for machines. */
import { indent, type Style } from "../report/style";
import { round } from "./assumptions";
import type { FleetPeak, Peak, Remedy, Scenario, WorstHour } from "./types";

/** `--json`'s part on a peak: all of it but the columns. */
export interface JsonPeak extends Omit<Peak, "fleets"> {
  readonly fleets: readonly (Omit<FleetPeak, "scenarios"> & {
    readonly scenarios: readonly Omit<Scenario, "series" | "day">[];
  })[];
}

/** A peak for all reports. */
export interface ToldPeak {
  /** For a person on a screen; in full with all that was assumed. */
  text(style: Style, isFull: boolean): string;
  readonly json: JsonPeak;
}

/**
 * How a stack's groups carry their peak, in words.
 * @param peak - Undefined for a stack without groups.
 */
export function tellPeak(peak: Peak | undefined): ToldPeak {
  const { fleets = [], notSimulated = [] } = peak ?? {};
  return {
    text(style, isFull) {
      if (peak === undefined) return `${style.bold("Peak:")} the stack has no Auto Scaling group`;
      const left = notSimulated.map(({ name, why }) => `    ${name}: ${why}`);
      const more = isFull || fleets.length === 0 ? [] : ["    --tree tells what was assumed"];
      return [
        style.bold("Peak:"),
        ...fleets.map((fleet) => fleetText(fleet, style, isFull)),
        ...left,
        ...more,
      ].join("\n");
    },
    json: {
      notSimulated,
      fleets: fleets.map(({ scenarios, ...fleet }) => ({
        ...fleet,
        scenarios: scenarios.map(({ series: _, day: __, ...scenario }) => scenario),
      })),
    },
  };
}

function fleetText(fleet: FleetPeak, style: Style, isFull: boolean): string {
  const { name, scenarios, remedies, verdict, assumptions } = fleet;
  const sign = { all: style.green("✓"), fragile: style.yellow("!"), short: style.red("✗") }[verdict.carries];
  const lines = [
    `${sign} ${name}: ${demandText(fleet)}`,
    ...scenarios.map(
      ({ title, verdict: { text }, worstHour }) => `    ${title}: ${text}${hourText(worstHour)}`,
    ),
    ...remediesText(verdict.carries, remedies).map((line) => `    ${line}`),
    ...(isFull ? assumptions : []).map((assumption) => style.dim(`    ${assumption}`)),
  ];
  return indent(lines.join("\n"), 4);
}

function demandText({ demandSource, scenarios }: FleetPeak): string {
  const [planned] = scenarios;
  const most = Math.max(
    0,
    ...(planned?.day.demandPerSecond ?? []),
    ...(planned?.series.demandPerSecond ?? []),
  );
  return `up to ${round(60 * most)} requests a minute (${demandSource})`;
}

function hourText(hour: WorstHour | undefined): string {
  if (hour?.milliseconds === undefined) return "";
  const { p50, p95, p99 } = hour.milliseconds;
  const span = hour.seconds >= 3600 ? "hour" : `${Math.max(1, Math.round(hour.seconds / 60))} minutes`;
  return ` In the worst ${span} half of the requests take up to ${round(p50)} ms, 95 % ${round(p95)} ms, 99 % ${round(p99)} ms.`;
}

/** What each remedy alone does, the cheapest first. */
export function remediesText(
  carries: FleetPeak["verdict"]["carries"],
  remedies: readonly Remedy[],
): string[] {
  if (carries === "all") return [];
  if (remedies.length === 0) return ["No size and no earlier action alone mends it."];
  return remedies.map(({ what, mends, monthlyCost }) => {
    const cost =
      monthlyCost === undefined
        ? ""
        : ` (${monthlyCost < 0 ? "-" : "+"}$${round(Math.abs(monthlyCost))} a month)`;
    const much = { planned: ", but no loss", instanceLost: ", but not the loss of a zone", zoneLost: "" }[
      mends
    ];
    return `Fix: ${what}${cost}${much === "" ? "" : `: it mends the plan${much}`}`;
  });
}

/** Formats a peak as text, and for `--json`. */
import { indent, type Style } from "../report/style";
import { round } from "./assumptions";
import type { FleetPeak, Peak, Remedy, Scenario, WorstHour } from "./types";

/** The peak in `--json`: everything except the series. */
export interface JsonPeak extends Omit<Peak, "fleets"> {
  readonly fleets: readonly (Omit<FleetPeak, "scenarios"> & {
    readonly scenarios: readonly Omit<Scenario, "series" | "day">[];
  })[];
}

/** A peak for all reports. */
export interface ToldPeak {
  /** For a person at a screen; `isFull` adds the assumptions. */
  text(style: Style, isFull: boolean): string;
  readonly json: JsonPeak;
}

/**
 * Formats the peak of a stack's groups.
 * @param peak - Undefined for a stack without groups.
 */
export function tellPeak(peak: Peak | undefined): ToldPeak {
  const { fleets = [], notSimulated = [] } = peak ?? {};
  return {
    text(style, isFull) {
      if (peak === undefined) return `${style.bold("Peak:")} the stack has no Auto Scaling group`;
      const left = notSimulated.map(({ name, why }) => `    ${name}: ${why}`);
      const more = isFull || fleets.length === 0 ? [] : ["    --tree shows the assumptions"];
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
  return ` In the worst ${span} half of the requests take up to ${round(p50)} ms, 95 % up to ${round(p95)} ms, and 99 % up to ${round(p99)} ms.`;
}

/** The effect of each remedy on its own, the cheapest first. */
export function remediesText(
  carries: FleetPeak["verdict"]["carries"],
  remedies: readonly Remedy[],
): string[] {
  if (carries === "all") return [];
  if (remedies.length === 0) return ["No change of one size or schedule alone fixes it."];
  return remedies.map(({ what, mends, monthlyCost }) => {
    const cost =
      monthlyCost === undefined
        ? ""
        : ` (${monthlyCost < 0 ? "-" : "+"}$${round(Math.abs(monthlyCost))} a month)`;
    const much = { planned: ", but no loss", instanceLost: ", but not the loss of a zone", zoneLost: "" }[
      mends
    ];
    return `Fix: ${what}${cost}${much === "" ? "" : `: fixes the planned case${much}`}`;
  });
}

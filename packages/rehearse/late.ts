/** Modules that not every rehearsal needs: they are loaded on first use. */
import type { Options } from "./options";
import type { ToldPeak } from "./peak";
import type { Rehearsal } from "./rehearsal";
/** Computes and prints costs; it holds the price table. */
export function costModule() {
  return require("./cost/told") as typeof import("./cost/told");
}
/** Writes the comment for a pull request. */
export function markdownModule() {
  return require("./diff/markdown") as typeof import("./diff/markdown");
}
/** The peak of the groups of each stack, if the options ask for it; stacks whose rehearsal failed are left out. */
export function peaksOf(
  rehearsals: readonly Rehearsal[],
  { peak: known }: Options,
): Map<Rehearsal, ToldPeak> {
  const whole = rehearsals.filter(({ verdict }) => verdict !== "failed");
  if (known === undefined) return new Map();
  const peak = require("./peak") as typeof import("./peak");
  if (known.assumptions !== undefined && whole.length === rehearsals.length)
    peak.refuseUnknownGroups(
      known.assumptions,
      whole.flatMap(({ resources }) => resources),
    );
  const asked = { ...known, now: nowOf(process.env) };
  return new Map(whole.map((one) => [one, peak.tellPeak(peak.simulatePeak(one.resources, asked))]));
}

/** Writes the report of `--report`; a separate bundle. */
export function reportModule() {
  return require("./page") as typeof import("./page");
}

/**
 * Milliseconds since 1970 that the peak and a report take for now: `SOURCE_DATE_EPOCH` makes it the same every day.
 * @see https://reproducible-builds.org/specs/source-date-epoch/
 */
export function nowOf({ SOURCE_DATE_EPOCH: seconds }: NodeJS.ProcessEnv): number {
  return seconds !== undefined && /^\d{1,11}$/.test(seconds) ? Number(seconds) * 1000 : Date.now();
}

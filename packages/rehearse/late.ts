/** Modules that not every rehearsal needs: they are loaded on first use. */
import { RehearsalError } from "./errors";
import type { Options } from "./options";
import type { ReportInput } from "./page";
import type { ToldPeak } from "./peak";
import type { Rehearsal } from "./rehearsal";
/** Computes and prints costs; it holds the price table. */
/** What tells costs, with the price table: nothing waits for it. */
export function costModule() {
  return require("./cost/told") as typeof import("./cost/told");
}
/** Writes the comment for a pull request. */
/** What writes the comment for a pull request. */
export function markdownModule() {
  return require("./diff/markdown") as typeof import("./diff/markdown");
}
/** The peak of the groups of each stack, if the options ask for it; stacks whose rehearsal failed are left out. */
/** How the groups of each stack carry their peak, if that is asked for; of none whose rehearsal failed. */
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

/**
 * Writes a report, by a program of its own: nothing waits for it without `--report`.
 *
 * @returns what has to be said of it
 * @throws RehearsalError if the folder can't be written to
 */
export async function writeReport(folder: string, input: ReportInput): Promise<string[]> {
  const page = require("./page") as typeof import("./page");
  try {
    return await page.writeReport(folder, input);
  } catch (error) {
    const isOfTheSystem = error instanceof Error && "syscall" in error;
    throw isOfTheSystem ? new RehearsalError(`--report ${folder}: ${error.message}`) : error;
  }
}

/**
 * Milliseconds since 1970 that the peak and a report take for now: `SOURCE_DATE_EPOCH` makes it the same every day.
 * @see https://reproducible-builds.org/specs/source-date-epoch/
 */
export function nowOf({ SOURCE_DATE_EPOCH: seconds }: NodeJS.ProcessEnv): number {
  return seconds !== undefined && /^\d{1,11}$/.test(seconds) ? Number(seconds) * 1000 : Date.now();
}

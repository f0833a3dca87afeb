import { existsSync } from "node:fs";
import { join } from "node:path";

import { Linter } from "../../../test/support/cfn-lint";
import { ROOT } from "../../../test/support/rehearse";
import type { Outcome } from "./programs";

/** Maximum length of an error in the report, in characters: some errors quote long lists. */
const TOLD = 200;

/**
 * Errors that cfn-lint, an independent tool, reports for allowed programs, and not for the unchanged program.
 *
 * @returns undefined if cfn-lint isn't installed
 */
export function acceptedInSilence(outcomes: readonly Outcome[]): readonly string[] | undefined {
  if (!existsSync(join(ROOT, ".venv", "bin", "cfn-lint"))) return undefined;
  const linter = new Linter();
  const allowed = outcomes.filter(({ resources }) => resources.length > 0);
  const templates = new Map(
    allowed.map(({ resources }, index) => [`t${index}`, linter.templateOf(resources)]),
  );
  const errors = linter.errorsOf(templates);
  const known = new Set(
    allowed.flatMap(({ change }, index) => (change === "" ? (errors.get(`t${index}`) ?? []) : [])),
  );
  return allowed.flatMap(({ program, change, output }, index) => {
    const found = (errors.get(`t${index}`) ?? []).filter(
      // Skips templates that cfn-lint can't read, and errors for which a rule of ours gives advice.
      (error) =>
        !known.has(error) &&
        !error.startsWith("E0000") &&
        !(error.includes(" is not one of [") && output.includes(" api-enums ")),
    );
    const told = [...new Set(found)].map((error) =>
      error.length > TOLD ? `${error.slice(0, TOLD)}…` : error,
    );
    return told.length === 0 ? [] : [`${program}, ${change}: ${told.join("; ")}`];
  });
}

import { existsSync } from "node:fs";
import { join } from "node:path";

import { Linter } from "../../../test/support/cfn-lint";
import { ROOT } from "../../../test/support/rehearse";
import type { Outcome } from "./programs";

/** Characters of an error that are told: some quote long lists. */
const TOLD = 200;

/**
 * What cfn-lint, which none of us wrote, refuses of what was allowed, and doesn't refuse of the program unchanged.
 *
 * @returns undefined where it isn't installed
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
      // What it can't read is nothing that it refuses, and what a rule advises on isn't silent.
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

import { CliError } from "../cli/command";
import type { Check, Context } from "./check";
import { CHECKS } from "./checks";

/**
 * Checks the prerequisites of a stack's deployment, one after the other; a failed check doesn't stop the next.
 *
 * @param log - called with the line of each check, and the verdict
 * @returns the number of faults
 */
export async function examine(
  context: Context,
  log: (line: string) => void,
  checks: readonly Check[] = CHECKS,
): Promise<number> {
  let missing = 0;
  for (const { title, check } of checks) {
    const [sign, says] = await check(context).then(
      (told) => ["✓", told] as const,
      (error: unknown) => {
        if (!(error instanceof CliError)) throw error;
        missing++;
        return ["✗", error.message.replace(/\n\s*/g, "\n                  ")] as const;
      },
    );
    log(`${sign} ${title.padEnd(15)} ${says}`);
  }
  log(missing === 0 ? `\n${context.stack} can be deployed.` : `\nFix ${missing} first.`);
  return missing;
}

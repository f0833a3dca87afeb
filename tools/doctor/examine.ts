import { CliError } from "../cli/command";
import type { Check, Context } from "./check";
import { CHECKS } from "./checks";

/**
 * Checks what a deployment of a stack needs, one thing after the other: a failed check doesn't keep the next from its turn.
 *
 * @param log - told a line of each check, and the verdict
 * @returns how many things are missing
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
  log(missing === 0 ? `\n${context.stack} can be deployed.` : `\n${missing} to put right first.`);
  return missing;
}

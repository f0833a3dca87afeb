/** Bad usage, a bad stack file or bad configuration: nothing was run. Exit status 2. */
export class UsageError extends Error {}

/** The program or the policy pack failed, or was stopped. Exit status 3. */
export class RehearsalError extends Error {}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

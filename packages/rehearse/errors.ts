import { UsageError } from "./cli/command-line";

export { UsageError };

/** The program or the policy pack failed, or was stopped. Exit status 3. */
export class RehearsalError extends Error {}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Refuses a file or a setting for all of its faults at once; does nothing if there are none.
 * @param subject - What has the faults, for example `stack file Pulumi.dev.yaml`.
 * @throws UsageError with a line for each fault.
 */
export function refuseIfFaulty(subject: string, faults: readonly string[]): void {
  if (faults.length === 0) return;
  throw new UsageError(`${subject}:\n${faults.map((fault) => `  - ${fault}`).join("\n")}`);
}

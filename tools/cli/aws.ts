import { setTimeout as sleep } from "node:timers/promises";

import { CliError, run } from "./command";
import { explain, faultIn } from "./faults";

/** An AWS service, by its name in the AWS CLI, and the Region. */
export interface Service {
  readonly name: string;
  readonly region: string;
}

/** The most attempts of a request; the AWS CLI itself repeats each several times. */
const TRIES = 5;
const PATIENT = { AWS_RETRY_MODE: "standard", AWS_MAX_ATTEMPTS: "8" };

/**
 * Sends a request until there is an answer: it is repeated if it is throttled, cut off or garbled.
 *
 * @param member - a member that a valid answer has
 * @throws CliError if AWS doesn't answer, or not validly
 */
export async function ask<Answer>(
  service: Service,
  operation: string,
  input: object,
  member: keyof Answer & string,
): Promise<Answer> {
  for (let tried = 1; ; tried++) {
    const ended = await call(service, operation, input);
    try {
      if (ended.status === 0) return read<Answer>(ended.stdout, member);
      throw new CliError(explain(`aws ${service.name} ${operation}`, ended));
    } catch (error) {
      // Without credentials, another attempt doesn't help.
      if (tried === TRIES || (ended.status !== 0 && faultIn(ended) !== undefined)) throw error;
    }
    await sleep(2 ** (tried - 1) * 1000);
  }
}

/**
 * Sends a request once, because it isn't known whether a change without an answer took effect.
 *
 * @throws CliError if AWS refuses it, or doesn't answer
 */
export async function tell(service: Service, operation: string, input: object): Promise<string> {
  const ended = await call(service, operation, input);
  if (ended.status !== 0) throw new CliError(explain(`aws ${service.name} ${operation}`, ended));
  return ended.stdout;
}

const call = ({ name, region }: Service, operation: string, input: object) =>
  run(
    "aws",
    [name, operation, "--region", region, "--output", "json", "--cli-input-json", JSON.stringify(input)],
    { env: PATIENT },
  );

/** @throws CliError if an answer isn't JSON with that member */
export function read<Answer>(stdout: string, member: keyof Answer & string): Answer {
  try {
    const answer = JSON.parse(stdout) as Answer | null;
    if (answer?.[member] !== undefined) return answer;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new CliError(
    `the AWS CLI's answer can't be read: it has no ${member}.\n  got:    ${stdout.trim().slice(0, 200) || "nothing"}\n` +
      "  remedy: update the AWS CLI, and check whether AWS has an outage",
  );
}

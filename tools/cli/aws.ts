import { setTimeout as sleep } from "node:timers/promises";

import { CliError, run } from "./command";
import { explain, faultIn } from "./faults";

/** A service of AWS, as its command line names it, and where. */
export interface Service {
  readonly name: string;
  readonly region: string;
}

/** How often a question is asked before it counts as unanswered; the AWS CLI asks several times by itself. */
const TRIES = 5;
const PATIENT = { AWS_RETRY_MODE: "standard", AWS_MAX_ATTEMPTS: "8" };

/**
 * Asks until there is an answer: throttled, cut off or garbled, it is asked again.
 *
 * @param member - what an answer that can be read has
 * @throws CliError if AWS doesn't answer, or nothing that can be read
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
      // Without credentials, no later answer is a better one.
      if (tried === TRIES || (ended.status !== 0 && faultIn(ended) !== undefined)) throw error;
    }
    await sleep(2 ** (tried - 1) * 1000);
  }
}

/**
 * Says it once: whether a change whose answer got lost took effect, nobody knows.
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

/** @throws CliError if an answer is no JSON with that member */
export function read<Answer>(stdout: string, member: keyof Answer & string): Answer {
  try {
    const answer = JSON.parse(stdout) as Answer | null;
    if (answer?.[member] !== undefined) return answer;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new CliError(
    `the AWS CLI's answer can't be read: it has no ${member}.\n  got:    ${stdout.trim().slice(0, 200) || "nothing"}\n` +
      "  remedy: update the AWS CLI, and look whether AWS has an outage",
  );
}

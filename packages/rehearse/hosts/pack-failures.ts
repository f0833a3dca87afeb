import { type ServiceError, status } from "@grpc/grpc-js";
import { setTimeout } from "node:timers/promises";
import { RehearsalError } from "../errors";
import type { StartedPack } from "./pack-process";

/** Milliseconds that a process which broke its connection off has to be gone. */
const TO_END = 1_000;

/**
 * What to tell of a call that a pack didn't answer.
 *
 * @param about - what it was asked about, for example `the whole stack`
 * @param error - what gRPC says of it
 * @returns an error with gRPC's `code`
 */
export async function failureOf(pack: StartedPack, about: string, error: ServiceError): Promise<Error> {
  return Object.assign(await reasonOf(pack, about, error), { code: error.code });
}

async function reasonOf(
  { files, ended }: StartedPack,
  about: string,
  { code, details }: ServiceError,
): Promise<RehearsalError> {
  const pack = `policy pack ${files.label}`;
  if (code === status.DEADLINE_EXCEEDED) {
    return new RehearsalError(
      `${pack} gave no answer about ${about} in time and was stopped. ` +
        "If it only needs longer, give it more with --timeout SECONDS",
    );
  }
  if (code === status.RESOURCE_EXHAUSTED) {
    return new RehearsalError(
      `${pack} failed on ${about}: it is more than the policy SDK takes at once (${details}), under Pulumi's CLI, too. ` +
        "Keep large texts out of the resources' properties, or split the program into several stacks",
    );
  }
  const end = code === status.UNAVAILABLE ? await Promise.race([ended, setTimeout(TO_END)]) : undefined;
  if (end === undefined) return new RehearsalError(`${pack} failed on ${about}: ${details}`);
  return end.errors.includes("heap out of memory")
    ? new RehearsalError(
        `${pack} ran out of memory on ${about}. Give it more, for example with NODE_OPTIONS=--max-old-space-size=8192, ` +
          "which is in MiB, or split the program into several stacks",
      )
    : new RehearsalError(`${pack} ended with status ${end.status} when it was asked about ${about}`, {
        cause: end.errors,
      });
}

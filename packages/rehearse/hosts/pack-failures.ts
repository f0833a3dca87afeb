import { type ServiceError, status } from "@grpc/grpc-js";
import { setTimeout } from "node:timers/promises";
import { RehearsalError } from "../errors";
import { howItEnded } from "./child";
import type { StartedPack } from "./pack-process";

/** Milliseconds within which a process must end after it closed its connection. */
const TO_END = 1_000;

/**
 * The error for a call that a pack didn't answer.
 *
 * @param about - the subject of the call, for example `the whole stack`
 * @param error - gRPC's error
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
        "If it only needs more time, set --timeout SECONDS",
    );
  }
  if (code === status.RESOURCE_EXHAUSTED) {
    return new RehearsalError(
      `${pack} failed on ${about}: the request is larger than the policy SDK accepts (${details}), also under Pulumi's CLI. ` +
        "Keep large texts out of the resources' properties, or split the program into several stacks",
    );
  }
  const end = code === status.UNAVAILABLE ? await Promise.race([ended, setTimeout(TO_END)]) : undefined;
  if (end === undefined) return new RehearsalError(`${pack} failed on ${about}: ${details}`);
  return end.errors.includes("heap out of memory")
    ? new RehearsalError(
        `${pack} ran out of memory on ${about}. Increase its limit, for example with NODE_OPTIONS=--max-old-space-size=8192, ` +
          "which is in MiB, or split the program into several stacks",
      )
    : new RehearsalError(`${pack} ${howItEnded(end.status)} when it was asked about ${about}`, {
        cause: end.errors,
      });
}

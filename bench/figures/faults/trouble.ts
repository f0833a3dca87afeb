import { CreateResponse, UpdateResponse } from "@pulumi/pulumi/proto/provider_pb";
import { setTimeout as sleep } from "node:timers/promises";

import { type Around, type Call, InitFailed } from "../../../test/support/trouble";

/**
 * Milliseconds without a new call after which the failing calls are answered. Until then, all calls that can be pending
 * are.
 */
const QUIET = 2000;

/** How a call fails: the error text of AWS and of the AWS provider. */
interface Failure {
  readonly says: string;
  /** Whether AWS has carried it out. */
  readonly isDone: boolean;
}

/** Calls without effect: refused, throttled, or for something that AWS doesn't know everywhere yet. */
const REFUSED: readonly Failure[] = [
  { says: "ThrottlingException: Rate exceeded", isDone: false },
  {
    says: "InvalidParameterValue: The role defined for the function cannot be assumed by Lambda.",
    isDone: false,
  },
  { says: "ValidationError: Invalid IAM Instance Profile name", isDone: false },
  { says: "InternalError: An internal error has occurred. Please try again", isDone: false },
];
/** A call with effect: AWS has created the resource, but it isn't ready in time. */
const LATE: Failure = {
  says: "timeout while waiting for state to become 'available' (last state: 'pending', timeout: 10m0s)",
  isDone: true,
};

/** A failure that occurred in a run. */
export interface Met {
  readonly call: Call;
  readonly says: string;
}

/**
 * A simulated AWS in which each call fails the first time, or at which the engine is killed, with a list of the
 * existing resources.
 */
export class Trouble {
  /** The number of resources in AWS with each URN. */
  readonly existing = new Map<string, number>();
  /** Failures since {@link begin}. */
  met: Met[] = [];
  /** Calls since {@link begin}. */
  calls: Call[] = [];
  /** Called at each call; if it returns true, the call is never answered. @default nothing */
  killAt: ((call: Call, index: number) => boolean) | undefined;
  /** Whether calls fail the first time. */
  isFailing = false;
  private readonly failed = new Set<string>();
  /** Resources that AWS deleted without the engine's knowledge: the engine deletes them again. */
  private readonly gone = new Set<string>();
  private last = 0;

  /** Starts a run. */
  begin(): void {
    [this.met, this.calls] = [[], []];
  }

  /** Starts a phase: each call may fail once more. */
  forget(): void {
    this.failed.clear();
  }

  readonly around: Around = async (call, act) => {
    this.last = performance.now();
    const index = this.calls.push(call) - 1;
    if (this.killAt?.(call, index) === true) {
      // AWS carries out half of the calls before the engine dies, and the engine doesn't learn of it.
      if (index % 2 === 0) this.done(call, act);
      return new Promise(() => undefined);
    }
    const key = `${call.op} ${call.urn}`;
    if (!this.isFailing || this.failed.has(key)) return this.done(call, act);
    this.failed.add(key);
    const kinds = [...REFUSED, LATE, LATE];
    const failure = kinds[this.failed.size % kinds.length] ?? LATE;
    const answer = failure.isDone ? this.done(call, act) : undefined;
    if (failure.isDone && call.op === "delete") this.gone.add(`${call.urn} ${call.id}`);
    while (performance.now() - this.last < QUIET) await sleep(100);
    this.met.push({ call, says: failure.says });
    if (answer instanceof CreateResponse || answer instanceof UpdateResponse)
      throw new InitFailed(failure.says, answer);
    throw new Error(failure.says);
  };

  private done<Answer>({ op, urn, id }: Call, act: () => Answer): Answer {
    const number = this.existing.get(urn) ?? 0;
    // The provider treats the deletion of a resource that no longer exists as a success.
    const isGone = op === "delete" && this.gone.delete(`${urn} ${id}`);
    if (op !== "update" && !isGone) this.existing.set(urn, Math.max(0, number + (op === "create" ? 1 : -1)));
    return act();
  }
}

import { nameOf } from "../../../packages/rehearse/engine/urn";
import { pathOf } from "../../../test/support/programs";
import { ROOT } from "../../../test/support/rehearse";
import { withTrueEngine } from "../../../test/support/true-engine";
import { type Measurement, NotMeasured } from "../part";
import { Stack } from "./stack";
import { Trouble } from "./trouble";

/** Time limit of a CLI run, in seconds. */
const TIMEOUT_SECONDS = 400;

/** The operations on the stack, in order. */
export const PHASES: readonly Phase[] = [
  { name: "create", what: "up", changes: {} },
  {
    name: "change",
    what: "up",
    // Updates everything that has tags; replaces a certificate, records, subnets and the resources in them.
    changes: {
      "web-store:tags": { CostCenter: "4711" },
      "web-store:domainName": "new.store.example.com",
      "web-store:certificate": { keyAlgorithm: "EC_prime256v1" },
      "web-store:network": { availabilityZones: ["eu-west-1b", "eu-west-1c"], natGateways: "single" },
    },
  },
  { name: "destroy", what: "destroy", changes: undefined },
];

/** An operation on the stack. */
export interface Phase {
  readonly name: string;
  readonly what: "up" | "destroy";
  /** The differences from Pulumi.dev.yaml; undefined for no change. */
  readonly changes: object | undefined;
}

/** A stack whose calls fail, and the results. */
export interface Trial {
  readonly stack: Stack;
  readonly trouble: Trouble;
  readonly log: Measurement["log"];
  readonly signal: AbortSignal;
  readonly faults: string[];
  /** The URNs of resources that the program retains: they stay in AWS after they are replaced or deleted. */
  readonly retained: Set<string>;
}

/**
 * Records the resources that exist in AWS and not in the state, and vice versa, after a phase.
 *
 * @returns the number of these resources
 */
export async function noteDifference(
  { stack, trouble, retained, faults }: Trial,
  phase: string,
): Promise<number> {
  const { kept, ...state } = await stack.state();
  for (const urn of state.retained) retained.add(urn);
  const urns = [...new Set([...kept.keys(), ...trouble.existing.keys()])];
  const surplus = (urn: string): number => (trouble.existing.get(urn) ?? 0) - (kept.get(urn) ?? 0);
  const orphans = urns.filter((urn) => surplus(urn) > 0 && !retained.has(urn));
  const missing = urns.filter((urn) => surplus(urn) < 0);
  faults.push(...orphans.map((urn) => `${phase}: ${nameOf(urn)} exists in AWS more often than in the state`));
  faults.push(...missing.map((urn) => `${phase}: ${nameOf(urn)} is in the state, and not in AWS`));
  return orphans.length + missing.length;
}

/** Runs a trial on a new stack. */
export function onStack<Result>(
  run: Omit<Measurement, "count">,
  use: (trial: Trial) => Promise<Result>,
): Promise<Result> {
  if (pathOf("pulumi") === undefined) throw new NotMeasured("the Pulumi CLI isn't on PATH");
  const trouble = new Trouble();
  const options = { program: ROOT, around: trouble.around, timeoutSeconds: TIMEOUT_SECONDS };
  return withTrueEngine(options, async (pulumi, folder, env) => {
    const stack = await Stack.create(pulumi, folder, env);
    return use({ stack, trouble, log: run.log, signal: run.signal, faults: [], retained: new Set() });
  });
}

/** Applies a phase's changes, and unprotects the resources before the stack is destroyed. */
export async function prepare(
  stack: Stack,
  what: "up" | "destroy",
  changes: object | undefined,
): Promise<void> {
  if (changes !== undefined) await stack.configure(changes);
  if (what === "destroy") await stack.unprotect();
}

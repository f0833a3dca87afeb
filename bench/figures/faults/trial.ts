import { nameOf } from "../../../packages/rehearse/engine/urn";
import { pathOf } from "../../../test/support/programs";
import { ROOT } from "../../../test/support/rehearse";
import { withTrueEngine } from "../../../test/support/true-engine";
import { type Measurement, NotMeasured } from "../part";
import { Stack } from "./stack";
import { Trouble } from "./trouble";

/** Seconds that the CLI gets for a run. */
const TIMEOUT_SECONDS = 400;

/** What is done to the stack, one after the other. */
export const PHASES: readonly Phase[] = [
  { name: "create", what: "up", changes: {} },
  {
    name: "change",
    what: "up",
    // All that has tags is updated; a certificate, records, subnets and what is in them are replaced.
    changes: {
      "web-store:tags": { CostCenter: "4711" },
      "web-store:domainName": "new.store.example.com",
      "web-store:certificate": { keyAlgorithm: "EC_prime256v1" },
      "web-store:network": { availabilityZones: ["eu-west-1b", "eu-west-1c"], natGateways: "single" },
    },
  },
  { name: "destroy", what: "destroy", changes: undefined },
];

/** Something that is done to the stack. */
export interface Phase {
  readonly name: string;
  readonly what: "up" | "destroy";
  /** What differs from Pulumi.dev.yaml; undefined for no change. */
  readonly changes: object | undefined;
}

/** A stack in trouble, and what has come of it. */
export interface Trial {
  readonly stack: Stack;
  readonly trouble: Trouble;
  readonly log: Measurement["log"];
  readonly signal: AbortSignal;
  readonly faults: string[];
  /** URNs of what the program retains: it stays at AWS when it is replaced or deleted. */
  readonly retained: Set<string>;
}

/**
 * Notes what there is at AWS and not in the state, and the other way round, after a phase.
 *
 * @returns how many resources that are
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
  faults.push(...orphans.map((urn) => `${phase}: ${nameOf(urn)} is at AWS more often than in the state`));
  faults.push(...missing.map((urn) => `${phase}: ${nameOf(urn)} is in the state, and not at AWS`));
  return orphans.length + missing.length;
}

/** Makes the same trial for a stack of its own. */
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

/** Sets a phase's changes, and lets go of what is protected before all is destroyed. */
export async function prepare(
  stack: Stack,
  what: "up" | "destroy",
  changes: object | undefined,
): Promise<void> {
  if (changes !== undefined) await stack.configure(changes);
  if (what === "destroy") await stack.unprotect();
}

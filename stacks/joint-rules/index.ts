import { balancingRules } from "./balancing";
import { fleetRules } from "./fleet";
import { namesRules } from "./names";
import { networkRules } from "./network";
import type { JointFault, Known } from "./rule";

const RULES = [...namesRules, ...networkRules, ...balancingRules, ...fleetRules];

/**
 * The faults of settings that are each allowed, but not together. A setting with a fault of its own is left
 * out.
 */
export function jointFaults(settings: Known): JointFault[] {
  return RULES.flatMap((rule) => rule(settings));
}

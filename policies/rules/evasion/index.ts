import type { Rule } from "../../rule";
import { acceleratorEndpoints, stackEndpoints } from "./accelerators";
import { otherRoutes, unknownTargets } from "./other-routes";
import { ingressClasses, unjudgedLoadBalancers } from "./unjudged-load-balancers";

/** The rules against creating resources in ways that the other rules cannot see. */
export const evasionRules: readonly Rule[] = [
  otherRoutes,
  unknownTargets,
  unjudgedLoadBalancers,
  ingressClasses,
  acceleratorEndpoints,
  stackEndpoints,
];

import type { Rule } from "../../rule";
import { acceleratorEndpoints, stackEndpoints } from "./accelerators";
import { otherRoutes, unknownTargets } from "./other-routes";
import { ingressClasses, unjudgedLoadBalancers } from "./unjudged-load-balancers";

/** What keeps other routes to the same thing from passing unjudged. */
export const evasionRules: readonly Rule[] = [
  otherRoutes,
  unknownTargets,
  unjudgedLoadBalancers,
  ingressClasses,
  acceleratorEndpoints,
  stackEndpoints,
];

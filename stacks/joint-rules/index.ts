import { applicationRules } from "./application";
import { balancingRules } from "./balancing";
import { blueGreenRules } from "./blue-green";
import { calendarRules } from "./calendar";
import { edgeRules } from "./edge";
import { fleetRules } from "./fleet";
import { monitoringRules } from "./monitoring";
import { namesRules } from "./names";
import { networkRules } from "./network";
import { proxyRules } from "./proxy";
import { routesRules } from "./routes";
import type { JointFault, Known } from "./rule";
import { taggingRules } from "./tagging";
import { trafficRules } from "./traffic";

const RULES = [
  ...namesRules,
  ...networkRules,
  ...balancingRules,
  ...trafficRules,
  ...proxyRules,
  ...routesRules,
  ...fleetRules,
  ...applicationRules,
  ...taggingRules,
  ...calendarRules,
  ...blueGreenRules,
  ...edgeRules,
  ...monitoringRules,
];

/**
 * The faults of settings that are each allowed, but not together. A setting with a fault of its own is left
 * out.
 */
export function jointFaults(settings: Known): JointFault[] {
  return RULES.flatMap((rule) => rule(settings));
}

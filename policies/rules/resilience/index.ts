import type { Rule } from "../../rule";
import { balancerZones } from "./balancer-zones";
import { deletionProtection } from "./deletion-protection";
import { groupZones, groupZonesStack } from "./group-zones";
import { launchTemplates } from "./launch-templates";
import { onDemandBase } from "./on-demand-base";
import { peakCapacity } from "./peak-capacity";
import { refreshRollback } from "./refresh-rollback";
import { severalInstanceTypes } from "./several-instance-types";

/** The rules for serving on when an instance or a zone is lost. */
export const resilienceRules: readonly Rule[] = [
  balancerZones,
  groupZones,
  groupZonesStack,
  severalInstanceTypes,
  onDemandBase,
  launchTemplates,
  peakCapacity,
  refreshRollback,
  deletionProtection,
];

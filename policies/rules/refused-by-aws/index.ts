import type { Rule } from "../../rule";
import { apiConstraints, apiEnums } from "./api-constraints";
import { apiProse } from "./api-prose";
import { autoRollback, autoRollbackStack } from "./auto-rollback";
import { autoScalingSizes } from "./auto-scaling-sizes";
import { balancerLimits } from "./balancer-limits";
import { balancerSubnets, balancerSubnetsStack } from "./balancer-subnets";
import { certificateRegion } from "./certificate-region";
import { cidrSizes } from "./cidr-sizes";
import { cidrOverlaps } from "./cidr-overlaps";
import { healthyPercentages } from "./healthy-percentages";
import { listenerActions } from "./listener-actions";
import { listenerPorts } from "./listener-ports";
import { loadBalancingNames } from "./load-balancing-names";
import { logBucket } from "./log-bucket";
import { ruleConditions } from "./rule-conditions";
import { rulePriorities, rulePrioritiesStack } from "./rule-priorities";
import { sameVpc } from "./same-vpc";
import { schedules } from "./schedules";
import { targetGroupLimits } from "./target-group-limits";

/** What AWS itself would refuse, ten minutes into a deployment. */
export const refusedByAwsRules: readonly Rule[] = [
  loadBalancingNames,
  balancerSubnets,
  balancerSubnetsStack,
  balancerLimits,
  targetGroupLimits,
  listenerActions,
  listenerPorts,
  ruleConditions,
  rulePriorities,
  rulePrioritiesStack,
  autoScalingSizes,
  healthyPercentages,
  schedules,
  autoRollback,
  autoRollbackStack,
  sameVpc,
  certificateRegion,
  cidrOverlaps,
  cidrSizes,
  logBucket,
  apiConstraints,
  apiEnums,
  apiProse,
];

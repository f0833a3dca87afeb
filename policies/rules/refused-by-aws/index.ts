import type { Rule } from "../../rule";
import { apiConstraints, apiEnums } from "./api-constraints";
import { apiProse } from "./api-prose";
import { autoRollback, autoRollbackStack } from "./auto-rollback";
import { autoScalingSizes } from "./auto-scaling-sizes";
import { balancerLimits } from "./balancer-limits";
import { balancerSubnets, balancerSubnetsStack } from "./balancer-subnets";
import { cidrSizes } from "./cidr-sizes";
import { cidrOverlaps } from "./cidr-overlaps";
import { healthyPercentages } from "./healthy-percentages";
import { listenerActions } from "./listener-actions";
import { loadBalancingNames } from "./load-balancing-names";
import { logBucket } from "./log-bucket";
import { ruleConditions } from "./rule-conditions";
import { relations } from "./relations";
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
  ruleConditions,
  autoScalingSizes,
  healthyPercentages,
  schedules,
  autoRollback,
  autoRollbackStack,
  relations,
  sameVpc,
  cidrOverlaps,
  cidrSizes,
  logBucket,
  apiConstraints,
  apiEnums,
  apiProse,
];

// The group sees which instances are unhealthy, and is told not to replace them; AWS takes the name in any case.
import { fleet, launchTemplate } from "../../fleet";
import { network, targets } from "../../parts";

const { vpc, subnetIds } = network();
fleet(launchTemplate(), subnetIds, {
  targetGroupArns: [targets(vpc.id, { targetType: "instance" }).arn],
  healthCheckType: "ELB",
  healthCheckGracePeriod: 300,
  suspendedProcesses: ["AZRebalance", "replaceunhealthy"],
});

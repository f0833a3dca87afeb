// The group acts on health checks: a week after the boot.
import { fleet, launchTemplate } from "../../fleet";
import { network, targets } from "../../parts";

const { vpc, subnetIds } = network();
fleet(launchTemplate(), subnetIds, {
  targetGroupArns: [targets(vpc.id, { targetType: "instance" }).arn],
  healthCheckType: "ELB",
  healthCheckGracePeriod: 604_800,
});

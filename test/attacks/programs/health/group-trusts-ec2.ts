// An instance that runs counts as healthy, whatever its target group says.
import { fleet, launchTemplate } from "../../fleet";
import { network, targets } from "../../parts";

const { vpc, subnetIds } = network();
fleet(launchTemplate(), subnetIds, {
  targetGroupArns: [targets(vpc.id, { targetType: "instance" }).arn],
  healthCheckType: "EC2",
  healthCheckGracePeriod: 300,
});

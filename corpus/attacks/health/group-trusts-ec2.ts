// A running instance counts as healthy, whatever its target group reports.
import type { Expected } from "../../attack";
import { fleet, launchTemplate } from "../../fleet";
import { network, targets } from "../../parts";

export const expected: Expected = {
  rule: "target-group-health",
  says: /healthCheckType is "EC2"; it must be "ELB"/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  fleet(launchTemplate(), subnetIds, {
    targetGroupArns: [targets(vpc.id, { targetType: "instance" }).arn],
    healthCheckType: mended ? "ELB" : "EC2",
    healthCheckGracePeriod: 300,
  });
}

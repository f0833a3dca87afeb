// The group ignores health checks for a week after the boot.
import type { Expected } from "../../attack";
import { fleet, launchTemplate } from "../../fleet";
import { network, targets } from "../../parts";

export const expected: Expected = { rule: "target-group-health", says: /healthCheckGracePeriod is 604800/ };

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  fleet(launchTemplate(), subnetIds, {
    targetGroupArns: [targets(vpc.id, { targetType: "instance" }).arn],
    healthCheckType: "ELB",
    healthCheckGracePeriod: mended ? 300 : 604_800,
  });
}

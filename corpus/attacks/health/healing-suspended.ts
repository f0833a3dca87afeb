// The group finds unhealthy instances, but may not replace them; AWS accepts the process name in any case.
import type { Expected } from "../../attack";
import { fleet, launchTemplate } from "../../fleet";
import { network, targets } from "../../parts";

export const expected: Expected = {
  rule: "suspended-processes",
  says: /suspendedProcesses\[1\] is "replaceunhealthy"/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  fleet(launchTemplate(), subnetIds, {
    targetGroupArns: [targets(vpc.id, { targetType: "instance" }).arn],
    healthCheckType: "ELB",
    healthCheckGracePeriod: 300,
    suspendedProcesses: ["AZRebalance", ...(mended ? [] : ["replaceunhealthy"])],
  });
}

// Sources of type vpc-lattice pass, as VPC Lattice checks health itself; this is a load balancer's target group.
import type { Expected } from "../../attack";
import { fleet, launchTemplate } from "../../fleet";
import { network, targets } from "../../parts";

export const expected: Expected = {
  rule: "target-group-health-stack",
  says: /Attached to "shop": healthCheckType is "EC2"/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  fleet(launchTemplate(), subnetIds, {
    trafficSources: [{ type: "vpc-lattice", identifier: targets(vpc.id, { targetType: "instance" }).arn }],
    healthCheckType: mended ? "ELB" : "EC2",
    healthCheckGracePeriod: 300,
  });
}

// VPC Lattice checks health by itself, so such sources pass; this one is a load balancer's target group.
import { fleet, launchTemplate } from "../../fleet";
import { network, targets } from "../../parts";

const { vpc, subnetIds } = network();
fleet(launchTemplate(), subnetIds, {
  trafficSources: [{ type: "vpc-lattice", identifier: targets(vpc.id, { targetType: "instance" }).arn }],
  healthCheckType: "EC2",
  healthCheckGracePeriod: 300,
});

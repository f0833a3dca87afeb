// HTTPS from the world is allowed, for load balancers. Here it leads past the load balancer.
import { allow, behind, fleet, launchTemplate, privateSubnets, securityGroup } from "../../fleet";
import { network, targets } from "../../parts";

const { vpc } = network();
const group = securityGroup("instances", vpc.id);
allow("https", group, 443, { cidrIpv4: "0.0.0.0/0" });
fleet(
  launchTemplate({ vpcSecurityGroupIds: [group.id] }),
  privateSubnets(vpc.id).map(({ id }) => id),
  behind(targets(vpc.id, { targetType: "instance" })),
);

// HTTPS from the world is allowed for load balancers; here it bypasses the load balancer.
import type { Expected } from "../../attack";
import { allow, behind, fleet, launchTemplate, privateSubnets, securityGroup } from "../../fleet";
import { network, targets } from "../../parts";

export const expected: Expected = {
  rule: "instances-from-balancer",
  says: /lets the world in, and instances of "shop" behind an Application Load Balancer use it/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  const group = securityGroup("instances", vpc.id);
  allow("https", group, 443, { cidrIpv4: mended ? "10.0.0.0/16" : "0.0.0.0/0" });
  fleet(
    launchTemplate({ vpcSecurityGroupIds: [group.id] }),
    privateSubnets(vpc.id).map(({ id }) => id),
    behind(targets(vpc.id, { targetType: "instance" })),
  );
}

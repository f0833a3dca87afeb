// Each of the two groups opens a network that might be the owner's; instances are in both.
import type { Expected } from "../../attack";
import { allow, behind, fleet, launchTemplate, privateSubnets, securityGroup } from "../../fleet";
import { network, targets } from "../../parts";

export const expected: Expected = {
  rule: "instances-from-balancer",
  says: /"instances-[01]" and "instances-[01]" together let the world in/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  const blocks = mended ? ["10.0.0.0/24", "10.0.1.0/24"] : ["34.240.0.0/16", "52.208.0.0/16"];
  const groups = blocks.map((cidrIpv4, index) => {
    const group = securityGroup(`instances-${index}`, vpc.id);
    allow(`https-${index}`, group, 443, { cidrIpv4 });
    return group.id;
  });
  fleet(
    launchTemplate({ networkInterfaces: [{ deviceIndex: 0, securityGroups: groups }] }),
    privateSubnets(vpc.id).map(({ id }) => id),
    behind(targets(vpc.id, { targetType: "instance" })),
  );
}

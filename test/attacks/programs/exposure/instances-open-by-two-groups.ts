// Each of the two groups opens a network that might be one's own; instances are in both.
import { allow, behind, fleet, launchTemplate, privateSubnets, securityGroup } from "../../fleet";
import { network, targets } from "../../parts";

const { vpc } = network();
const groups = ["34.240.0.0/16", "52.208.0.0/16"].map((cidrIpv4, index) => {
  const group = securityGroup(`instances-${index}`, vpc.id);
  allow(`https-${index}`, group, 443, { cidrIpv4 });
  return group.id;
});
fleet(
  launchTemplate({ networkInterfaces: [{ deviceIndex: 0, securityGroups: groups }] }),
  privateSubnets(vpc.id).map(({ id }) => id),
  behind(targets(vpc.id, { targetType: "instance" })),
);

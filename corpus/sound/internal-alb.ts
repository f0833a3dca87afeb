// An internal load balancer for other services in the VPC, which have private addresses.
import * as aws from "@pulumi/aws";
import { allow, privateSubnets, securityGroup } from "../fleet";
import { balancer, httpsListener, network, targets } from "../parts";
import { logs, watch, watchTargets } from "../strict";

const { vpc } = network();
const door = securityGroup("balancer", vpc.id);
allow("https", door, 443, { cidrIpv4: "10.0.0.0/16" });
const loadBalancer = balancer(
  privateSubnets(vpc.id).map(({ id }) => id),
  { internal: true, securityGroups: [door.id], ...logs },
);
const targetGroup = targets(vpc.id);
watch(loadBalancer);
watchTargets(loadBalancer, targetGroup);
new aws.lb.Listener("https", {
  ...httpsListener(loadBalancer.arn),
  defaultActions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
});

/** A public front door for compliant programs: a load balancer with both listeners, before one target group. */
import * as aws from "@pulumi/aws";
import { allow, privateSubnets, securityGroup } from "./fleet";
import { balancer, httpsListener, network, targets, toHttps } from "./parts";
import { logs, watch, watchTargets } from "./strict";

/** Network, load balancer and target group, with security groups that refer to each other. */
export function front(args: Partial<aws.lb.TargetGroupArgs> = {}) {
  const { vpc, subnetIds } = network();
  const door = securityGroup("balancer", vpc.id);
  allow("https", door, 443, { cidrIpv4: "0.0.0.0/0" });
  allow("http", door, 80, { cidrIpv4: "0.0.0.0/0" });
  const behindIt = securityGroup("targets", vpc.id);
  allow("from-balancer", behindIt, 8080, { referencedSecurityGroupId: door.id });
  const loadBalancer = balancer(subnetIds, { securityGroups: [door.id], ...logs });
  watch(loadBalancer);
  const targetGroup = targets(vpc.id, args);
  watchTargets(loadBalancer, targetGroup);
  const https = new aws.lb.Listener("https", {
    ...httpsListener(loadBalancer.arn),
    defaultActions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
  });
  new aws.lb.Listener("http", {
    loadBalancerArn: loadBalancer.arn,
    protocol: "HTTP",
    port: 80,
    defaultActions: [toHttps],
  });
  const instances = privateSubnets(vpc.id);
  return { vpc, subnetIds, loadBalancer, targetGroup, https, door, behindIt, privateSubnets: instances };
}

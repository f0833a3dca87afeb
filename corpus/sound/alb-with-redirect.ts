// A public load balancer with its two listeners, in front of containers.
import * as aws from "@pulumi/aws";
import { balancer, httpsListener, network, targets, toHttps } from "../parts";
import { logs, watch, watchTargets } from "../strict";

const { vpc, subnetIds } = network();
const shop = balancer(subnetIds, logs);
const { arn } = shop;
const group = targets(vpc.id);
watch(shop);
watchTargets(shop, group);
new aws.lb.Listener("https", {
  ...httpsListener(arn),
  defaultActions: [{ type: "forward", targetGroupArn: group.arn }],
});
new aws.lb.Listener("http", { loadBalancerArn: arn, protocol: "HTTP", port: 80, defaultActions: [toHttps] });

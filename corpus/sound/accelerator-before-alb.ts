// Global Accelerator forwards connections to a load balancer, which terminates TLS.
import * as aws from "@pulumi/aws";
import { balancer, httpsListener, network, targets, toHttps } from "../parts";
import { logs, watch, watchTargets } from "../strict";

const { vpc, subnetIds } = network();
const shop = balancer(subnetIds, logs);
const group = targets(vpc.id);
watch(shop);
watchTargets(shop, group);
new aws.lb.Listener("https", {
  ...httpsListener(shop.arn),
  defaultActions: [{ type: "forward", targetGroupArn: group.arn }],
});
new aws.lb.Listener("http", {
  loadBalancerArn: shop.arn,
  protocol: "HTTP",
  port: 80,
  defaultActions: [toHttps],
});
const listener = new aws.globalaccelerator.Listener("web", {
  acceleratorArn: new aws.globalaccelerator.Accelerator("shop", { enabled: true }).arn,
  protocol: "TCP",
  portRanges: [443, 80].map((port) => ({ fromPort: port, toPort: port })),
});
new aws.globalaccelerator.EndpointGroup("shop", {
  listenerArn: listener.arn,
  endpointConfigurations: [{ endpointId: shop.arn, clientIpPreservationEnabled: true, weight: 100 }],
});

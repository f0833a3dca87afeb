// A public load balancer with its two listeners, in front of containers.
import * as aws from "@pulumi/aws";
import { balancer, httpsListener, network, targets, toHttps } from "../parts";

const { vpc, subnetIds } = network();
const { arn } = balancer(subnetIds);
new aws.lb.Listener("https", {
  ...httpsListener(arn),
  defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
});
new aws.lb.Listener("http", { loadBalancerArn: arn, protocol: "HTTP", port: 80, defaultActions: [toHttps] });

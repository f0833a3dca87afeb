// The listener redirects, but a rule of priority 1 comes before it and serves the whole shop in clear text.
import * as aws from "@pulumi/aws";
import { balancer, network, targets, toHttps } from "../../parts";

const { vpc, subnetIds } = network();
const http = new aws.lb.Listener("http", {
  loadBalancerArn: balancer(subnetIds).arn,
  protocol: "HTTP",
  port: 80,
  defaultActions: [toHttps],
});
new aws.lb.ListenerRule("everything", {
  listenerArn: http.arn,
  priority: 1,
  conditions: [{ pathPattern: { values: ["/*"] } }],
  actions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
});

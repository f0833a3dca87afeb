// The listener is fetched again under another name; policies see no resource that is only read.
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
  listenerArn: aws.lb.Listener.get("again", http.id).arn,
  priority: 1,
  conditions: [{ pathPattern: { values: ["/*"] } }],
  actions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
});

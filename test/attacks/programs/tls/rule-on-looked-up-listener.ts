// The rule's listener is looked up by its port, so that nothing leads from the rule to the listener.
import * as aws from "@pulumi/aws";
import { balancer, network, targets, toHttps } from "../../parts";

const { vpc, subnetIds } = network();
const loadBalancerArn = balancer(subnetIds).arn;
const http = new aws.lb.Listener("http", {
  loadBalancerArn,
  protocol: "HTTP",
  port: 80,
  defaultActions: [toHttps],
});
new aws.lb.ListenerRule(
  "everything",
  {
    listenerArn: aws.lb.getListenerOutput({ loadBalancerArn, port: 80 }).arn,
    priority: 1,
    conditions: [{ pathPattern: { values: ["/*"] } }],
    actions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
  },
  { dependsOn: http },
);

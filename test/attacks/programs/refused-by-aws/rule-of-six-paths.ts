// A rule has five values at most, in all its conditions.
import * as aws from "@pulumi/aws";
import { balancer, httpsListener, network, targets } from "../../parts";

const { vpc, subnetIds } = network();
const group = targets(vpc.id);
const https = new aws.lb.Listener("https", {
  ...httpsListener(balancer(subnetIds).arn),
  defaultActions: [{ type: "forward", targetGroupArn: group.arn }],
});
new aws.lb.ListenerRule("shelves", {
  listenerArn: https.arn,
  priority: 10,
  conditions: [{ pathPattern: { values: ["/tea", "/coffee", "/cocoa", "/sugar", "/milk", "/cups"] } }],
  actions: [{ type: "forward", targetGroupArn: group.arn }],
});

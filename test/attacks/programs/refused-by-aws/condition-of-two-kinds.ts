// One condition asks for host and path; each has to be a condition of its own.
import * as aws from "@pulumi/aws";
import { balancer, httpsListener, network, targets } from "../../parts";

const { vpc, subnetIds } = network();
const group = targets(vpc.id);
const https = new aws.lb.Listener("https", {
  ...httpsListener(balancer(subnetIds).arn),
  defaultActions: [{ type: "forward", targetGroupArn: group.arn }],
});
new aws.lb.ListenerRule("cart", {
  listenerArn: https.arn,
  priority: 10,
  conditions: [{ hostHeader: { values: ["shop.example.com"] }, pathPattern: { values: ["/cart"] } }],
  actions: [{ type: "forward", targetGroupArn: group.arn }],
});

// Of a blue-green pair only blue is filled, and a rule of the test path sends visitors to green.
import * as aws from "@pulumi/aws";
import { fleet, launchTemplate } from "../../fleet";
import { balancer, httpsListener, network, targets } from "../../parts";

const { vpc, subnetIds } = network();
const blue = targets(vpc.id, { targetType: "instance" }, "blue");
const green = targets(vpc.id, { targetType: "instance" }, "green");
fleet(launchTemplate(), subnetIds, {
  targetGroupArns: [blue.arn],
  healthCheckType: "ELB",
  healthCheckGracePeriod: 300,
});
const https = new aws.lb.Listener("https", {
  ...httpsListener(balancer(subnetIds).arn),
  defaultActions: [{ type: "forward", targetGroupArn: blue.arn }],
});
new aws.lb.ListenerRule("green", {
  listenerArn: https.arn,
  priority: 1,
  conditions: [{ httpHeader: { httpHeaderName: "X-Colour", values: ["green"] } }],
  actions: [{ type: "forward", targetGroupArn: green.arn }],
});

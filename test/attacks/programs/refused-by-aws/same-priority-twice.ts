// Two teams, two rules, one priority.
import * as aws from "@pulumi/aws";
import { balancer, httpsListener, network, targets } from "../../parts";

const { vpc, subnetIds } = network();
const targetGroupArn = targets(vpc.id).arn;
const listener = new aws.lb.Listener("https", {
  ...httpsListener(balancer(subnetIds).arn),
  defaultActions: [{ type: "forward", targetGroupArn }],
});
for (const path of ["api", "search"]) {
  new aws.lb.ListenerRule(path, {
    listenerArn: listener.arn,
    priority: 10,
    conditions: [{ pathPattern: { values: [`/${path}/*`] } }],
    actions: [{ type: "forward", targetGroupArn }],
  });
}

// Visitors speak TLS, and what they say goes on in clear text.
import { balancer, httpsListener, network, targets } from "../../parts";
import { logs, watch, watchTargets } from "../../strict";
import * as aws from "@pulumi/aws";

const { vpc, subnetIds } = network();
const shop = balancer(subnetIds, logs);
const group = targets(vpc.id);
watch(shop);
watchTargets(shop, group);
new aws.lb.Listener("https", {
  ...httpsListener(shop.arn),
  defaultActions: [{ type: "forward", targetGroupArn: group.arn }],
});

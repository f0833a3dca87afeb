// The header is there, and tells browsers to forget what they were told.
import { balancer, httpsListener, network, targets } from "../../parts";
import { encrypted, logs, watch, watchTargets } from "../../strict";
import * as aws from "@pulumi/aws";

const { vpc, subnetIds } = network();
const shop = balancer(subnetIds, logs);
const group = targets(vpc.id, encrypted);
watch(shop);
watchTargets(shop, group);
new aws.lb.Listener("https", {
  ...httpsListener(shop.arn),
  routingHttpResponseStrictTransportSecurityHeaderValue: "max-age=0; includeSubDomains",
  defaultActions: [{ type: "forward", targetGroupArn: group.arn }],
});

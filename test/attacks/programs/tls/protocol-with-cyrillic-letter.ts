// A reviewer reads HTTPS; the third letter but one is Cyrillic.
import * as aws from "@pulumi/aws";
import { balancer, httpsListener, network, targets } from "../../parts";

const { vpc, subnetIds } = network();
new aws.lb.Listener("https", {
  ...httpsListener(balancer(subnetIds).arn),
  protocol: "HTT\u0420S",
  defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
});

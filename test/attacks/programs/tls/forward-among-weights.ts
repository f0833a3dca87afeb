// A twentieth of the visitors of port 80 goes to the canary in clear text, in one of several weighted groups.
import * as aws from "@pulumi/aws";
import { balancer, network, targets } from "../../parts";

const { vpc, subnetIds } = network();
new aws.lb.Listener("http", {
  loadBalancerArn: balancer(subnetIds).arn,
  protocol: "HTTP",
  port: 80,
  defaultActions: [
    {
      type: "forward",
      forward: {
        targetGroups: [
          { arn: targets(vpc.id).arn, weight: 95 },
          { arn: targets(vpc.id, {}, "canary").arn, weight: 5 },
        ],
      },
    },
  ],
});

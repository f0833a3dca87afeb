// A twentieth of the visitors is sent to a group that nothing fills.
import * as aws from "@pulumi/aws";
import { fleet, launchTemplate } from "../../fleet";
import { balancer, httpsListener, network, targets } from "../../parts";

const { vpc, subnetIds } = network();
const [stable, canary] = ["stable", "canary"].map((name) =>
  targets(vpc.id, { targetType: "instance" }, name),
) as [aws.lb.TargetGroup, aws.lb.TargetGroup];
fleet(launchTemplate(), subnetIds, {
  targetGroupArns: [stable.arn],
  healthCheckType: "ELB",
  healthCheckGracePeriod: 300,
});
new aws.lb.Listener("https", {
  ...httpsListener(balancer(subnetIds).arn),
  defaultActions: [
    {
      type: "forward",
      forward: {
        targetGroups: [
          { arn: stable.arn, weight: 95 },
          { arn: canary.arn, weight: 5 },
        ],
      },
    },
  ],
});

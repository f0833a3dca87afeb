// A twentieth of the visitors goes to a target group without targets.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { fleet, launchTemplate } from "../../fleet";
import { balancer, httpsListener, network, targets } from "../../parts";

export const expected: Expected = {
  rule: "targets-attached",
  says: /Forwarded to by "https", and nothing in this stack registers instances with it/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const [stable, canary] = ["stable", "canary"].map((name) =>
    targets(vpc.id, { targetType: "instance" }, name),
  ) as [aws.lb.TargetGroup, aws.lb.TargetGroup];
  fleet(launchTemplate(), subnetIds, {
    targetGroupArns: mended ? [stable.arn, canary.arn] : [stable.arn],
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
}

// A twentieth of the visitors on port 80 goes to the canary in plain text, in one of several weighted groups.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, network, targets, toHttps } from "../../parts";

export const expected: Expected = {
  rule: "tls-listeners",
  says: /defaultActions\[0\]\.type is "forward"; it must be "redirect"/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const stable = targets(vpc.id);
  const canary = targets(vpc.id, {}, "canary");
  new aws.lb.Listener("http", {
    loadBalancerArn: balancer(subnetIds).arn,
    protocol: "HTTP",
    port: 80,
    defaultActions: [
      mended
        ? toHttps
        : {
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

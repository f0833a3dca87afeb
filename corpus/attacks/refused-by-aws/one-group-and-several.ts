// Both forms of a forward action are set, with different target groups.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network, targets } from "../../parts";

export const expected: Expected = {
  rule: "api-prose",
  says: /targetGroupArn and defaultActions\[0\]\.forward are both set and differ/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const [blue, green] = ["blue", "green"].map((name) => targets(vpc.id, {}, name));
  new aws.lb.Listener("https", {
    ...httpsListener(balancer(subnetIds).arn),
    defaultActions: [
      {
        type: "forward",
        ...(!mended && { targetGroupArn: blue!.arn }),
        forward: {
          targetGroups: [
            { arn: blue!.arn, weight: 90 },
            { arn: green!.arn, weight: 10 },
          ],
        },
      },
    ],
  });
}

// AWS allows five target groups in a forward action.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network, targets } from "../../parts";

export const expected: Expected = { rule: "api-prose", says: /targetGroups has 6 elements/ };

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const targetGroups = [1, 2, 3, 4, 5, ...(mended ? [] : [6])].map((number) => ({
    arn: targets(vpc.id, {}, `canary-${number}`).arn,
    weight: number,
  }));
  new aws.lb.Listener("https", {
    ...httpsListener(balancer(subnetIds).arn),
    defaultActions: [{ type: "forward", forward: { targetGroups } }],
  });
}

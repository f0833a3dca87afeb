// One canary too many.
import * as aws from "@pulumi/aws";
import { balancer, httpsListener, network, targets } from "../../parts";

const { vpc, subnetIds } = network();
const targetGroups = [1, 2, 3, 4, 5, 6].map((number) => ({
  arn: targets(vpc.id, {}, `canary-${number}`).arn,
  weight: number,
}));
new aws.lb.Listener("https", {
  ...httpsListener(balancer(subnetIds).arn),
  defaultActions: [{ type: "forward", forward: { targetGroups } }],
});

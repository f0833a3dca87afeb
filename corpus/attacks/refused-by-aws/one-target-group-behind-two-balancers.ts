// A target group belongs to one load balancer.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network, targets } from "../../parts";

export const expected: Expected = {
  rule: "relations",
  says: /It forwards to "shop", which load balancer "shop" already uses|It forwards to "shop", which load balancer "inner"/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const shop = targets(vpc.id);
  const inner = targets(vpc.id, {}, "inner");
  new aws.lb.Listener("https", {
    ...httpsListener(balancer(subnetIds).arn),
    defaultActions: [{ type: "forward", targetGroupArn: shop.arn }],
  });
  new aws.lb.Listener("inner", {
    ...httpsListener(new aws.lb.LoadBalancer("inner", { internal: true, subnets: subnetIds }).arn),
    defaultActions: [{ type: "forward", targetGroupArn: (mended ? inner : shop).arn }],
  });
}

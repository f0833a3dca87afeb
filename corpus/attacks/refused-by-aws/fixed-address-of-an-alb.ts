// Elastic IP addresses are for Network Load Balancers.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "relations",
  says: /subnetMappings contain allocationId, but the load balancer is of type application/,
};

export function program(mended: boolean): void {
  const { subnetIds } = network();
  new aws.lb.LoadBalancer("shop", {
    loadBalancerType: "application",
    subnetMappings: subnetIds.map((subnetId, index) => {
      const allocationId = new aws.ec2.Eip(`front-${index}`, { domain: "vpc" }).id;
      return mended ? { subnetId } : { subnetId, allocationId };
    }),
  });
}

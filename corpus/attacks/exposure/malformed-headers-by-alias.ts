// This is the same load balancer under its second type name.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "alb-hardening",
  says: /dropInvalidHeaderFields is not set/,
  level: "advisory",
};

export function program(mended: boolean): void {
  const { subnetIds } = network();
  new aws.alb.LoadBalancer("shop", {
    loadBalancerType: "application",
    subnets: subnetIds,
    desyncMitigationMode: "strictest",
    enableDeletionProtection: true,
    ...(mended && { dropInvalidHeaderFields: true }),
  });
}

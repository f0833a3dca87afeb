// AWS accepts a Network Load Balancer in one zone.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { network } from "../../parts";
import { logs } from "../../strict";

export const expected: Expected = {
  rule: "balancer-zones",
  says: /subnets has 1 different element; it must have at least 2/,
  config: "policies/profiles/strict.json",
};

export function program(mended: boolean): void {
  const { subnetIds } = network();
  const { accessLogs } = logs;
  new aws.lb.LoadBalancer("shop", {
    loadBalancerType: "network",
    subnets: mended ? subnetIds : [subnetIds[0]!],
    enableDeletionProtection: true,
    accessLogs,
  });
}

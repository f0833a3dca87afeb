// There are two load balancers, and both alarms watch the same one.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, network } from "../../parts";
import { logs, watch } from "../../strict";

export const expected: Expected = {
  rule: "alarms",
  says: /No alarm in this stack that notifies somebody watches HTTPCode/,
  config: "policies/profiles/strict.json",
};

export function program(mended: boolean): void {
  const { subnetIds } = network();
  watch(balancer(subnetIds, logs));
  const admin = new aws.lb.LoadBalancer("admin", {
    internal: true,
    subnets: subnetIds,
    dropInvalidHeaderFields: true,
    enableDeletionProtection: true,
    ...logs,
  });
  if (mended) watch(admin, "admin-errors");
}

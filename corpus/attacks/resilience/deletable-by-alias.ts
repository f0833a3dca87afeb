// Deletion protection is off on a load balancer under its second type name.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { network } from "../../parts";
import { logs, watch } from "../../strict";

export const expected: Expected = {
  rule: "deletion-protection",
  says: /enableDeletionProtection is false/,
  config: "policies/profiles/strict.json",
};

export function program(mended: boolean): void {
  const { subnetIds } = network();
  watch(
    new aws.alb.LoadBalancer("shop", {
      subnets: subnetIds,
      dropInvalidHeaderFields: true,
      enableDeletionProtection: mended,
      ...logs,
    }),
  );
}

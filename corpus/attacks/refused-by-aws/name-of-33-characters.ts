// The target group's name is one character too long, under the type's old name.
import { CustomResource } from "@pulumi/pulumi";
import type { Expected } from "../../attack";
import { healthCheck, network } from "../../parts";

export const expected: Expected = { rule: "api-prose", says: /name has 33 characters; .* at most 32/ };

export function program(mended: boolean): void {
  class TargetGroup extends CustomResource {}
  const { vpc } = network();
  new TargetGroup("aws:elasticloadbalancingv2/targetGroup:TargetGroup", "shop", {
    name: mended ? "web-store-checkout-api" : "web-store-production-checkout-api",
    vpcId: vpc.id,
    targetType: "ip",
    protocol: "HTTP",
    port: 8080,
    healthCheck,
  });
}

// A target group under a type name of earlier releases has no health check.
import type { Expected } from "../../attack";
import { Foreign } from "../../foreign";
import { healthCheck, network } from "../../parts";

export const expected: Expected = {
  rule: "target-group-health",
  says: /healthCheck is not set, which means AWS's default/,
  level: "advisory",
};

export function program(mended: boolean): void {
  new Foreign("aws:elasticloadbalancingv2/targetGroup:TargetGroup", "shop", {
    vpcId: network().vpc.id,
    targetType: "ip",
    protocol: "HTTP",
    port: 8080,
    ...(mended && { healthCheck }),
  });
}

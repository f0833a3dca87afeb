// The provider still accepts the type's name of four years ago.
import { CustomResource } from "@pulumi/pulumi";
import type { Expected } from "../../attack";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "alb-hardening",
  says: /desyncMitigationMode is "monitor"/,
  level: "advisory",
};

export function program(mended: boolean): void {
  const { subnetIds } = network();
  class LoadBalancer extends CustomResource {}
  new LoadBalancer("aws:elasticloadbalancingv2/loadBalancer:LoadBalancer", "shop", {
    subnets: subnetIds,
    dropInvalidHeaderFields: true,
    desyncMitigationMode: mended ? "strictest" : "monitor",
    enableDeletionProtection: true,
  });
}

// A Terraform module's resource has Terraform's type name.
import type { Expected } from "../../attack";
import { Foreign } from "../../foreign";
import { balancer, network } from "../../parts";

export const expected: Expected = {
  rule: "other-routes",
  says: /albmodule:tf:aws_lb_listener is another provider's name/,
};

export function program(mended: boolean): void {
  const { arn } = balancer(network().subnetIds);
  if (mended) return;
  new Foreign("albmodule:tf:aws_lb_listener", "plain", {
    load_balancer_arn: arn,
    protocol: "HTTP",
    port: 80,
  });
}

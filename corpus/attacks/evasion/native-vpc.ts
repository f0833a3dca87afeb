// The VPC comes from another provider, and no rule requires its flow logs.
import type { Expected } from "../../attack";
import { Foreign } from "../../foreign";

export const expected: Expected = {
  rule: "other-routes",
  says: /aws-native:ec2:Vpc is another provider's name/,
};

export function program(mended: boolean): void {
  if (mended) return;
  new Foreign("aws-native:ec2:Vpc", "shop", { cidrBlock: "10.0.0.0/16" });
}

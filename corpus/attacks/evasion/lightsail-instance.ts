// A Lightsail instance has a public address, with port 80 open to the world by default.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "unjudged-load-balancers",
  says: /Instance lets visitors reach instances past any load balancer/,
};

export function program(mended: boolean): void {
  if (mended) return;
  new aws.lightsail.Instance("shop", {
    availabilityZone: "eu-west-1a",
    blueprintId: "amazon_linux_2023",
    bundleId: "nano_3_0",
  });
}

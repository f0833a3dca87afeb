// Lightsail has its own load balancers, which start with plain HTTP.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "unjudged-load-balancers",
  says: /Lb creates a load balancer that no rule judges/,
};

export function program(mended: boolean): void {
  if (mended) return;
  new aws.lightsail.Lb("shop", { name: "shop", instancePort: 80, healthCheckPath: "/" });
}

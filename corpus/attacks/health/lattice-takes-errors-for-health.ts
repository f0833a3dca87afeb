// A service that has lost its database answers 404 on its page, and VPC Lattice keeps sending it requests.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "target-group-health",
  says: /config\.healthCheck\.matcher\.value is "200-404"/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  new aws.vpclattice.TargetGroup("shop", {
    type: "INSTANCE",
    config: {
      port: 443,
      protocol: "HTTPS",
      vpcIdentifier: vpc.id,
      healthCheck: { path: "/healthz", matcher: { value: mended ? "200" : "200-404" } },
    },
  });
}

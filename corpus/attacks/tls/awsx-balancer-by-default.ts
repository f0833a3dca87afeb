// By default, awsx creates an HTTP listener and a security group open to the world.
import * as awsx from "@pulumi/awsx";
import type { Expected } from "../../attack";
import { httpsListener } from "../../parts";

export const expected: Expected = {
  rule: "tls-listeners",
  says: /defaultActions\[0\]\.type is "forward"; it must be "redirect"/,
  also: ["world-ingress"],
};

export function program(mended: boolean): void {
  const { protocol, port, sslPolicy, certificateArn } = httpsListener("");
  new awsx.lb.ApplicationLoadBalancer("shop", {
    subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    ...(mended && {
      listener: { protocol: protocol!, port: port!, sslPolicy: sslPolicy!, certificateArn: certificateArn! },
      defaultSecurityGroup: { securityGroupId: "sg-0123456789abcdef0" },
    }),
  });
}

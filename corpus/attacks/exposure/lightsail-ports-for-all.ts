// The firewall belongs to another program's instance, which always has a public address.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "world-ingress",
  says: /portInfos\[0\] lets the world in on tcp 443/,
};

export function program(mended: boolean): void {
  new aws.lightsail.InstancePublicPorts("shop", {
    instanceName: "shop",
    portInfos: [
      { protocol: "tcp", fromPort: 443, toPort: 443, ...(mended && { cidrs: ["203.0.113.7/32"] }) },
    ],
  });
}

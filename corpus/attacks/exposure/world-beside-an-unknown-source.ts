// An unknown source must not stop a rule before it judges the world beside it.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { securityGroup } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "world-ingress",
  says: /ingress\[1\] lets the world in on tcp 3389/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  const office = new aws.ec2.Eip("office", { domain: "vpc" });
  securityGroup("admin", vpc.id, {
    ingress: [
      {
        protocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrBlocks: [office.publicIp.apply((ip) => `${ip}/32`)],
      },
      {
        protocol: "tcp",
        fromPort: 3389,
        toPort: 3389,
        cidrBlocks: [mended ? "203.0.113.7/32" : "0.0.0.0/0"],
      },
    ],
  });
}

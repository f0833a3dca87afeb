// The security group names a prefix list, which contains the world in halves, one of them added by another resource.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { allow, securityGroup } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = { rule: "world-ingress-stack", says: /"ssh" lets the world in on tcp 22/ };

export function program(mended: boolean): void {
  const { vpc } = network();
  const [office, branch] = mended ? ["203.0.113.7/32", "203.0.113.8/32"] : ["0.0.0.0/1", "128.0.0.0/1"];
  const offices = new aws.ec2.ManagedPrefixList("offices", {
    addressFamily: "IPv4",
    maxEntries: 2,
    entries: [{ cidr: office }],
  });
  new aws.ec2.ManagedPrefixListEntry("branch", { prefixListId: offices.id, cidr: branch });
  allow("ssh", securityGroup("admin", vpc.id), 22, { prefixListId: offices.id });
}

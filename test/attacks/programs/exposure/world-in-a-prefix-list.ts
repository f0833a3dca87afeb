// The security group names a list, and the list holds the world in halves, one of them added from outside.
import * as aws from "@pulumi/aws";
import { allow, securityGroup } from "../../fleet";
import { network } from "../../parts";

const { vpc } = network();
const offices = new aws.ec2.ManagedPrefixList("offices", {
  addressFamily: "IPv4",
  maxEntries: 2,
  entries: [{ cidr: "0.0.0.0/1" }],
});
new aws.ec2.ManagedPrefixListEntry("branch", { prefixListId: offices.id, cidr: "128.0.0.0/1" });
allow("ssh", securityGroup("admin", vpc.id), 22, { prefixListId: offices.id });

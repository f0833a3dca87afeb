// A partner's peered VPC; a prefix list contains the ranges that may reach the database.
import * as aws from "@pulumi/aws";
import { allow, securityGroup } from "../fleet";
import { network } from "../parts";

const { vpc } = network();
const partner = new aws.ec2.Vpc("partner", { cidrBlock: "10.1.0.0/16" });
new aws.ec2.DefaultSecurityGroup("partner", { vpcId: partner.id });
new aws.ec2.FlowLog("partner", {
  vpcId: partner.id,
  trafficType: "REJECT",
  logDestinationType: "s3",
  logDestination: "arn:aws:s3:::flow-logs-of-the-shop",
});
const peering = new aws.ec2.VpcPeeringConnection("partner", {
  vpcId: vpc.id,
  peerVpcId: partner.id,
  autoAccept: true,
});
const callers = new aws.ec2.ManagedPrefixList("callers", {
  addressFamily: "IPv4",
  maxEntries: 4,
  entries: [{ cidr: "10.1.8.0/22", description: "reports" }],
});
new aws.ec2.ManagedPrefixListEntry("audit", { prefixListId: callers.id, cidr: "10.1.64.0/24" });
const routes = new aws.ec2.RouteTable("shop", { vpcId: vpc.id });
new aws.ec2.Route("partner", {
  routeTableId: routes.id,
  destinationPrefixListId: callers.id,
  vpcPeeringConnectionId: peering.id,
});
allow("postgres", securityGroup("database", vpc.id), 5432, { prefixListId: callers.id });

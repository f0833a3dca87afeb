// A route leads to the internet gateway of another VPC.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "relations",
  says: /routeTableId and gatewayId lie in different VPCs/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  const other = new aws.ec2.Vpc("other", { cidrBlock: "10.1.0.0/16" });
  new aws.ec2.FlowLog("other", {
    vpcId: other.id,
    trafficType: "ALL",
    logDestinationType: "s3",
    logDestination: "arn:aws:s3:::flow-logs-of-the-shop",
  });
  const gateway = new aws.ec2.InternetGateway("other", { vpcId: other.id });
  const table = new aws.ec2.RouteTable("public", { vpcId: (mended ? other : vpc).id });
  new aws.ec2.Route("out", {
    routeTableId: table.id,
    destinationCidrBlock: "0.0.0.0/0",
    gatewayId: gateway.id,
  });
}

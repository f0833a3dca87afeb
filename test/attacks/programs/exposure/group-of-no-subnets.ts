// By zones alone a group launches into the default VPC, where every subnet gives a public address.
import * as aws from "@pulumi/aws";
import { fleet, launchTemplate, openGroup } from "../../fleet";

const open = openGroup(aws.ec2.getVpcOutput({ default: true }).id);
const { vpcZoneIdentifiers: _, ...zonal } = {
  vpcZoneIdentifiers: [],
  availabilityZones: ["eu-west-1a", "eu-west-1b"],
};
fleet(launchTemplate({ vpcSecurityGroupIds: [open.id] }), [], zonal);

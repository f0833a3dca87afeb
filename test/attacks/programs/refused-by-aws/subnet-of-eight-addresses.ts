// AWS keeps five addresses of every subnet, and makes none below sixteen.
import * as aws from "@pulumi/aws";
import { network } from "../../parts";

const { vpc } = network();
new aws.ec2.Subnet("tiny", { vpcId: vpc.id, cidrBlock: "10.0.99.0/29", availabilityZone: "eu-west-1c" });

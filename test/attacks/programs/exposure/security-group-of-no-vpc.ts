// Without a VPC it is the default one's.
import * as aws from "@pulumi/aws";

new aws.ec2.SecurityGroup("web", { description: "web" });

// Hardened in all it can be, but of a kind that AWS gave up.
import * as aws from "@pulumi/aws";
import { metadataOptions } from "../../fleet";

new aws.ec2.LaunchConfiguration("shop", {
  imageId: "ami-0123456789abcdef0",
  instanceType: "m7g.large",
  associatePublicIpAddress: false,
  metadataOptions,
});

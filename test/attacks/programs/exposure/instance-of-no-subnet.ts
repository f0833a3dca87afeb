// It names no subnet, so AWS puts it into one of the default VPC, where every subnet is public.
import * as aws from "@pulumi/aws";
import { metadataOptions } from "../../fleet";

new aws.ec2.Instance("batch", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t4g.micro",
  metadataOptions,
});

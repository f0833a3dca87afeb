// cloud-init unpacks it at boot, and so does whoever may describe the instance.
import { gzipSync } from "node:zlib";
import * as aws from "@pulumi/aws";
import { metadataOptions, privateSubnets } from "../../fleet";
import { network } from "../../parts";

const { vpc } = network();
const script = "#!/bin/sh\nexport AWS_ACCESS_KEY_ID=AKIAIOSFODNN7ABCDEFG\n/opt/shop/start\n";
new aws.ec2.Instance("batch", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t4g.micro",
  subnetId: privateSubnets(vpc.id)[0]!.id,
  userDataBase64: gzipSync(script).toString("base64"),
  metadataOptions,
});

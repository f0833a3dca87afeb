// cloud-init decompresses it at boot, and so can everybody who may describe the instance.
import { gzipSync } from "node:zlib";

import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { metadataOptions, privateSubnets } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "user-data-secrets",
  says: /userDataBase64 holds an AWS access key/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  const key = mended ? "" : "export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7ABCDEFG\n";
  const script = `#!/bin/sh\n${key}/opt/shop/start\n`;
  new aws.ec2.Instance("batch", {
    ami: "ami-0123456789abcdef0",
    instanceType: "t4g.micro",
    subnetId: privateSubnets(vpc.id)[0]!.id,
    userDataBase64: gzipSync(script).toString("base64"),
    metadataOptions,
  });
}

// The launch configuration is hardened, but AWS has deprecated launch configurations.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { launchTemplate, metadataOptions } from "../../fleet";

export const expected: Expected = {
  rule: "launch-templates",
  says: /this is a launch configuration/,
  config: "policies/profiles/strict.json",
};

export function program(mended: boolean): void {
  if (mended) launchTemplate();
  else
    new aws.ec2.LaunchConfiguration("shop", {
      imageId: "ami-0123456789abcdef0",
      instanceType: "m7g.large",
      associatePublicIpAddress: false,
      metadataOptions,
    });
}

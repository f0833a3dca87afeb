// The launch template is sound, and the instance overrides it.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { launchTemplate, privateSubnets } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "imds-v2",
  says: /metadataOptions\.httpTokens is "optional"/,
  level: "advisory",
};

export function program(mended: boolean): void {
  const { vpc } = network();
  const template = launchTemplate();
  new aws.ec2.Instance("batch", {
    launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
    subnetId: privateSubnets(vpc.id)[0]!.id,
    metadataOptions: { httpTokens: mended ? "required" : "optional" },
  });
}

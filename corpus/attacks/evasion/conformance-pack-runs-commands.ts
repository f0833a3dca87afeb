// AWS Config runs commands on every instance that it doesn't like, and they may open anything.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "other-routes",
  says: /A TargetId in templateBody is "AWS-RunShellScript"/,
};

export function program(mended: boolean): void {
  new aws.cfg.ConformancePack("shop", {
    name: "shop",
    templateBody: [
      "Resources:",
      "  Rule:",
      "    Type: AWS::Config::ConfigRule",
      "    Properties:",
      "      ConfigRuleName: patched",
      "      Source: { Owner: AWS, SourceIdentifier: EC2_MANAGEDINSTANCE_PATCH_COMPLIANCE_STATUS_CHECK }",
      "  Remedy:",
      "    Type: AWS::Config::RemediationConfiguration",
      "    Properties:",
      "      ConfigRuleName: patched",
      "      TargetType: SSM_DOCUMENT",
      `      TargetId: ${mended ? "AWS-RunPatchBaseline" : "AWS-RunShellScript"}`,
    ].join("\n"),
  });
}

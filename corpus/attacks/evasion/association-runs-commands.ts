// Systems Manager runs the command on the instances as soon as they exist.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "other-routes",
  says: /name is "AWS-RunShellScript", which may create or change/,
};

export function program(mended: boolean): void {
  new aws.ssm.Association("later", {
    name: mended ? "AWS-RunPatchBaseline" : "AWS-RunShellScript",
    targets: [{ key: "tag:Name", values: ["shop"] }],
    parameters: mended
      ? { Operation: "Scan" }
      : { commands: "aws elbv2 create-listener --protocol HTTP --port 80" },
  });
}

// Systems Manager runs it on the instances, as soon as they are there.
import * as aws from "@pulumi/aws";

new aws.ssm.Association("later", {
  name: "AWS-RunShellScript",
  targets: [{ key: "tag:Name", values: ["shop"] }],
  parameters: { commands: "aws elbv2 create-listener --protocol HTTP --port 80" },
});

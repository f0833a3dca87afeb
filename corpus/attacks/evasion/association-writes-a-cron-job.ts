// The command only writes a file, which cron runs a minute later.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "other-routes",
  says: /name is "AWS-RunShellScript", which may create or change/,
};

export function program(mended: boolean): void {
  new aws.ssm.Association("nightly", {
    name: "AWS-RunShellScript",
    targets: [{ key: "tag:shop", values: ["web"] }],
    parameters: {
      commands: mended
        ? "systemctl restart shop"
        : 'echo "* * * * * root aws ec2 associate-address --allocation-id eipalloc-0" | tee /etc/cron.d/open',
    },
  });
}

// The load balancer has no permission to call the function.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network } from "../../parts";

export const expected: Expected = {
  rule: "relations",
  says: /Nothing lets Elastic Load Balancing call function "shop"/,
};

export function program(mended: boolean): void {
  const shop = new aws.lambda.Function("shop", {
    role: "arn:aws:iam::123456789012:role/shop",
    runtime: "nodejs22.x",
    handler: "index.handler",
    s3Bucket: "releases-of-the-shop",
    s3Key: "shop.zip",
  });
  const targetGroup = new aws.lb.TargetGroup("shop", { targetType: "lambda" });
  const permission =
    mended &&
    new aws.lambda.Permission("shop", {
      function: shop.name,
      action: "lambda:InvokeFunction",
      principal: "elasticloadbalancing.amazonaws.com",
      sourceArn: targetGroup.arn,
    });
  new aws.lb.TargetGroupAttachment(
    "shop",
    { targetGroupArn: targetGroup.arn, targetId: shop.arn },
    permission ? { dependsOn: permission } : {},
  );
  new aws.lb.Listener("https", {
    ...httpsListener(balancer(network().subnetIds).arn),
    defaultActions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
  });
}

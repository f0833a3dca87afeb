// The bucket notifies a function of uploads, without permission to call it.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "relations",
  says: /Nothing lets Amazon S3 call function "thumbnails"/,
};

export function program(mended: boolean): void {
  const thumbnails = new aws.lambda.Function("thumbnails", {
    role: "arn:aws:iam::123456789012:role/shop",
    runtime: "nodejs22.x",
    handler: "index.handler",
    s3Bucket: "releases-of-the-shop",
    s3Key: "thumbnails.zip",
  });
  const images = new aws.s3.Bucket("images");
  const permission = new aws.lambda.Permission("images", {
    function: thumbnails.name,
    action: "lambda:InvokeFunction",
    principal: mended ? "s3.amazonaws.com" : "events.amazonaws.com",
    sourceArn: images.arn,
  });
  new aws.s3.BucketNotification(
    "images",
    {
      bucket: images.id,
      lambdaFunctions: [{ lambdaFunctionArn: thumbnails.arn, events: ["s3:ObjectCreated:*"] }],
    },
    { dependsOn: permission },
  );
}

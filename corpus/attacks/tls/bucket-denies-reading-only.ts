// Reading requires TLS; writing, which carries the orders, does not.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "buckets-tls",
  says: /no statement that denies all principals and actions without TLS/,
  level: "advisory",
};

export function program(mended: boolean): void {
  const bucket = new aws.s3.Bucket("orders");
  new aws.s3.BucketPolicy("orders", {
    bucket: bucket.bucket,
    policy: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Deny",
          Principal: "*",
          Action: mended ? "s3:*" : "s3:GetObject",
          Resource: ["arn:aws:s3:::orders", "arn:aws:s3:::orders/*"],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    },
  });
}

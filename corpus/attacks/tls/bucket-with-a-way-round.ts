// A second condition, for one address, excludes all other clients from the denial.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "buckets-tls",
  says: /no statement that denies all principals and actions without TLS/,
  level: "advisory",
};

export function program(mended: boolean): void {
  const bucket = new aws.s3.Bucket("orders", { bucket: "orders-123456789012" });
  new aws.s3.BucketPolicy("orders", {
    bucket: bucket.bucket,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: ["arn:aws:s3:::orders-123456789012", "arn:aws:s3:::orders-123456789012/*"],
          Condition: {
            Bool: { "aws:SecureTransport": "false" },
            ...(!mended && { IpAddress: { "aws:SourceIp": "192.0.2.1/32" } }),
          },
        },
      ],
    }),
  });
}

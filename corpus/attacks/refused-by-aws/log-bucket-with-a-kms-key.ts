// Elastic Load Balancing cannot write to a bucket encrypted with a KMS key.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, network } from "../../parts";

export const expected: Expected = { rule: "relations", says: /"logs", which is encrypted with a KMS key/ };

export function program(mended: boolean): void {
  const { subnetIds } = network();
  const logs = new aws.s3.Bucket("logs");
  new aws.s3.BucketServerSideEncryptionConfiguration("logs", {
    bucket: logs.bucket,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: mended ? "AES256" : "aws:kms" } }],
  });
  new aws.s3.BucketPolicy("logs", {
    bucket: logs.bucket,
    policy: logs.arn.apply((arn) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
            Action: "s3:PutObject",
            Resource: `${arn}/AWSLogs/123456789012/*`,
          },
        ],
      }),
    ),
  });
  balancer(subnetIds, { accessLogs: { enabled: true, bucket: logs.bucket } });
}

// The log bucket's policy does not allow the load balancer to write.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Expected } from "../../attack";
import { balancer, network } from "../../parts";

export const expected: Expected = { rule: "relations", says: /"logs", which has no policy/ };

export function program(mended: boolean): void {
  const { subnetIds } = network();
  const logs = new aws.s3.Bucket("logs");
  if (mended) {
    new aws.s3.BucketPolicy("logs", {
      bucket: logs.bucket,
      policy: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
            Action: "s3:PutObject",
            Resource: pulumi.interpolate`${logs.arn}/AWSLogs/123456789012/*`,
          },
        ],
      },
    });
  }
  balancer(subnetIds, { connectionLogs: { enabled: true, bucket: logs.bucket } });
}

// The bucket is encrypted with S3's keys, private, and lets Elastic Load Balancing write.
import * as aws from "@pulumi/aws";
import { balancer, httpsListener, network, targets } from "../parts";
import { watch, watchTargets } from "../strict";

const { vpc, subnetIds } = network();
const logs = new aws.s3.Bucket("logs");
new aws.s3.BucketPublicAccessBlock("logs", {
  bucket: logs.bucket,
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
});
new aws.s3.BucketServerSideEncryptionConfiguration("logs", {
  bucket: logs.bucket,
  rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
});
const policy = new aws.s3.BucketPolicy("logs", {
  bucket: logs.bucket,
  policy: logs.arn.apply((arn) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
          Action: "s3:PutObject",
          Resource: ["access", "connections"].map((prefix) => `${arn}/${prefix}/AWSLogs/123456789012/*`),
        },
        {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [arn, `${arn}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    }),
  ),
});
const loadBalancer = balancer(subnetIds, {
  accessLogs: { enabled: true, bucket: policy.bucket, prefix: "access" },
  connectionLogs: { enabled: true, bucket: policy.bucket, prefix: "connections" },
});
const targetGroup = targets(vpc.id);
watch(loadBalancer);
watchTargets(loadBalancer, targetGroup);
new aws.lb.Listener("https", {
  ...httpsListener(loadBalancer.arn),
  defaultActions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
});

// CloudFront in front of a private bucket, which it alone may read, by origin access control.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { behavior, distribution, viewerCertificate } from "../cloudfront";

const bucket = new aws.s3.Bucket("assets");
const access = new aws.cloudfront.OriginAccessControl("assets", {
  originAccessControlOriginType: "s3",
  signingBehavior: "always",
  signingProtocol: "sigv4",
});
const headers = new aws.cloudfront.ResponseHeadersPolicy("assets", {
  securityHeadersConfig: {
    strictTransportSecurity: { accessControlMaxAgeSec: 31_536_000, includeSubdomains: true, override: true },
    contentTypeOptions: { override: true },
  },
});
const assets = distribution({
  aliases: ["assets.example.com"],
  origins: [
    { originId: "assets", domainName: bucket.bucketRegionalDomainName, originAccessControlId: access.id },
  ],
  defaultRootObject: "index.html",
  defaultCacheBehavior: { ...behavior, targetOriginId: "assets", responseHeadersPolicyId: headers.id },
  viewerCertificate,
});
new aws.s3.BucketPublicAccessBlock("assets", {
  bucket: bucket.bucket,
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
});
new aws.s3.BucketPolicy("assets", {
  bucket: bucket.bucket,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "cloudfront.amazonaws.com" },
        Action: "s3:GetObject",
        Resource: pulumi.interpolate`${bucket.arn}/*`,
        Condition: { StringEquals: { "AWS:SourceArn": assets.arn } },
      },
      {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [bucket.arn, pulumi.interpolate`${bucket.arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  }),
});

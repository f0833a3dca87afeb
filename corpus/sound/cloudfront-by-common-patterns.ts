// CloudFront as documentation, modules and examples have it.
import * as pulumi from "@pulumi/pulumi";

import { aws, edgeValid, store as storeOf } from "../store";

{
  // The bucket policy that AWS's page for origin access control gives: CloudFront alone may read.
  const store = storeOf("cloudfron-oabbap");
  store.https();
  store.group();
  const b = new aws.s3.Bucket("cloudfron-oabbap-assets", {});
  new aws.s3.BucketPublicAccessBlock("cloudfron-oabbap-assets", {
    bucket: b.id,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  const oac = new aws.cloudfront.OriginAccessControl("cloudfron-oabbap-assets", {
    originAccessControlOriginType: "s3",
    signingBehavior: "always",
    signingProtocol: "sigv4",
  });
  const d = new aws.cloudfront.Distribution("cloudfron-oabbap-assets", {
    enabled: true,
    aliases: ["assets.example.com"],
    origins: [{ originId: "assets", domainName: b.bucketRegionalDomainName, originAccessControlId: oac.id }],
    defaultCacheBehavior: {
      targetOriginId: "assets",
      viewerProtocolPolicy: "redirect-to-https",
      allowedMethods: ["GET", "HEAD"],
      cachedMethods: ["GET", "HEAD"],
      cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
    },
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate: {
      acmCertificateArn: edgeValid.certificateArn,
      sslSupportMethod: "sni-only",
      minimumProtocolVersion: "TLSv1.2_2021",
    },
  });
  new aws.s3.BucketPolicy("cloudfron-oabbap-x", {
    bucket: b.id,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "cloudfront.amazonaws.com" },
          Action: "s3:GetObject",
          Resource: pulumi.interpolate`${b.arn}/*`,
          Condition: { StringEquals: { "AWS:SourceArn": d.arn } },
        },
      ],
    }),
  });
}
{
  const b = new aws.s3.Bucket("cloudfron-os-site");
  const oac = new aws.cloudfront.OriginAccessControl("cloudfron-os-site", {
    originAccessControlOriginType: "s3",
    signingBehavior: "always",
    signingProtocol: "sigv4",
  });
  const c = new aws.acm.Certificate("cloudfron-os-edge", {
    region: "us-east-1",
    domainName: "www.example.com",
    validationMethod: "DNS",
  });
  const v = new aws.acm.CertificateValidation("cloudfron-os-edge", { certificateArn: c.arn });
  new aws.cloudfront.Distribution("cloudfron-os-site", {
    enabled: true,
    defaultRootObject: "index.html",
    aliases: ["www.example.com"],
    origins: [{ originId: "s3", domainName: b.bucketRegionalDomainName, originAccessControlId: oac.id }],
    defaultCacheBehavior: {
      targetOriginId: "s3",
      viewerProtocolPolicy: "redirect-to-https",
      allowedMethods: ["GET", "HEAD"],
      cachedMethods: ["GET", "HEAD"],
      cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
    },
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate: {
      acmCertificateArn: v.certificateArn,
      sslSupportMethod: "sni-only",
      minimumProtocolVersion: "TLSv1.2_2021",
    },
  });
}
{
  // Cloudfront default cert alb.
  const store = storeOf("cloudfron-dca");
  store.https();
  store.group();
  new aws.cloudfront.Distribution("cloudfron-dca-d", {
    enabled: true,
    origins: [
      {
        originId: "alb",
        domainName: "shop.example.com",
        customOriginConfig: {
          httpPort: 80,
          httpsPort: 443,
          originProtocolPolicy: "https-only",
          originSslProtocols: ["TLSv1.2"],
        },
      },
    ],
    defaultCacheBehavior: {
      targetOriginId: "alb",
      viewerProtocolPolicy: "redirect-to-https",
      allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
      cachedMethods: ["GET", "HEAD"],
      cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
    },
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate: { cloudfrontDefaultCertificate: true },
  });
}
{
  new aws.cloudfront.Distribution("cloudfron-t2-d", {
    enabled: true,
    aliases: ["shop.example.com"],
    origins: [
      {
        originId: "o",
        domainName: "origin.example.com",
        customOriginConfig: {
          httpPort: 80,
          httpsPort: 443,
          originProtocolPolicy: "https-only",
          originSslProtocols: ["TLSv1.2"],
        },
      },
    ],
    defaultCacheBehavior: {
      targetOriginId: "o",
      viewerProtocolPolicy: "https-only",
      allowedMethods: ["GET", "HEAD"],
      cachedMethods: ["GET", "HEAD"],
      cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
    },
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate: {
      acmCertificateArn: edgeValid.certificateArn,
      sslSupportMethod: "sni-only",
      minimumProtocolVersion: "TLSv1.2_2019",
    },
  });
}
{
  new aws.cloudfront.Distribution("cloudfron-mv-d", {
    enabled: true,
    origins: [
      {
        originId: "o",
        domainName: "origin.example.com",
        customOriginConfig: {
          httpPort: 80,
          httpsPort: 443,
          originProtocolPolicy: "match-viewer",
          originSslProtocols: ["TLSv1.2"],
        },
      },
    ],
    defaultCacheBehavior: {
      targetOriginId: "o",
      viewerProtocolPolicy: "redirect-to-https",
      allowedMethods: ["GET", "HEAD"],
      cachedMethods: ["GET", "HEAD"],
      cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
    },
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate: { cloudfrontDefaultCertificate: true },
  });
}

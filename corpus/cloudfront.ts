/** Compliant parts of CloudFront distributions. */
import * as aws from "@pulumi/aws";

/** A custom origin that CloudFront fetches from over TLS. */
export const origin = {
  originId: "shop",
  domainName: "origin.example.com",
  customOriginConfig: {
    httpPort: 80,
    httpsPort: 443,
    originProtocolPolicy: "https-only",
    originSslProtocols: ["TLSv1.2"],
  },
};

/** A behaviour with AWS's managed policy CachingOptimized, which redirects to HTTPS. */
export const behavior = {
  targetOriginId: origin.originId,
  viewerProtocolPolicy: "redirect-to-https",
  allowedMethods: ["GET", "HEAD"],
  cachedMethods: ["GET", "HEAD"],
  cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
};

export const viewerCertificate = {
  acmCertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
  sslSupportMethod: "sni-only",
  minimumProtocolVersion: "TLSv1.2_2021",
};

/** A distribution in front of one origin. */
export function distribution(
  args: Partial<aws.cloudfront.DistributionArgs> = {},
): aws.cloudfront.Distribution {
  return new aws.cloudfront.Distribution("shop", {
    enabled: true,
    aliases: ["shop.example.com"],
    origins: [origin],
    defaultCacheBehavior: behavior,
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate,
    ...args,
  });
}

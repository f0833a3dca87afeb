import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import {
  ALL_VIEWER,
  CACHED_ERRORS,
  CACHING_DISABLED,
  LOG_FIELDS,
  originKeepaliveSeconds,
  type PriceClass,
  type ViewerTlsPolicy,
} from "./cloudfront";
import { createResponseHeadersPolicy, createStaticCachePolicy } from "./distribution-policies";
import { named, type Tags } from "../naming";
import type { SecurityHeaders } from "../load-balancer/security-headers";
import { createVpcOrigin, type PrivateOrigin } from "./vpc-origin";

/** Which countries CloudFront serves, by ISO 3166-1 alpha-2 codes: those on the list, or all others. */
export interface Countries {
  readonly list: "allowed" | "blocked";
  /** Empty for all countries. */
  readonly codes: readonly string[];
}

/** Arguments of {@link Cdn}. */
export interface CdnArgs {
  /**
   * The store's domain names, including wildcards. The certificates of both CloudFront and the origin cover
   * them.
   */
  readonly domainNames: readonly string[];
  /** ARN of an issued certificate in us-east-1. */
  readonly certificateArn: pulumi.Input<string>;
  /** The load balancer's DNS name. */
  readonly originDnsName: pulumi.Input<string>;
  /** How to reach an internal load balancer; undefined for a public one. */
  readonly privateOrigin: PrivateOrigin | undefined;
  /** The load balancer's idle timeout in seconds. */
  readonly originIdleTimeoutSeconds: number;
  /** Seconds that CloudFront waits for a response, 1 to 120. */
  readonly originReadTimeoutSeconds: number;
  /** Paths of files that are the same for all customers, such as `/static/*`. Nothing else is cached. */
  readonly staticPaths: readonly string[];
  /** Seconds that CloudFront caches a static file without `Cache-Control`. */
  readonly staticSeconds: number;
  /** The edge locations that CloudFront serves from. */
  readonly priceClass: PriceClass;
  /** Which TLS versions and ciphers customers may use. */
  readonly tlsPolicy: ViewerTlsPolicy;
  /** The countries that are served. */
  readonly countries: Countries;
  /** The security headers of every response. */
  readonly securityHeaders: SecurityHeaders;
  /** ARN of a web ACL of scope `CLOUDFRONT`; undefined for none. */
  readonly webAclArn: pulumi.Input<string> | undefined;
  /** ARN of the log bucket, available once its policy lets CloudFront write. */
  readonly logBucketArn: pulumi.Input<string>;
  /** The AWS provider for us-east-1; undefined if the stack is in that Region. */
  readonly usEast1: aws.Provider | undefined;
  /** Tags for every resource that takes tags. */
  readonly tags: Tags;
}

/**
 * A CloudFront distribution in front of the load balancer: HTTP/2 and HTTP/3, IPv4 and IPv6, at least TLS 1.2
 * on both sides. Only static files are cached; cart, checkout and everything else are not.
 */
export class Cdn extends pulumi.ComponentResource {
  /** The distribution's id. */
  readonly distributionId: pulumi.Output<string>;
  /** The distribution's DNS name, available once it is deployed. */
  readonly dnsName: pulumi.Output<string>;
  /** Id of the hosted zone of {@link dnsName}, for alias records. */
  readonly hostedZoneId: pulumi.Output<string>;

  constructor(name: string, args: CdnArgs, opts?: pulumi.ComponentResourceOptions) {
    super("web-store:components:Cdn", name, {}, opts);

    const vpcOriginId =
      args.privateOrigin && createVpcOrigin(name, args.privateOrigin, args.tags, this).vpcOriginId;
    const distribution = createDistribution(name, args, vpcOriginId, this);
    createLogs(name, args, distribution, this);

    this.distributionId = distribution.id;
    this.dnsName = distribution.domainName;
    this.hostedZoneId = distribution.hostedZoneId;
    this.registerOutputs({
      distributionId: this.distributionId,
      dnsName: this.dnsName,
      hostedZoneId: this.hostedZoneId,
    });
  }
}

const ORIGIN_ID = "load-balancer";

function createDistribution(
  name: string,
  args: CdnArgs,
  vpcOriginId: pulumi.Output<string> | undefined,
  parent: pulumi.Resource,
): aws.cloudfront.Distribution {
  const cachePolicy = createStaticCachePolicy(name, { defaultSeconds: args.staticSeconds }, parent);
  const headersOf = (policy: string, isCached: boolean): pulumi.Output<string> =>
    createResponseHeadersPolicy(`${name}-${policy}`, args.securityHeaders, isCached, parent).id;
  const staticHeadersId = headersOf("static-headers", true);
  const behavior = { targetOriginId: ORIGIN_ID, viewerProtocolPolicy: "redirect-to-https" };
  return new aws.cloudfront.Distribution(
    `${name}-cdn`,
    {
      enabled: true,
      comment: name,
      aliases: [...args.domainNames],
      origins: [{ originId: ORIGIN_ID, domainName: args.originDnsName, ...connectionTo(args, vpcOriginId) }],
      defaultCacheBehavior: {
        ...behavior,
        allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
        cachedMethods: ["GET", "HEAD"],
        cachePolicyId: CACHING_DISABLED,
        originRequestPolicyId: ALL_VIEWER,
        responseHeadersPolicyId: headersOf("headers", false),
        // A page that contains both a secret and input from the visitor must not be compressed
        // (https://www.breachattack.com).
        compress: false,
      },
      orderedCacheBehaviors: args.staticPaths.map((pathPattern) => ({
        ...behavior,
        pathPattern,
        allowedMethods: ["GET", "HEAD"],
        cachedMethods: ["GET", "HEAD"],
        cachePolicyId: cachePolicy.id,
        responseHeadersPolicyId: staticHeadersId,
        compress: true,
      })),
      customErrorResponses: CACHED_ERRORS.map((errorCode) => ({ errorCode, errorCachingMinTtl: 0 })),
      viewerCertificate: {
        acmCertificateArn: args.certificateArn,
        sslSupportMethod: "sni-only",
        minimumProtocolVersion: args.tlsPolicy,
      },
      httpVersion: "http2and3",
      isIpv6Enabled: true,
      priceClass: args.priceClass,
      restrictions: { geoRestriction: geoRestriction(args.countries) },
      ...(args.webAclArn === undefined ? {} : { webAclId: args.webAclArn }),
      tags: named(args.tags, `${name}-cdn`),
    },
    { parent },
  );
}

/** How CloudFront connects to the load balancer: by HTTPS only, through the VPC or over the internet. */
function connectionTo(
  args: CdnArgs,
  vpcOriginId: pulumi.Output<string> | undefined,
): Pick<aws.types.input.cloudfront.DistributionOrigin, "vpcOriginConfig" | "customOriginConfig"> {
  const timeouts = {
    originKeepaliveTimeout: originKeepaliveSeconds(args.originIdleTimeoutSeconds),
    originReadTimeout: args.originReadTimeoutSeconds,
  };
  if (vpcOriginId !== undefined) return { vpcOriginConfig: { vpcOriginId, ...timeouts } };
  return {
    customOriginConfig: {
      originProtocolPolicy: "https-only",
      originSslProtocols: ["TLSv1.2"],
      httpPort: 80,
      httpsPort: 443,
      ...timeouts,
    },
  };
}

function geoRestriction({
  list,
  codes,
}: Countries): aws.types.input.cloudfront.DistributionRestrictionsGeoRestriction {
  if (codes.length === 0) return { restrictionType: "none", locations: [] };
  return { restrictionType: list === "allowed" ? "whitelist" : "blacklist", locations: [...codes] };
}

/**
 * Standard logging (v2) to the load balancer's log bucket. The legacy version writes with an access control
 * list, which a bucket with "BucketOwnerEnforced" refuses.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html
 */
function createLogs(
  name: string,
  args: CdnArgs,
  distribution: aws.cloudfront.Distribution,
  parent: pulumi.Resource,
): void {
  const opts = args.usEast1 === undefined ? { parent } : { parent, provider: args.usEast1 };
  const source = new aws.cloudwatch.LogDeliverySource(
    `${name}-cdn`,
    { logType: "ACCESS_LOGS", resourceArn: distribution.arn, tags: named(args.tags, `${name}-cdn`) },
    opts,
  );
  const destination = new aws.cloudwatch.LogDeliveryDestination(
    `${name}-cdn`,
    {
      outputFormat: "json",
      deliveryDestinationConfiguration: { destinationResourceArn: args.logBucketArn },
      tags: named(args.tags, `${name}-cdn`),
    },
    opts,
  );
  new aws.cloudwatch.LogDelivery(
    `${name}-cdn`,
    {
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.arn,
      recordFields: [...LOG_FIELDS],
      s3DeliveryConfigurations: [
        { suffixPath: "{DistributionId}/{yyyy}/{MM}/{dd}/{HH}", enableHiveCompatiblePath: false },
      ],
      tags: named(args.tags, `${name}-cdn`),
    },
    opts,
  );
}

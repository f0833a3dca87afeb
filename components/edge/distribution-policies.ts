import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { SecurityHeaders } from "../load-balancer/security-headers";

/** How long CloudFront keeps what it may cache. */
export interface CacheSeconds {
  /** Seconds that it keeps what the store says nothing about. */
  readonly defaultSeconds: number;
}

/** A year: the longest that CloudFront keeps what the store says is good for longer. */
const MAX_SECONDS = 31_536_000;

/**
 * How static files are cached: by name of the store, path and query string, for what their `Cache-Control` says.
 * No cookie and no other header reaches the store, so no answer can be made for one customer and shown to the
 * next.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/controlling-the-cache-key.html
 */
export function createStaticCachePolicy(
  name: string,
  { defaultSeconds }: CacheSeconds,
  parent: pulumi.Resource,
): aws.cloudfront.CachePolicy {
  return new aws.cloudfront.CachePolicy(
    `${name}-static`,
    {
      comment: "Static files, by host, path and query string",
      minTtl: 0,
      defaultTtl: defaultSeconds,
      maxTtl: MAX_SECONDS,
      parametersInCacheKeyAndForwardedToOrigin: {
        // What is in the key is sent to the store. By `Host` its certificate is checked, for no certificate covers
        // the load balancer's own name.
        headersConfig: { headerBehavior: "whitelist", headers: { items: ["Host"] } },
        queryStringsConfig: { queryStringBehavior: "all" },
        cookiesConfig: { cookieBehavior: "none" },
        enableAcceptEncodingGzip: true,
        enableAcceptEncodingBrotli: true,
      },
    },
    { parent },
  );
}

/**
 * The headers that CloudFront adds to every answer, its own included, whatever the store's say: the same as the
 * load balancer's.
 *
 * @param name - names the policy
 * @param isCached - whether the answers are kept for others: then they lose `Set-Cookie`, the store's and that of
 *   a balancer with stickiness, or one customer's session would be handed to all
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Cookies.html
 */
export function createResponseHeadersPolicy(
  name: string,
  headers: SecurityHeaders,
  isCached: boolean,
  parent: pulumi.Resource,
): aws.cloudfront.ResponseHeadersPolicy {
  return new aws.cloudfront.ResponseHeadersPolicy(
    name,
    {
      comment: isCached ? "Headers of what is the same for everybody" : "Headers of what is made for one",
      ...(isCached ? { removeHeadersConfig: { items: [{ header: "Set-Cookie" }] } } : {}),
      securityHeadersConfig: {
        strictTransportSecurity: {
          accessControlMaxAgeSec: headers.hstsMaxAgeSeconds,
          includeSubdomains: headers.hstsIncludeSubDomains,
          override: true,
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: "DENY", override: true },
        ...(headers.contentSecurityPolicy === ""
          ? {}
          : {
              contentSecurityPolicy: { contentSecurityPolicy: headers.contentSecurityPolicy, override: true },
            }),
      },
    },
    { parent },
  );
}

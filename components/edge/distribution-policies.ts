import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { SecurityHeaders } from "../load-balancer/security-headers";

/** How long CloudFront caches responses. */
export interface CacheSeconds {
  /** Seconds for responses without `Cache-Control`. */
  readonly defaultSeconds: number;
}

/** A year: the maximum, even if the store's `Cache-Control` allows longer. */
const MAX_SECONDS = 31_536_000;

/**
 * Caches static files by host, path and query string, for as long as their `Cache-Control` allows. No cookie
 * and no other header reaches the store, so no response can be made for one customer and served to another.
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
        // Headers in the key are sent to the origin. CloudFront checks the origin's certificate against
        // `Host`, because no certificate covers the load balancer's own name.
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
 * The headers that CloudFront sets on every response, including its own, overriding the store's. They are the
 * same as the load balancer's.
 *
 * @param name - name of the policy
 * @param isCached - whether the responses are cached: then `Set-Cookie`, from the store or from a balancer
 *   with stickiness, is removed, because one customer's session would otherwise be given to all
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

/**
 * CloudFront's price classes, the cheapest first: North America and Europe; also Asia, the Middle East and
 * Africa; also South America and Australia.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/PriceClass.html
 */
export const PRICE_CLASSES = ["PriceClass_100", "PriceClass_200", "PriceClass_All"] as const;

/** One of {@link PRICE_CLASSES}. */
export type PriceClass = (typeof PRICE_CLASSES)[number];

/**
 * CloudFront's security policies for viewers: TLS 1.2 with the ciphers of 2021, and newer ones. All of them
 * offer TLS 1.3.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html
 */
export const VIEWER_TLS_POLICIES = ["TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"] as const;

/** One of {@link VIEWER_TLS_POLICIES}. */
export type ViewerTlsPolicy = (typeof VIEWER_TLS_POLICIES)[number];

/**
 * AWS's policy `CachingDisabled`: every request goes to the origin.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html#managed-cache-policy-caching-disabled
 */
export const CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";

/**
 * AWS's policy `AllViewer`: the origin gets all the customer's headers (including `Host`), cookies and query
 * strings.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html#managed-origin-request-policy-all-viewer
 */
export const ALL_VIEWER = "216adef6-5c7f-47e4-b989-5492eafa07d3";

/**
 * The errors that CloudFront caches for ten seconds by default, whatever the cache policy: if cached, one
 * customer's failed checkout would be served to all.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
 */
export const CACHED_ERRORS: readonly number[] = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/**
 * The fields of a log record: those of CloudFront's standard logs without `cs(Cookie)`, because a cookie
 * gives access to a customer's cart.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html
 */
export const LOG_FIELDS: readonly string[] = [
  "date",
  "time",
  "x-edge-location",
  "sc-bytes",
  "c-ip",
  "cs-method",
  "cs(Host)",
  "cs-uri-stem",
  "sc-status",
  "cs(Referer)",
  "cs(User-Agent)",
  "cs-uri-query",
  "x-edge-result-type",
  "x-edge-request-id",
  "x-host-header",
  "cs-protocol",
  "cs-bytes",
  "time-taken",
  "x-forwarded-for",
  "ssl-protocol",
  "ssl-cipher",
  "x-edge-response-result-type",
  "cs-protocol-version",
  "c-port",
  "time-to-first-byte",
  "x-edge-detailed-result-type",
  "sc-content-type",
  "sc-content-len",
];

/**
 * Seconds that CloudFront keeps an idle connection to a load balancer, at most 60. It is less than the load
 * balancer's idle timeout, so that no request is sent on a connection that the load balancer is closing.
 *
 * @param idleTimeoutSeconds - the load balancer's idle timeout
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html#DownloadDistValuesOriginKeepaliveTimeout
 */
export function originKeepaliveSeconds(idleTimeoutSeconds: number): number {
  return Math.max(1, Math.min(60, idleTimeoutSeconds - 1));
}

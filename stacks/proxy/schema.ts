import { IMAGE_ID, INSTANCE_TYPE_NAME } from "../fleet/schema";
import { boolean, group, integer, optional, text, texts } from "../settings/fields";

/** Settings of HAProxy behind the load balancer. */
export const schema = {
  proxy: group(
    {
      standby: boolean({
        description:
          "Whether the proxies run, without requests, while loadBalancing.engine is alb. Set it in the deployment before the one that switches to haproxy.",
        default: false,
      }),
      instanceTypes: texts({
        description: "EC2 instance types of the proxies, the preferred one first.",
        default: Object.freeze(["t4g.small"]),
        allowed: "1 to 10 different EC2 instance types that run Linux",
        example: "c7g.large",
        minItems: 1,
        maxItems: 10,
        items: INSTANCE_TYPE_NAME,
      }),
      imageId: optional(
        text({
          description: "ID of the proxies' machine image; if not set, the newest Amazon Linux 2023.",
          allowed: "the id of a machine image in aws:region",
          example: "ami-0123456789abcdef0",
          of: IMAGE_ID,
        }),
      ),
      minSize: integer(1, 100, {
        description:
          "Minimum number of proxies; with one for each zone, the store survives the loss of a zone.",
        default: 2,
      }),
      maxSize: integer(1, 100, { description: "Maximum number of proxies.", default: 4 }),
      bootSeconds: integer(30, 3600, {
        description:
          "Seconds from the launch of a proxy until it passes its health check, which needs instances of the store.",
        default: 300,
      }),
      cpuTargetPercent: integer(10, 90, {
        description: "Target for the average CPU utilization of the proxies, in percent.",
        default: 50,
      }),
      requestsPerTargetPerMinute: integer(1, 10_000_000, {
        description: "Target for the requests per minute of each proxy.",
        default: 30_000,
      }),
      maxConnections: integer(100, 1_000_000, {
        description: "Maximum number of connections of a proxy; further ones wait.",
        default: 20_000,
      }),
      maxRequestsPerInstance: integer(1, 100_000, {
        description:
          "Maximum number of concurrent requests from a proxy to an instance; further ones wait in the proxy for the first free instance.",
        default: 200,
      }),
      queueSeconds: integer(1, 300, {
        description: "Seconds that a request may wait in the proxy before it is answered with 503.",
        default: 10,
      }),
      responseSeconds: integer(1, 3600, {
        description:
          "Seconds that an instance has to answer. After that, the proxy retries an idempotent request with another instance, and answers any other with 504.",
        default: 30,
      }),
      requestsPer10Seconds: integer(0, 1_000_000, {
        description:
          "Maximum number of requests from one address to a proxy in ten seconds; further ones are answered with 429. 0 for no limit.",
        default: 1000,
      }),
      onlyOwnHosts: boolean({
        description:
          "Whether requests for other hosts than domainName and certificate.subjectAlternativeNames are answered with 421.",
        default: true,
      }),
    },
    {
      description: "The proxies of loadBalancing.engine haproxy.",
      example: "proxy: { instanceTypes: [c7g.large], minSize: 3, maxSize: 9 }",
    },
  ),
} as const;

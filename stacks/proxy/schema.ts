import { IMAGE_ID, INSTANCE_TYPE_NAME } from "../fleet/schema";
import { boolean, group, integer, optional, text, texts } from "../settings/fields";

/** HAProxy as a balancer of our own, behind the load balancer. */
export const schema = {
  proxy: group(
    {
      standby: boolean({
        description:
          "Whether the proxies run though loadBalancing.engine is alb: ready, without requests. For the deployment before the one that switches over.",
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
          description: "Id of the proxies' machine image; without, the newest Amazon Linux 2023.",
          allowed: "the id of a machine image in aws:region",
          example: "ami-0123456789abcdef0",
          of: IMAGE_ID,
        }),
      ),
      minSize: integer(1, 100, {
        description: "Proxies that run at the least; one a zone outlives a zone.",
        default: 2,
      }),
      maxSize: integer(1, 100, { description: "Proxies that run at the most.", default: 4 }),
      bootSeconds: integer(30, 3600, {
        description:
          "Seconds from the launch of a proxy until it passes its health check. It does once the store has instances.",
        default: 300,
      }),
      cpuTargetPercent: integer(10, 90, {
        description: "Mean CPU use of the proxies that scaling aims for, in percent.",
        default: 50,
      }),
      requestsPerTargetPerMinute: integer(1, 10_000_000, {
        description: "Requests a minute for each proxy that scaling aims for.",
        default: 30_000,
      }),
      maxConnections: integer(100, 1_000_000, {
        description: "Connections that the load balancer may have with a proxy; more wait.",
        default: 20_000,
      }),
      maxRequestsPerInstance: integer(1, 100_000, {
        description:
          "Requests that a proxy sends to an instance of the store at a time; more wait in the proxy, which gives them to the first that is free.",
        default: 200,
      }),
      queueSeconds: integer(1, 300, {
        description: "Seconds that a request may wait there before it is answered with 503.",
        default: 10,
      }),
      responseSeconds: integer(1, 3600, {
        description:
          "Seconds that an instance has to answer. Then an idempotent request is tried with another one, any other answered with 504.",
        default: 30,
      }),
      requestsPer10Seconds: integer(0, 1_000_000, {
        description:
          "Requests that one address may send a proxy in ten seconds; more are answered with 429. 0 for as many as it likes.",
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

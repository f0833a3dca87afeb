import { TLS_POLICIES } from "../../components/load-balancer/tls-policies";
import { ALGORITHMS, ENGINES } from "../../components/load-balancer/traffic-policy";
import { INSTANCE_PROTOCOLS, PROTOCOL_VERSIONS } from "../../components/instance-endpoint";
import { INSTANCE_TYPE_NAME } from "../fleet/schema";
import { MOST_TYPE_WEIGHTS } from "../tags";
import { boolean, group, integer, mapOf, matching, oneOf, optional, text } from "../settings/fields";

/** How requests spread over instances, whichever are balanced. */
export const balancingFields = {
  instanceProtocol: oneOf(INSTANCE_PROTOCOLS, {
    description:
      "How balancers speak to the instances: in clear text, or by TLS, which HAProxy on each instance takes off before the application. A store that serves moves over as docs/instances.md says.",
    default: "http",
  }),
  protocolVersion: oneOf(PROTOCOL_VERSIONS, {
    description:
      "What the application speaks: HTTP/1.1, HTTP/2, or gRPC. By http2 and grpc visitors have to speak HTTP/2, too.",
    default: "http1",
  }),
  anomalyMitigation: boolean({
    description:
      "Whether instances with more errors than the others get fewer requests; with weightedRandom only.",
    default: false,
  }),
  slowStartSeconds: optional(
    integer(30, 900, {
      description:
        "Seconds in which a new instance's share of requests grows; without, it has all of it at once. With alb for roundRobin only.",
      example: 60,
    }),
  ),
  stickinessSeconds: integer(0, 604_800, {
    description: "Seconds that a cookie keeps a visitor on the same instance; 0 for no cookie.",
    default: 0,
  }),
  crossZone: boolean({
    description:
      "Whether each zone's balancer sends requests to the instances of all zones. Off, each zone stands alone and needs instances enough.",
    default: true,
  }),
  // AWS takes an hour; the policy deregistration-delay has the same limit as this.
  deregistrationDelaySeconds: integer(0, 300, {
    description: "Seconds that a request under way has to finish when its instance leaves.",
    default: 30,
  }),
} as const;

/** How customers' requests reach the instances. */
export const schema = {
  loadBalancer: group(
    {
      tlsPolicy: oneOf(TLS_POLICIES, {
        description:
          "TLS versions and ciphers that customers may use. The default adds a post-quantum key exchange.",
        default: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      }),
      idleTimeoutSeconds: integer(1, 4000, {
        description: "Seconds without a byte after which the load balancer closes a connection.",
        default: 60,
      }),
      accessLogRetentionDays: integer(1, 3650, {
        description: "Days that the load balancer's access logs are kept in S3.",
        default: 90,
      }),
      connectionLogs: boolean({
        description:
          "Whether each TLS connection is logged, refused ones too, beside the access logs and as long as they. S3 charges for what it stores.",
        default: false,
      }),
      healthCheckLogs: boolean({
        description:
          "Whether each health check is logged, with the reason of a failure, beside the access logs and as long as they. S3 charges for what it stores.",
        default: false,
      }),
      // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html#lcu-quotas
      capacityUnits: optional(
        integer(100, 15_000, {
          description:
            "Capacity units reserved for the load balancer, ahead of a sudden peak; each costs about a US cent an hour. AWS grants them within minutes, seldom hours, once the account's quota for them is raised.",
          example: 500,
        }),
      ),
      zonalShift: boolean({
        description:
          "Whether you, or AWS, may shift requests away from a zone with Amazon Application Recovery Controller. It costs nothing.",
        default: false,
      }),
    },
    {
      description: "The load balancer that customers reach.",
      example: "loadBalancer: { connectionLogs: true }",
    },
  ),
  securityHeaders: group(
    {
      hstsMaxAgeSeconds: integer(0, 63_072_000, {
        description: "Seconds that browsers remember to come by HTTPS only; 0 makes them forget.",
        default: 31_536_000,
      }),
      hstsIncludeSubDomains: boolean({
        description:
          "Whether browsers shall come by HTTPS to all names under domainName too, other servers' included.",
        default: false,
      }),
      contentSecurityPolicy: text({
        description: "Content-Security-Policy header of every answer; empty to leave it to the application.",
        default:
          "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
        allowed: "up to 1,024 visible ASCII characters and spaces, or an empty text",
        example: "\"default-src 'self'\"",
        of: matching(/^[\x20-\x7e]*$/, 1024),
      }),
    },
    {
      description: "What browsers are told with every answer.",
      example: "securityHeaders: { hstsMaxAgeSeconds: 300 }",
    },
  ),
  healthCheck: group(
    {
      path: text({
        description:
          "Path that an instance answers with status 200 when it can serve customers; with loadBalancing.protocolVersion grpc, a method that answers with status 0, OK.",
        default: "/healthz",
        allowed: "a path from / on, of letters, digits and - . _ ~ /, 1,024 characters at most",
        example: "/healthz",
        // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html (HealthCheckPath)
        of: matching(/^\/[A-Za-z0-9\-._~/]*$/, 1024),
      }),
      intervalSeconds: integer(5, 300, {
        description: "Seconds from one health check to the next.",
        default: 15,
      }),
      timeoutSeconds: integer(2, 120, {
        description: "Seconds that an instance has to answer a health check.",
        default: 5,
      }),
      healthyThreshold: integer(2, 10, {
        description: "Good answers in a row that make an instance healthy.",
        default: 2,
      }),
      unhealthyThreshold: integer(2, 10, {
        description: "Bad answers in a row that make an instance unhealthy, to be replaced.",
        default: 3,
      }),
    },
    {
      description: "When an instance counts as healthy.",
      example: "healthCheck: { path: /readyz, intervalSeconds: 10 }",
    },
  ),
  deletionProtection: boolean({
    description:
      "Whether AWS and Pulumi refuse to delete the load balancer and its logs. Without it, destroying the stack deletes the logs too.",
    default: true,
  }),
  loadBalancing: group(
    {
      engine: oneOf(ENGINES, {
        description:
          "What balances: AWS's load balancer alone, or HAProxy on instances of our own behind it. docs/choosing-a-balancer.md tells which.",
        default: "alb",
      }),
      algorithm: oneOf(ALGORITHMS, {
        description:
          "Which instance gets the next request: each in turn, each as often as its weight says (haproxy), the one with the fewest under way, or any by chance (alb).",
        default: "roundRobin",
      }),
      ...balancingFields,
      instanceTypeWeights: mapOf(
        {
          weight: integer(0, 999, {
            description: "Share of requests of an instance of that type, beside 1 of others.",
            example: 2,
          }),
        },
        {
          description:
            "Weights of the store's instances by type, for loadBalancing.algorithm weightedRoundRobin. Several types of different sizes get requests to match.",
          example: "instanceTypeWeights: { m7g.xlarge: { weight: 2 } }",
          atMost: MOST_TYPE_WEIGHTS,
          names: { of: INSTANCE_TYPE_NAME, allowed: "EC2 instance types that run Linux" },
        },
      ),
    },
    {
      description: "How requests spread over the instances.",
      example: "loadBalancing: { algorithm: leastOutstandingRequests }",
    },
  ),
  targetGroupHealth: group(
    {
      dnsMinimumHealthyTargetCount: integer(0, 1000, {
        description: "A zone with fewer healthy instances leaves the balancer's DNS name; 0 for never.",
        default: 1,
      }),
      dnsMinimumHealthyTargetPercentage: integer(0, 100, {
        description: "Likewise in percent of the instances; 0 for never.",
        default: 0,
      }),
      routingMinimumHealthyTargetPercentage: integer(0, 50, {
        description:
          "With a smaller percentage of healthy instances requests go to sick ones too, so that the last healthy ones are not overrun; 0 for only when none is healthy.",
        default: 0,
      }),
    },
    {
      description: "What happens when few instances are healthy.",
      example: "targetGroupHealth: { dnsMinimumHealthyTargetPercentage: 50 }",
    },
  ),
} as const;

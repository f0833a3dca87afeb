import { TLS_POLICIES } from "../../components/load-balancer/tls-policies";
import { ALGORITHMS, ENGINES } from "../../components/load-balancer/traffic-policy";
import { INSTANCE_PROTOCOLS, PROTOCOL_VERSIONS } from "../../components/instance-endpoint";
import { INSTANCE_TYPE_NAME } from "../fleet/schema";
import { MOST_TYPE_WEIGHTS } from "../tags/schema";
import { boolean, group, integer, mapOf, matching, oneOf, optional, text } from "../settings/fields";

/** How requests are distributed over instances, of the store or of another application. */
export const balancingFields = {
  instanceProtocol: oneOf(INSTANCE_PROTOCOLS, {
    description:
      "How balancers connect to the instances: in clear text, or by TLS, which HAProxy on each instance terminates in front of the application. To change this for a running store, follow docs/instances.md.",
    default: "http",
  }),
  protocolVersion: oneOf(PROTOCOL_VERSIONS, {
    description:
      "Protocol of the application: HTTP/1.1, HTTP/2, or gRPC. With http2 and grpc, visitors must use HTTP/2, too.",
    default: "http1",
  }),
  anomalyMitigation: boolean({
    description:
      "Whether instances with more errors than the others get fewer requests; only with weightedRandom.",
    default: false,
  }),
  slowStartSeconds: optional(
    integer(30, 900, {
      description:
        "Seconds over which a new instance's share of requests grows; if not set, it gets its full share at once. With alb, for roundRobin only.",
      example: 60,
    }),
  ),
  stickinessSeconds: integer(0, 604_800, {
    description: "Seconds that a cookie keeps a visitor on one instance; 0 for no cookie.",
    default: 0,
  }),
  crossZone: boolean({
    description:
      "Whether each zone's balancer node sends requests to the instances of all zones. If false, each zone uses only its own instances and needs enough of them.",
    default: true,
  }),
  // AWS allows an hour; the policy deregistration-delay has the same limit as this setting.
  deregistrationDelaySeconds: integer(0, 300, {
    description: "Seconds that an instance has to finish its requests when it is deregistered.",
    default: 30,
  }),
} as const;

/** Settings for how customers' requests reach the instances. */
export const schema = {
  loadBalancer: group(
    {
      tlsPolicy: oneOf(TLS_POLICIES, {
        description:
          "TLS versions and ciphers that customers may use. The default adds a post-quantum key exchange.",
        default: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      }),
      idleTimeoutSeconds: integer(1, 4000, {
        description: "Seconds without data after which the load balancer closes a connection.",
        default: 60,
      }),
      accessLogRetentionDays: integer(1, 3650, {
        description: "Days that the load balancer's access logs are kept in S3.",
        default: 90,
      }),
      connectionLogs: boolean({
        description:
          "Whether each TLS connection is logged, including refused ones. The logs are kept with the access logs and as long. S3 charges for storage.",
        default: false,
      }),
      healthCheckLogs: boolean({
        description:
          "Whether each health check is logged, with the reason for a failure. The logs are kept with the access logs and as long. S3 charges for storage.",
        default: false,
      }),
      // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html#lcu-quotas
      capacityUnits: optional(
        integer(100, 15_000, {
          description:
            "Capacity units reserved for the load balancer, for a sudden peak; each costs about a US cent an hour. AWS provides them within minutes, seldom hours, once the account's quota for them is raised.",
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
        description: "Seconds that browsers remember to use HTTPS only; 0 makes them forget it.",
        default: 31_536_000,
      }),
      hstsIncludeSubDomains: boolean({
        description:
          "Whether browsers use HTTPS only for all names under domainName too, including other servers'.",
        default: false,
      }),
      contentSecurityPolicy: text({
        description:
          "Content-Security-Policy header of every response; empty to leave it to the application.",
        default:
          "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
        allowed: "up to 1,024 visible ASCII characters and spaces, or an empty string",
        example: "\"default-src 'self'\"",
        of: matching(/^[\x20-\x7e]*$/, 1024),
      }),
    },
    {
      description: "Security headers of every response.",
      example: "securityHeaders: { hstsMaxAgeSeconds: 300 }",
    },
  ),
  healthCheck: group(
    {
      path: text({
        description:
          "Path that an instance answers with status 200 when it can serve customers; with loadBalancing.protocolVersion grpc, a method that returns status 0, OK.",
        default: "/healthz",
        allowed: "a path that begins with /, of letters, digits and - . _ ~ /, at most 1,024 characters",
        example: "/healthz",
        // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
        // (HealthCheckPath)
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
        description: "Number of consecutive successful checks that make an instance healthy.",
        default: 2,
      }),
      unhealthyThreshold: integer(2, 10, {
        description:
          "Number of consecutive failed checks that make an instance unhealthy, so that it is replaced.",
        default: 3,
      }),
    },
    {
      description: "The health check that decides whether an instance is healthy.",
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
          "What distributes requests: AWS's load balancer alone, or HAProxy on the stack's own instances behind it. docs/choosing-a-balancer.md helps you choose.",
        default: "alb",
      }),
      algorithm: oneOf(ALGORITHMS, {
        description:
          "Which instance gets the next request: each in turn, each in proportion to its weight (haproxy), the one with the fewest outstanding requests, or a random one (alb).",
        default: "roundRobin",
      }),
      ...balancingFields,
      instanceTypeWeights: mapOf(
        {
          weight: integer(0, 999, {
            description: "Share of requests of an instance of that type, relative to 1 for other types.",
            example: 2,
          }),
        },
        {
          description:
            "Weights of the store's instances by type, for loadBalancing.algorithm weightedRoundRobin, so that instances get requests in proportion to their size.",
          example: "instanceTypeWeights: { m7g.xlarge: { weight: 2 } }",
          atMost: MOST_TYPE_WEIGHTS,
          names: { of: INSTANCE_TYPE_NAME, allowed: "EC2 instance types that run Linux" },
        },
      ),
    },
    {
      description: "How requests are distributed over the instances.",
      example: "loadBalancing: { algorithm: leastOutstandingRequests }",
    },
  ),
  targetGroupHealth: group(
    {
      dnsMinimumHealthyTargetCount: integer(0, 1000, {
        description:
          "A zone with fewer healthy instances is removed from the load balancer's DNS name; 0 for never.",
        default: 1,
      }),
      dnsMinimumHealthyTargetPercentage: integer(0, 100, {
        description: "The same as a percentage of the instances; 0 for never.",
        default: 0,
      }),
      routingMinimumHealthyTargetPercentage: integer(0, 50, {
        description:
          "With a smaller percentage of healthy instances, unhealthy ones get requests too, so that the last healthy ones are not overloaded; 0 for only when none is healthy.",
        default: 0,
      }),
    },
    {
      description: "What happens when few instances are healthy.",
      example: "targetGroupHealth: { dnsMinimumHealthyTargetPercentage: 50 }",
    },
  ),
} as const;

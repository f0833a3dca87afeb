import { TLS_POLICIES } from "../../components/load-balancer/tls-policies";
import { boolean, integer, oneOf, text } from "../setting-types";

/** How customers' requests reach the instances. */
export const balancing = {
  tlsPolicy: oneOf(TLS_POLICIES, {
    description:
      "TLS versions and ciphers that customers may use. The default adds a post-quantum key exchange.",
    default: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
  }),
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
    ...{ maxLength: 1024, pattern: /^[\x20-\x7e]*$/ },
  }),
  idleTimeoutSeconds: integer(1, 4000, {
    description: "Seconds without a byte after which the load balancer closes a connection.",
    default: 60,
  }),
  accessLogRetentionDays: integer(1, 3650, {
    description: "Days that the load balancer's access logs are kept in S3.",
    default: 90,
  }),
  deletionProtection: boolean({
    description:
      "Whether AWS and Pulumi refuse to delete the load balancer and its logs. Without it, destroying the stack deletes the logs too.",
    default: true,
  }),
  healthCheckPath: text({
    description: "Path that an instance answers with status 200 when it can serve customers.",
    default: "/healthz",
    allowed: "a path from / on, of letters, digits and - . _ ~ /, 1,024 characters at most",
    example: "/healthz",
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html (HealthCheckPath)
    ...{ maxLength: 1024, pattern: /^\/[A-Za-z0-9\-._~/]*$/ },
  }),
  healthCheckIntervalSeconds: integer(5, 300, {
    description: "Seconds from one health check to the next.",
    default: 15,
  }),
  healthCheckTimeoutSeconds: integer(2, 120, {
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
  // AWS takes an hour; the policy deregistration-delay has the same limit as this.
  deregistrationDelaySeconds: integer(0, 300, {
    description: "Seconds that a request under way has to finish when its instance leaves.",
    default: 30,
  }),
} as const;

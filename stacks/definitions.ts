import { MAX_ZONES, SMALLEST_VPC, contains, parseCidr } from "../components/cidr";
import { architectureOf } from "../components/instance-type";
import { KEY_ALGORITHMS } from "../components/key-algorithms";
import { LOG_RETENTION_DAYS } from "../components/log-retention";
import { TLS_POLICIES } from "../components/tls-policies";
import {
  boolean,
  type Definition,
  integer,
  oneOf,
  oneOfIntegers,
  optionalText,
  text,
  texts,
} from "./setting-types";

/**
 * Every setting of a stack, in the order in which errors and tables list them. `aws:region` is the
 * provider's; see {@link region}.
 */
export const definitions = {
  domainName: text({
    description: "Name that customers type, in the hosted zone.",
    allowed: "a DNS name in lower case, 64 characters at most",
    example: "store.example.com",
    // Becomes the certificate's common name, limited by https://www.rfc-editor.org/rfc/rfc5280#appendix-A.1
    accepts: (value) => isDnsName(value) && value.length <= 64,
  }),
  hostedZoneName: text({
    description: "Route 53 public hosted zone, in the same AWS account, for the store's records.",
    allowed: "a DNS name in lower case",
    example: "example.com",
    accepts: isDnsName,
  }),
  subjectAlternativeNames: texts({
    description:
      "Further names on the certificate. Each leads to the store, but for wildcards: those you point yourself.",
    default: Object.freeze([]),
    allowed: "up to 9 different DNS names in lower case, with or without a leading *.",
    example: "www.store.example.com",
    // ACM's quota is 10 names a certificate: https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html
    accepts: (values) => values.length <= 9 && values.every((value) => isDnsName(value.replace(/^\*\./, ""))),
  }),
  certificateArn: optionalText({
    description:
      "ARN of an issued ACM certificate that covers all the names; empty to have the stack create and validate one.",
    allowed: "the ARN of a certificate in ACM, or an empty text",
    example: "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscertificatemanager.html
    accepts: (value) => /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9A-Za-z-]+$/.test(value),
  }),
  certificateKeyAlgorithm: oneOf(KEY_ALGORITHMS, {
    description: "Key of the certificate that the stack creates: ECDSA (P-256, P-384) or RSA.",
    default: "EC_prime256v1",
  }),
  certificateValidationMinutes: integer(1, 120, {
    description:
      "Minutes that ACM has to validate the names before the deployment fails; five are usually enough.",
    default: 15,
  }),
  availabilityZones: texts({
    description:
      "Zones to run in, all in aws:region. Add new ones at the end: a zone's place decides on its addresses.",
    allowed: `2 to ${MAX_ZONES} different zone names`,
    example: "eu-west-1a, eu-west-1b",
    accepts: (values) =>
      values.length >= 2 && values.length <= MAX_ZONES && values.every((value) => value !== ""),
  }),
  vpcCidr: text({
    description:
      "The VPC's private IPv4 range. It cannot be changed later without replacing everything in it.",
    default: "10.0.0.0/16",
    allowed: `a range from /16 to /${SMALLEST_VPC} within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, without bits set behind the prefix`,
    example: "10.0.0.0/16",
    accepts: isVpcRange,
  }),
  natGateways: oneOf(["none", "single", "perZone"], {
    description:
      "The instances' way to the internet. none has endpoints to S3 and Session Manager instead; single costs one gateway and hangs on one zone; perZone costs one a zone.",
    default: "single",
  }),
  flowLogRetentionDays: oneOfIntegers(LOG_RETENTION_DAYS, {
    description: "Days that the VPC's flow logs are kept in CloudWatch Logs.",
    default: 30,
  }),
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
    accepts: (value) => /^[\x20-\x7e]{0,1024}$/.test(value),
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
    accepts: (value) => /^\/[A-Za-z0-9\-._~/]*$/.test(value) && value.length <= 1024,
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
  deregistrationDelaySeconds: integer(0, 3600, {
    description: "Seconds that a request under way has to finish when its instance leaves.",
    default: 30,
  }),
  instanceTypes: texts({
    description:
      "EC2 instance types, the preferred one first; the others stand in when AWS has none of it. The image follows their architecture, arm64 or x86_64.",
    default: Object.freeze(["t4g.small"]),
    allowed: "1 to 10 different EC2 instance types that run Linux",
    example: "t4g.small",
    accepts: (values) =>
      values.length >= 1 &&
      values.length <= 10 &&
      values.every((value) => architectureOf(value) !== undefined),
  }),
  imageId: optionalText({
    description:
      "Id of your own machine image; empty for the newest Amazon Linux 2023 at each launch of an instance.",
    allowed: "the id of a machine image in aws:region, or an empty text",
    example: "ami-0123456789abcdef0",
    // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html
    accepts: (value) => /^ami-([0-9a-f]{8}|[0-9a-f]{17})$/.test(value),
  }),
  rootVolumeGib: integer(8, 16_384, {
    description: "GiB of an instance's encrypted root volume; no less than the image's.",
    default: 8,
  }),
  detailedMonitoring: boolean({
    description: "Whether EC2 reports metrics every minute instead of every five, for a fee.",
    default: true,
  }),
  minSize: integer(1, 1000, { description: "Instances that run at the least.", default: 2 }),
  maxSize: integer(1, 1000, { description: "Instances that run at the most.", default: 4 }),
  bootSeconds: integer(30, 3600, {
    description: "Seconds from the launch of an instance until it passes its health check.",
    default: 120,
  }),
  maxInstanceLifetimeDays: integer(0, 365, {
    description: "Days after which an instance is replaced by one with the newest image; 0 for never.",
    default: 30,
  }),
  cpuTargetPercent: integer(10, 90, {
    description: "Mean CPU use that scaling aims for, in percent.",
    default: 50,
  }),
  requestsPerTargetPerMinute: integer(1, 1_000_000, {
    description: "Requests a minute for each instance that scaling aims for.",
    default: 1000,
  }),
  peakRequestsPerMinute: integer(0, 1_000_000_000, {
    description:
      "Requests a minute that maxSize instances must carry with one zone lost; 0 when nobody knows.",
    default: 0,
  }),
} as const;

/**
 * `aws:region`, read by the AWS provider too: a stack must not move with somebody's environment variables.
 */
export const region: Definition<string> = text({
  description: "AWS Region of the stack.",
  allowed: "the name of an AWS Region",
  example: "eu-west-1",
  accepts: (value) => /^[a-z]{2}(-[a-z]+)+-\d$/.test(value),
});

/** The name of a setting. */
export type Key = keyof typeof definitions;

type Definitions = typeof definitions;

/** A stack's settings: every one has a value, allowed by itself and together with the others. */
export type Settings = { readonly [K in Key]: NonNullable<ReturnType<Definitions[K]["parse"]>> } & {
  /** AWS Region of the stack, from `aws:region`. */
  readonly region: string;
};

/**
 * Whether labels of letters, digits and inner hyphens, two at least, make up the text.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1035#section-2.3.1
 */
function isDnsName(value: string): boolean {
  const label = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  return value.length <= 253 && new RegExp(`^(${label}\\.)+${label}$`).test(value);
}

/**
 * Whether the text is a range that a VPC takes and that is private, so that it shadows nobody's public addresses.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
 * @see https://www.rfc-editor.org/rfc/rfc1918#section-3
 */
function isVpcRange(value: string): boolean {
  const cidr = parseCidr(value);
  const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map(parseCidr);
  return (
    cidr !== undefined &&
    cidr.prefix >= 16 &&
    cidr.prefix <= SMALLEST_VPC &&
    privateRanges.some((range) => range !== undefined && contains(range, cidr))
  );
}

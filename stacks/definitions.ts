import { MAX_ZONES, SMALLEST_VPC, contains, parseCidr } from "../components/cidr";
import { architectureOf } from "../components/instance-type";
import { TLS_POLICIES } from "../components/tls-policies";

/**
 * What there is to know about a setting: Pulumi.yaml declares `type`, `default` and `description` (a test
 * holds the two together), an error shows `allowed` and `example`.
 */
export interface Definition<T> {
  /** The type as Pulumi.yaml names it; an array holds strings. */
  readonly type: "string" | "integer" | "boolean" | "array";
  /** What the setting does, in one sentence for its reader in Pulumi.yaml. */
  readonly description: string;
  /** The value when the stack's configuration has none. A setting without a default is required. */
  readonly default?: T;
  /** What values are allowed, as an error completes "allowed: ...". */
  readonly allowed: string;
  /** A good value, as text on the command line, or as the elements of a list. */
  readonly example: string;
  /**
   * The value that a configured text stands for, or undefined when it is not allowed.
   *
   * @param text - as Pulumi hands it over: a number in digits, an array in JSON
   */
  parse(text: string): T | undefined;
}

/**
 * Every setting of a stack, in the order in which errors list them. `aws:region` is the provider's; see
 * {@link region}.
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
      "The instances' way to the internet. none is free; single costs one gateway and hangs on one zone; perZone costs one a zone.",
    default: "single",
  }),
  tlsPolicy: oneOf(TLS_POLICIES, {
    description:
      "TLS versions and ciphers that customers may use. The default adds a post-quantum key exchange.",
    default: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
  }),
  healthCheckPath: text({
    description: "Path that an instance answers with status 200 when it can serve customers.",
    default: "/healthz",
    allowed: "a path from / on, of letters, digits and - . _ ~ /, 1,024 characters at most",
    example: "/healthz",
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html (HealthCheckPath)
    accepts: (value) => /^\/[A-Za-z0-9\-._~/]*$/.test(value) && value.length <= 1024,
  }),
  deregistrationDelaySeconds: integer(0, 3600, {
    description: "Seconds that a request under way has to finish when its instance leaves.",
    default: 30,
  }),
  deletionProtection: boolean({
    description: "Whether AWS refuses to delete the load balancer.",
    default: true,
  }),
  instanceType: text({
    description: "EC2 instance type. The architecture of the image, arm64 or x86_64, follows from it.",
    default: "t4g.small",
    allowed: "an EC2 instance type that runs Linux",
    example: "t4g.small",
    accepts: (value) => architectureOf(value) !== undefined,
  }),
  minSize: integer(1, 1000, { description: "Instances that run at the least.", default: 2 }),
  maxSize: integer(1, 1000, { description: "Instances that run at the most.", default: 4 }),
  bootSeconds: integer(30, 3600, {
    description: "Seconds from the launch of an instance until it passes its health check.",
    default: 120,
  }),
  cpuTargetPercent: integer(10, 90, {
    description: "Mean CPU use that scaling aims for, in percent.",
    default: 50,
  }),
  requestsPerTargetPerMinute: integer(1, 1_000_000, {
    description: "Requests a minute for each instance that scaling aims for.",
    default: 1000,
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

/** What a definition of any type needs; with a default it is optional in a stack's configuration. */
interface Description<T> {
  readonly description: string;
  readonly default?: T;
}

interface TextDescription<T> extends Description<T> {
  readonly allowed: string;
  readonly example: string;
  readonly accepts: (value: T) => boolean;
}

function text({ accepts, ...description }: TextDescription<string>): Definition<string> {
  return { type: "string", ...description, parse: (text) => (accepts(text) ? text : undefined) };
}

function texts({
  accepts,
  ...description
}: TextDescription<readonly string[]>): Definition<readonly string[]> {
  return {
    type: "array",
    ...description,
    parse: (text) => {
      const values = parseStrings(text);
      if (values === undefined || new Set(values).size !== values.length || !accepts(values))
        return undefined;
      return Object.freeze(values);
    },
  };
}

function oneOf<T extends string>(
  choices: readonly T[],
  description: Description<T> & { default: T },
): Definition<T> {
  return {
    type: "string",
    ...description,
    allowed: choices.join(", "),
    example: description.default,
    parse: (text) => choices.find((choice) => choice === text),
  };
}

function integer(
  min: number,
  max: number,
  description: Description<number> & { default: number },
): Definition<number> {
  return {
    type: "integer",
    ...description,
    allowed: `a whole number from ${min} to ${max}`,
    example: String(description.default),
    parse: (text) => {
      const value = /^\d+$/.test(text) ? Number(text) : NaN;
      return value >= min && value <= max ? value : undefined;
    },
  };
}

function boolean(description: Description<boolean> & { default: boolean }): Definition<boolean> {
  return {
    type: "boolean",
    ...description,
    allowed: "true, false",
    example: String(description.default),
    parse: (text) => (text === "true" ? true : text === "false" ? false : undefined),
  };
}

function parseStrings(text: string): string[] | undefined {
  try {
    const values: unknown = JSON.parse(text);
    return Array.isArray(values) && values.every((value) => typeof value === "string") ? values : undefined;
  } catch {
    return undefined;
  }
}

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

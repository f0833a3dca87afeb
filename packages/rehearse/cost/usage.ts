import { whatThereIs } from "../cli/nearest";
import { refuseIfFaulty } from "../errors";
import { describe, isMapping, readYaml } from "../project/yaml-file";

/** What a type of resource is charged for by use, a month unless noted otherwise. */
export const USAGE = {
  "lb/loadBalancer": { lcus: "load balancer capacity units in use, on average over all hours" },
  "elb/loadBalancer": { processedGb: "GB that it passes on" },
  "ec2/natGateway": { processedGb: "GB that it passes on" },
  "ec2/vpcEndpoint": { processedGb: "GB that it passes on" },
  "autoscaling/group": { instances: "instances that run, on average over all hours" },
  "cloudwatch/logGroup": { ingestedGb: "GB that are written", storedGb: "GB that are kept" },
  "route53/zone": { queries: "DNS queries" },
  "wafv2/webAcl": { requests: "requests that it inspects" },
  "cloudfront/distribution": { requests: "HTTPS requests", transferOutGb: "GB to visitors" },
  "cloudfront/function": { invocations: "invocations" },
  "s3/bucket": {
    storedGb: "GB that are kept",
    putRequests: "PUT, COPY, POST and LIST requests",
    getRequests: "GET and other requests",
  },
  "dynamodb/table": {
    writeUnits: "write request units",
    readUnits: "read request units",
    storedGb: "GB that are kept",
  },
  "lambda/function": { requests: "invocations", milliseconds: "milliseconds of an invocation, on average" },
  "kms/key": { requests: "requests" },
  "secretsmanager/secret": { requests: "requests" },
  "sns/topic": { requests: "requests" },
  "sqs/queue": { requests: "requests" },
  "apigateway/restApi": { requests: "requests" },
  "apigatewayv2/api": { requests: "requests" },
  "ecr/repository": { storedGb: "GB of images" },
  "efs/fileSystem": { storedGb: "GB that are kept" },
} as const satisfies Record<string, Record<string, string>>;

/** The assumptions for a whole stack, and their defaults. */
export const STACK_USAGE = {
  transferOutGb: { what: "GB a month to the Internet", is: 0 },
  transferBetweenZonesGb: { what: "GB a month between availability zones, each way", is: 0 },
  spotDiscountPercent: { what: "% that Spot instances cost less than on demand", is: 50 },
} as const;

type Numbers = Readonly<Record<string, number>>;

/** The content of a `--usage` file; missing figures are 0, except for {@link STACK_USAGE}. */
export interface Usage {
  readonly stack: Numbers;
  /** By type, such as `aws:lb/loadBalancer:LoadBalancer`. */
  readonly types: Readonly<Record<string, Numbers>>;
  /** By name or URN. */
  readonly resources: Readonly<Record<string, Numbers>>;
}

/** The content without a usage file. */
export const NO_USAGE: Usage = { stack: {}, types: {}, resources: {} };

/** The keys of a type; empty if it isn't charged by use. */
export function usageKeysOf(short: string): readonly string[] {
  return Object.keys((USAGE as Readonly<Record<string, object>>)[short] ?? {});
}

/**
 * Reads a `--usage` file.
 * @throws UsageError naming every fault of the file.
 */
export function readUsage(file: string): Usage {
  const { types = {}, resources = {}, ...stack } = readYaml(file, "usage file");
  const faults: string[] = [];
  const numbers = (value: unknown, path: string, keys: readonly string[]): Numbers => {
    if (!isMapping(value)) {
      faults.push(`${path} is ${describe(value)}; it must be a mapping such as { ${keys[0]}: 10 }`);
      return {};
    }
    for (const [key, number] of Object.entries(value)) {
      const at = path === "" ? key : `${path}.${key}`;
      if (!keys.includes(key))
        faults.push(`${at} isn't charged by use there; ${whatThereIs(key, "keys", keys)}`);
      else if (typeof number !== "number" || !Number.isFinite(number) || number < 0)
        faults.push(`${at} is ${describe(number)}; it must be a number of 0 or more`);
      else if (key === "spotDiscountPercent" && number > 100)
        faults.push(`${at} is ${number}; it must be a number from 0 to 100`);
    }
    return value as Numbers;
  };
  const each = (value: unknown, path: string, keysOf: (name: string) => readonly string[]) => {
    if (isMapping(value))
      return Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [
          name,
          numbers(inner, `${path}["${name}"]`, keysOf(name)),
        ]),
      );
    faults.push(`${path} is ${describe(value)}; it must be a mapping`);
    return {};
  };
  const tokens = Object.keys(USAGE).map(tokenOf);
  const ofType = (token: string): readonly string[] => {
    const short = Object.keys(USAGE).find((one) => tokenOf(one) === token);
    if (short === undefined)
      faults.push(
        `types["${token}"] is not a type that is charged by use; ${whatThereIs(token, "types", tokens)}`,
      );
    return short === undefined ? ALL_KEYS : usageKeysOf(short);
  };
  const usage = {
    stack: numbers(stack, "", Object.keys(STACK_USAGE)),
    types: each(types, "types", ofType),
    resources: each(resources, "resources", () => ALL_KEYS),
  };
  refuseIfFaulty(`usage file ${file}`, faults);
  return usage;
}

const ALL_KEYS = [...new Set(Object.keys(USAGE).flatMap(usageKeysOf))];

/** `aws:lb/loadBalancer:LoadBalancer` for `lb/loadBalancer`. */
export function tokenOf(short: string): string {
  const [module = "", name = ""] = short.split("/");
  return `aws:${module}/${name}:${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

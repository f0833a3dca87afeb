/**
 * Auto-naming as in the AWS provider's Check: a resource without a name gets its logical name and a suffix. Real
 * suffixes are random; here they are derived from the URN.
 *
 * Source: pulumi/pulumi-aws v7 `provider/autonaming.go`, `provider/resource_overrides.go`, `provider/aliases.go`;
 * pulumi/pulumi-terraform-bridge `ComputeAutoNameDefault`; pulumi/pulumi `NewUniqueName`.
 */
import type { Values } from "../values";
import { hex, letters } from "./hash";
import type { ResourceShape } from "./sdk";
import type { Checked, ProposedName } from "./types";

/** How a type is named. */
interface Naming {
  /** @default "name" */
  readonly property?: string;
  /** The maximum length in bytes, including the suffix. @default 255 */
  readonly max?: number;
  /** Between the logical name and the suffix. @default "-" */
  readonly separator?: string;
  /** Length of the suffix; 0 for none. @default 7 */
  readonly suffix?: number;
  /** Are suffixes letters instead of hex digits? @default false */
  readonly letters?: boolean;
  /** Is the logical name put in lower case? @default false */
  readonly lowerCase?: boolean;
  /** The final modification, not counted against {@link max}. */
  readonly finish?: (name: string, inputs: Values) => string;
}

const lettersOnly: Naming = { separator: "_", letters: true, suffix: 8, max: Infinity };
const bucket: Naming = { property: "bucket", max: 63, lowerCase: true };
const bucketObject: Naming = { property: "key", suffix: 0, separator: "", max: Infinity };
const fifo =
  (flag: string) =>
  (name: string, inputs: Values): string =>
    inputs[flag] === true ? `${name}.fifo` : name;

/** Types that don't follow the default: property `name`, at most 255, hyphen, seven hex digits. */
const EXCEPTIONS: Readonly<Record<string, Naming>> = {
  "appsync/dataSource": { separator: "_" },
  "appsync/function": { separator: "_" },
  "athena/database": { separator: "_" },
  "backup/restoreTestingPlan": { separator: "_" },
  "cloudwatch/eventRule": { max: 64 },
  "cloudwatch/eventTarget": { property: "targetId" },
  "codedeploy/deploymentConfig": { property: "deploymentConfigName", separator: "_", max: 100 },
  "ec2/keyPair": { property: "keyName" },
  "efs/fileSystem": { property: "creationToken" },
  "eks/fargateProfile": { property: "fargateProfileName" },
  "eks/nodeGroup": { property: "nodeGroupName" },
  "elasticache/cluster": { property: "clusterId", max: 50, lowerCase: true },
  "elasticache/replicationGroup": { property: "replicationGroupId", max: 40, lowerCase: true },
  "elasticbeanstalk/environment": { max: 40 },
  "elasticsearch/domain": { property: "domainName", max: 28, lowerCase: true },
  "glue/catalogDatabase": { ...lettersOnly, lowerCase: true },
  "glue/catalogTable": { ...lettersOnly, lowerCase: true },
  "iam/role": { max: 64 },
  "iot/topicRule": { separator: "_", suffix: 0, max: Infinity },
  "kms/alias": { max: 238, finish: (name) => (name.startsWith("alias/") ? name : `alias/${name}`) },
  "lambda/function": { max: 64 },
  "lambda/permission": { property: "statementId", max: 100 },
  "lb/targetGroup": { max: 32 },
  "lex/bot": lettersOnly,
  "lex/botAlias": lettersOnly,
  "lex/intent": lettersOnly,
  "lex/slotType": lettersOnly,
  "mq/broker": { property: "brokerName", max: 55 },
  "msk/cluster": { property: "clusterName" },
  "msk/serverlessCluster": { property: "clusterName" },
  "opensearch/domain": { property: "domainName" },
  "rds/instance": { property: "identifier", separator: "" },
  "s3/bucket": bucket,
  "s3/bucketObject": bucketObject,
  "s3/bucketObjectv2": bucketObject,
  "s3/bucketV2": bucket,
  "sns/topic": { max: 80, finish: fifo("fifoTopic") },
  "sqs/queue": { max: 80, finish: fifo("fifoQueue") },
};

/** Types whose `name` is not auto-named: it is a domain name. */
const EXEMPT = new Set(["route53/record", "directoryservice/directory"]);

/** `lb/targetGroup` of `aws:lb/targetGroup:TargetGroup`. */
const moduleOf = (type: string): string => type.split(":")[1] ?? "";

function namingOf(type: string, inputs: Values): Naming {
  const naming = EXCEPTIONS[moduleOf(type)] ?? {};
  // SQL Server allows 15 characters.
  const engine = inputs["engine"];
  const sqlServer =
    type === "aws:rds/instance:Instance" && typeof engine === "string" && /sqlserver/i.test(engine);
  return sqlServer ? { ...naming, suffix: 3, max: 15 } : naming;
}

/**
 * Names a resource by the stack's configuration, within the limits of the type.
 *
 * Source: pulumi/pulumi-terraform-bridge `ComputeAutoNameDefault`.
 */
function asProposed(
  proposed: ProposedName,
  naming: Required<Pick<Naming, "property" | "max" | "lowerCase" | "finish">>,
  inputs: Values,
): Checked {
  const { property, max, lowerCase, finish } = naming;
  const refused = (reason: string): Checked => ({ inputs, failures: [{ property, reason }] });
  if (proposed.mode === "disable")
    return refused(`automatic naming is disabled but no explicit name was provided; set \`${property}\``);
  if (proposed.mode === "enforce") return { inputs: { ...inputs, [property]: proposed.name }, failures: [] };
  const name = lowerCase ? proposed.name.toLowerCase() : proposed.name;
  if (Buffer.byteLength(name) > max)
    return refused(`calculated name '${name}' exceeds maximum length of ${max}`);
  return { inputs: { ...inputs, [property]: finish(name, inputs) }, failures: [] };
}

/**
 * Names a resource if its type is auto-named and the program gave neither a name nor a prefix.
 *
 * @returns The inputs with the name, or a failure in the provider's words.
 */
export function autoName(
  type: string,
  name: string,
  urn: string,
  inputs: Values,
  shape: ResourceShape,
  proposed?: ProposedName,
): Checked {
  const naming = namingOf(type, inputs);
  const { property = "name", max = 255, separator = "-", suffix = 7, lowerCase = false } = naming;
  const given = [property, `${property}Prefix`].some(
    (key) => inputs[key] !== undefined && inputs[key] !== null,
  );
  if (given || EXEMPT.has(moduleOf(type)) || shape.inputs.get(property)?.optional !== true) {
    return { inputs, failures: [] };
  }
  const finish = naming.finish ?? ((text: string): string => text);
  if (proposed !== undefined) return asProposed(proposed, { property, max, lowerCase, finish }, inputs);
  const stem = (lowerCase ? name.toLowerCase() : name) + (suffix === 0 ? "" : separator);
  if (Buffer.byteLength(stem) + suffix > max) {
    const remedy = `Shorten the resource's name to ${max - suffix - separator.length} characters or set \`${property}\`.`;
    const reason =
      `could not make instance of '${type}': ` +
      `name '${stem}' plus ${suffix} random chars is longer than maximum length ${max}. ${remedy}`;
    return { inputs, failures: [{ property, reason }] };
  }
  const random =
    naming.letters === true ? letters(urn, suffix, "abcdefghijklmnopqrstuvwxyz") : hex(urn, suffix);
  return { inputs: { ...inputs, [property]: finish(stem + random, inputs) }, failures: [] };
}

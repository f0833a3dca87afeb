import { describe, resourceRule, stackRule, violations } from "../../rule";
import type { Subject, Violation } from "../../rule";
import { jsonOf, read } from "../../read";
import { EVENT_SCHEDULE, EVENT_TARGET, isOf } from "../../resources";
import { textsSetting } from "../../settings";
import { areLocal } from "./commands";
import { isJudgedInCloudFormation, isJudgedInTerraform } from "./foreign-names";
import { LATER, laterProblems } from "./later-calls";
import { templateProblem } from "./templates";
import {
  BY_TYPE_NAME,
  CHART,
  CLUSTER_FEATURES,
  COMMAND,
  CONTROLLER_GROUP,
  INVOCATION,
  REMOTE_COMMAND,
  TEMPLATE,
} from "./types";

const WRITE = 'write it with @pulumi/aws, for example new aws.lb.Listener("https", { … })';
const fixFor = (type: string): string =>
  `${WRITE}; or, if it creates nothing the rules judge, name its type in the setting: ` +
  `{ "other-routes": { "allowedTypes": ["${type}"] } }`;

const LATER_FIX =
  "use a call or document that only reads, starts, stops or notifies, such as ec2:stopInstances or the document " +
  "AWS-RunPatchBaseline; or name it in the setting";
/** All resource types: finds those that may create judged resources where no rule sees them. */
export const otherRoutes = resourceRule({
  id: "other-routes",
  area: "evasion",
  title: "Nothing is created where the rules cannot see it",
  severity: "high",
  level: "resource",
  description:
    "Load balancers, their targets and their security groups are created with @pulumi/aws, not by providers, " +
    "templates or commands that this pack cannot read, unless the configuration allows the type. " +
    "No rule can refuse a resource that it cannot see.",
  permits: "the setting allowedTypes or allowedCalls",
  remedy: `To comply, ${WRITE}.`,
  references: [
    {
      label: "SEC01-BP06",
      url: "https://docs.aws.amazon.com/wellarchitected/latest/framework/sec_securely_operate_automate_security_controls.html",
    },
    {
      label: "CloudFormation stacks",
      url: "https://www.pulumi.com/registry/packages/aws/api-docs/cloudformation/stack/",
    },
    {
      label: "Dynamic providers",
      url: "https://www.pulumi.com/docs/iac/concepts/providers/dynamic-providers/",
    },
    { label: "Command provider", url: "https://www.pulumi.com/registry/packages/command/" },
  ],
  settings: {
    allowedCalls: textsSetting(
      [],
      'AWS API calls such as "ec2:createVolume", and Systems Manager documents such as "AWS-RunAnsiblePlaybook", ' +
        "that may run after the deployment although the rule refuses them.",
    ),
    allowedTypes: textsSetting(
      [],
      "Resource types that are allowed although the rule refuses them: Pulumi type tokens such as " +
        '"pulumi-nodejs:dynamic:Resource" or, for Cloud Control, CloudFormation types such as "Acme::Web::Page".',
    ),
  },
  types: "*",
  judge(resource, { allowedCalls, allowedTypes }) {
    if (allowedTypes.includes(resource.type)) return [];
    if (Object.hasOwn(BY_TYPE_NAME, resource.type)) return judgeByTypeName(resource, allowedTypes);
    if (Object.hasOwn(CLUSTER_FEATURES, resource.type)) return judgeFeature(resource);
    if (isOf(LATER, resource)) return judgeLater(resource, allowedCalls);
    if (isOf(TEMPLATE, resource)) return violations([templateProblem(resource)], fixFor(resource.type));
    const objection = objectionTo(resource.type);
    if (objection === undefined || isBareAddress(resource.type, resource.props)) return [];
    if (isOf(REMOTE_COMMAND, resource) && staysThere(resource)) return [];
    return violations(
      [`${resource.type} ${objection}; it must be allowed by the setting allowedTypes`],
      fixFor(resource.type),
    );
  },
});

/** Whether the commands of a remote command only start programs that stay on the instance. */
function staysThere({ props }: Subject): boolean {
  const commands = ["create", "update", "delete"]
    .map((property) => read(props, [property]))
    .filter(({ kind }) => kind !== "absent");
  return commands.length > 0 && commands.every(areLocal);
}

function judgeLater(resource: Subject, allowed: readonly string[]): Violation[] {
  const { problems, names } = laterProblems(resource, allowed);
  const some = JSON.stringify(names.length > 0 ? names : ["ec2:createVolume"]);
  return violations(problems, `${LATER_FIX}: { "other-routes": { "allowedCalls": ${some} } }`);
}

/** Targets of EventBridge schedules and rules: type, property, path of the target's ARN, and the code of a fix. */
const TARGETS = [
  [EVENT_SCHEDULE, "target", ["target", "arn"], "target: { arn: handler.arn, … }"],
  [EVENT_TARGET, "arn", ["arn"], "arn: handler.arn"],
] as const;

/** Types that cannot be targets, though their outputs may also be unknown in a preview. */
const NO_TARGET =
  /^(random|time|tls|std):|^aws:(iam|kms|s3|ec2|ssm\/parameter|secretsmanager|scheduler|acm|route53)\b/;

/**
 * Targets of schedules and rules that are unknown in a preview: only the stack shows which resources they come from.
 */
export const unknownTargets = stackRule({
  id: "other-routes-stack",
  area: "evasion",
  title: "Targets of schedules are known",
  severity: "high",
  level: "stack",
  description:
    "The targets of EventBridge schedules and rules are known in a preview, or are resources of the program. " +
    "An unknown target may create or change anything.",
  remedy: "To comply, write target: { arn: handler.arn, … }.",
  references: otherRoutes.references,
  judge: (stack) =>
    TARGETS.flatMap(([types, property, path, fix]) =>
      stack.ofTypes(types).flatMap((resource) => {
        if (read(resource.props, path).kind !== "unknown") return [];
        const sources = resource.propertyDependencies[property] ?? [];
        if (sources.some(({ type }) => !NO_TARGET.test(type))) return [];
        const label = path.join(".");
        const text =
          `${label} is not known before deployment, and comes from no resource that can be a target; ` +
          "it must be a literal, or come from a function, a queue or another target";
        return violations([text], `${fix}, such as that of an aws.lambda.Function`, resource.urn);
      }),
    ),
});

/** Cloud Control creates any CloudFormation type; AWS's types that no rule judges are allowed. */
function judgeByTypeName(resource: Subject, allowedTypes: readonly string[]) {
  const property = BY_TYPE_NAME[resource.type]!;
  const typeName = read(resource.props, [property]);
  if (typeName.kind === "known" && typeof typeName.value === "string") {
    if (allowedTypes.includes(typeName.value)) return [];
    const [isOfAws, service, kind] = /^AWS::(\w+)::(\w+)$/i.exec(typeName.value) ?? [];
    if (isOfAws !== undefined && !isJudgedInCloudFormation(`${service}${kind}`)) return [];
    const state = read(resource.props, ["desiredState"]);
    const inputs =
      state.kind === "known" && typeof state.value === "string" ? jsonOf(state.value) : undefined;
    if (inputs !== undefined && isBareAddress(typeName.value, inputs)) return [];
  }
  const names = /^\w{2,64}(::\w{2,64}){1,3}$/;
  const found = describe(typeName, names);
  const isShown = typeName.kind === "known" && names.test(String(typeName.value));
  return violations(
    [
      `${property} ${found}; it must be the literal name of an AWS type that no rule judges, ` +
        "or be allowed by the setting allowedTypes",
    ],
    fixFor(isShown ? String(typeName.value) : resource.type),
  );
}

/** A feature of an EKS cluster must be known, and must not create AWS resources from the cluster's objects. */
function judgeFeature({ type, props }: Subject): Violation[] {
  const [property, names] = CLUSTER_FEATURES[type]!;
  const feature = read(props, [property]);
  const isAnother = feature.kind === "known" && !names.test(String(feature.value));
  // AWS refuses a feature without a name.
  if (isAnother || feature.kind === "absent") return [];
  const text =
    `${property} ${describe(feature, names)}, and controllers may create AWS resources from the cluster's objects, ` +
    "which no rule sees; it must be another, or the type must be allowed by the setting allowedTypes";
  return violations([text], fixFor(type));
}

/**
 * Whether this is an Elastic IP address that is not associated with an instance or interface, such as a NAT gateway's.
 */
function isBareAddress(type: string, props: unknown): boolean {
  const givenTo = ["InstanceId", "instanceId", "instance", "networkInterface"];
  return /[:_]eip$/i.test(type) && givenTo.every((property) => read(props, [property]).kind === "absent");
}

/** Why a type may create what no rule sees, to complete "the type …"; undefined if it may not. */
function objectionTo(type: string): string | undefined {
  if (isOf(CHART, { type })) return "creates the resources of its chart, which no rule sees";
  if (COMMAND.test(type)) return "runs a command, which may create anything";
  if (isOf(INVOCATION, { type })) return "calls a function, whose code may create anything";
  // "pulumi-nodejs:dynamic:Resource"; resources in modules have a longer middle part.
  if (/^pulumi-(nodejs|python):/.test(type))
    return "belongs to a dynamic provider, whose code may create anything";
  if (!/^aws:(?!index\/)/.test(type) && isJudgedElsewhere(type))
    return "is another provider's name for a resource that the rules judge under aws:*";
  return undefined;
}

/**
 * Whether a type is a judged resource from a provider other than `@pulumi/aws`: AWS Cloud Control natively
 * (`aws-native`) and through Terraform (`awscc`), controllers in a Kubernetes cluster, Terraform's AWS provider bridged
 * at run time (`aws:index/…`), and Terraform modules, whose resources are named `<package>:tf:aws_…`.
 *
 * Source: https://www.pulumi.com/registry/packages/aws-native/,
 * https://www.pulumi.com/registry/packages/terraform-provider/, https://github.com/pulumi/pulumi-terraform-module
 */
function isJudgedElsewhere(type: string): boolean {
  const [provider = "", module = "", name = ""] = type.split(":");
  if (provider === "aws-native") return isJudgedInCloudFormation(module.split("/")[0]! + name);
  if (provider === "kubernetes") return CONTROLLER_GROUP.test(module.split("/")[0]!);
  if (provider === "awscc") return isJudgedInCloudFormation(name);
  if (provider === "aws") return module.startsWith("index/") && isJudgedInTerraform(name);
  if (module !== "tf") return false;
  const [, source, kind = ""] = /^(awscc|aws)_(\w+)$/.exec(name) ?? [];
  return source === "awscc" ? isJudgedInCloudFormation(kind) : isJudgedInTerraform(kind);
}

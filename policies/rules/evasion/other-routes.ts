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
  COMMAND,
  CONTROLLER_GROUP,
  INVOCATION,
  REMOTE_COMMAND,
  TEMPLATE,
} from "./types";

const WRITE = 'write it with @pulumi/aws, for example new aws.lb.Listener("https", { … })';
const fixFor = (type: string): string =>
  `${WRITE}; or, if it makes nothing the rules judge, name its type in the setting: ` +
  `{ "other-routes": { "allowedTypes": ["${type}"] } }`;

const LATER_FIX =
  "have it do what only reads, starts, stops or notifies, such as ec2:stopInstances or the document " +
  "AWS-RunPatchBaseline; or name it in the setting";
/** Everything, by its type: what would make judged things where no rule sees them. */
export const otherRoutes = resourceRule({
  id: "other-routes",
  area: "evasion",
  title: "Nothing is made where the rules cannot see it",
  severity: "high",
  level: "resource",
  description:
    "Load balancers, their targets and their security groups are made with @pulumi/aws, not by providers, " +
    "templates or commands that this pack cannot read, unless configuration allows the type. " +
    "What no rule sees, no rule refuses.",
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
      'What may be done later all the same: calls of AWS\'s API such as "ec2:createVolume", and documents of Systems ' +
        'Manager such as "AWS-RunAnsiblePlaybook".',
    ),
    allowedTypes: textsSetting(
      [],
      "Resource types that are allowed all the same: Pulumi type tokens such as " +
        '"pulumi-nodejs:dynamic:Resource", or for Cloud Control CloudFormation types such as "Acme::Web::Page".',
    ),
  },
  types: "*",
  judge(resource, { allowedCalls, allowedTypes }) {
    if (allowedTypes.includes(resource.type)) return [];
    if (Object.hasOwn(BY_TYPE_NAME, resource.type)) return judgeByTypeName(resource, allowedTypes);
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

/** A command on an instance, each of whose texts starts only what stays there, as user data and documents may, too. */
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

/** What schedules and rules of EventBridge call: the property, the way to its ARN, and code that AWS takes. */
const TARGETS = [
  [EVENT_SCHEDULE, "target", ["target", "arn"], "target: { arn: handler.arn, … }"],
  [EVENT_TARGET, "arn", ["arn"], "arn: handler.arn"],
] as const;

/** What is no target of theirs, though its outputs are known as late as a target's. */
const NO_TARGET =
  /^(random|time|tls|std):|^aws:(iam|kms|s3|ec2|ssm\/parameter|secretsmanager|scheduler|acm|route53)\b/;

/** Targets of schedules and rules that a preview doesn't tell: only the stack shows what they come from. */
export const unknownTargets = stackRule({
  id: "other-routes-stack",
  area: "evasion",
  title: "What schedules call can be told",
  severity: "high",
  level: "stack",
  description:
    "Schedules and rules of EventBridge call what is known in a preview, or a resource of the program. " +
    "A call that nobody can read may make or change anything.",
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
          `${label} is not known before deployment, and comes from nothing that it may call; ` +
          "it must be a literal, or lead to a function, a queue or the like";
        return violations([text], `${fix}, such as that of an aws.lambda.Function`, resource.urn);
      }),
    ),
});

/** Cloud Control takes any CloudFormation type: those of AWS that no rule judges are fine. */
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
      `${property} ${found}; it must be a literal type of AWS that no rule judges, ` +
        "or be allowed by the setting allowedTypes",
    ],
    fixFor(isShown ? String(typeName.value) : resource.type),
  );
}

/** An Elastic IP address that is given to nothing, such as a NAT gateway's. */
function isBareAddress(type: string, props: unknown): boolean {
  const givenTo = ["InstanceId", "instanceId", "instance", "networkInterface"];
  return /[:_]eip$/i.test(type) && givenTo.every((property) => read(props, [property]).kind === "absent");
}

/** Why a type is another route, to complete "the type …"; nothing if it is not. */
function objectionTo(type: string): string | undefined {
  if (isOf(CHART, { type })) return "makes what its chart says, which no rule sees";
  if (COMMAND.test(type)) return "runs a command, which may make anything";
  if (isOf(INVOCATION, { type })) return "calls a function, whose code may make anything";
  // "pulumi-nodejs:dynamic:Resource", with more between the colons for resources in modules.
  if (/^pulumi-(nodejs|python):/.test(type)) return "is a dynamic provider's, whose code may make anything";
  if (!/^aws:(?!index\/)/.test(type) && isJudgedElsewhere(type))
    return "is another provider's name for what the rules judge under aws:*";
  return undefined;
}

/**
 * The same resources from providers other than `@pulumi/aws`: AWS Cloud Control natively (`aws-native`) and through
 * Terraform (`awscc`), controllers in a Kubernetes cluster, Terraform's AWS provider bridged at run time (`aws:index/…`), and Terraform modules, whose
 * resources are called `<package>:tf:aws_…`.
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

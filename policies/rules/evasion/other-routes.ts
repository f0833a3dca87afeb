import { describe, resourceRule, violations } from "../../rule";
import type { Subject } from "../../rule";
import { read } from "../../read";
import { isOf } from "../../resources";
import { textsSetting } from "../../settings";
import { isJudgedInCloudFormation, isJudgedInTerraform } from "./foreign-names";
import { LATER, laterFaults } from "./later-calls";
import { templateFault } from "./templates";
import { BY_TYPE_NAME, CHART, COMMAND, CONTROLLER_GROUP, INVOCATION, TEMPLATE } from "./types";

const FIX =
  'write it with @pulumi/aws, for example new aws.lb.Listener("https", { … }); or, if it makes nothing the rules ' +
  'judge, name its type in the setting: { "other-routes": { "allowedTypes": ["command:local:Command"] } }';

const LATER_FIX =
  "have it do what only reads, starts, stops or notifies, such as arn:aws:scheduler:::aws-sdk:ec2:stopInstances or the " +
  'document AWS-RunPatchBaseline; or name it in the setting: { "other-routes": { "allowedCalls": ["ec2:createVolume"] } }';

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
  permits: "the setting allowedTypes",
  remedy: `To comply, ${FIX}.`,
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
    if (isOf(LATER, resource)) return violations(laterFaults(resource, allowedCalls), LATER_FIX);
    if (isOf(TEMPLATE, resource)) return violations([templateFault(resource)], FIX);
    const objection = objectionTo(resource.type);
    if (objection === undefined || isBareAddress(resource.type, resource.props)) return [];
    return violations([`${resource.type} ${objection}; it must be allowed by the setting allowedTypes`], FIX);
  },
});

/** Cloud Control takes any CloudFormation type: those of AWS that no rule judges are fine. */
function judgeByTypeName(resource: Subject, allowedTypes: readonly string[]) {
  const property = BY_TYPE_NAME[resource.type]!;
  const typeName = read(resource.props, [property]);
  if (typeName.kind === "known" && typeof typeName.value === "string") {
    if (allowedTypes.includes(typeName.value)) return [];
    const [, service, kind] = /^AWS::(\w+)::(\w+)$/i.exec(typeName.value) ?? [];
    if (service !== undefined && kind !== undefined && !isJudgedInCloudFormation(service + kind)) return [];
    const state = read(resource.props, ["desiredState"]);
    const inputs =
      state.kind === "known" && typeof state.value === "string" ? parsed(state.value) : undefined;
    if (inputs !== undefined && isBareAddress(typeName.value, inputs)) return [];
  }
  const found = describe(typeName, /^\w{2,64}(::\w{2,64}){1,3}$/);
  return violations(
    [
      `${property} ${found}; it must be a literal type of AWS that no rule judges, ` +
        "or be allowed by the setting allowedTypes",
    ],
    FIX,
  );
}

/** An Elastic IP address that is given to nothing, such as a NAT gateway's. */
function isBareAddress(type: string, props: unknown): boolean {
  const givenTo = ["InstanceId", "instanceId", "instance", "networkInterface"];
  return /[:_]eip$/i.test(type) && givenTo.every((property) => read(props, [property]).kind === "absent");
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Why a type is another route, to complete "the type …"; nothing if it is not. */
function objectionTo(type: string): string | undefined {
  if (isOf(CHART, { type })) return "makes what its chart says, which no rule sees";
  if (COMMAND.test(type)) return "runs a command, which may make anything";
  if (isOf(INVOCATION, { type })) return "calls a function, whose code may make anything";
  // "pulumi-nodejs:dynamic:Resource", with more between the colons for resources in modules.
  if (/^pulumi-(nodejs|python):/.test(type)) return "is a dynamic provider's, whose code may make anything";
  if (isJudgedElsewhere(type)) return "is another provider's name for what the rules judge under aws:*";
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

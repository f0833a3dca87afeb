import { describe, resourceRule, violations } from "../../rule";
import type { Subject, Violation } from "../../rule";
import { read } from "../../read";
import { EVENT_SCHEDULE, isOf } from "../../resources";
import { textsSetting } from "../../settings";
import {
  BY_TYPE_NAME,
  CHART,
  CLOUDFORMATION_TYPES,
  COMMAND,
  CONTROLLER_GROUP,
  INVOCATION,
  JUDGED_CALLS,
  TEMPLATE,
  TERRAFORM_TYPES,
} from "./types";

const FIX =
  'write it with @pulumi/aws, for example new aws.lb.Listener("https", { … }); or, if it makes nothing the rules ' +
  'judge, name its type in the setting: { "other-routes": { "allowedTypes": ["command:local:Command"] } }';

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
    allowedTypes: textsSetting(
      [],
      "Resource types that are allowed all the same: Pulumi type tokens such as " +
        '"pulumi-nodejs:dynamic:Resource", or for Cloud Control CloudFormation types such as "Acme::Web::Page".',
    ),
  },
  types: "*",
  judge(resource, { allowedTypes }) {
    if (allowedTypes.includes(resource.type)) return [];
    if (Object.hasOwn(BY_TYPE_NAME, resource.type)) return judgeByTypeName(resource, allowedTypes);
    if (isOf(EVENT_SCHEDULE, resource)) return judgeSchedule(resource);
    const objection = objectionTo(resource.type);
    if (objection === undefined) return [];
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
    if (service !== undefined && kind !== undefined && !isJudgedInCloudFormation(service, kind)) return [];
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

/**
 * A schedule may call any function of AWS's API. A target that is not known yet is no such call, which its author
 * writes down: what is unknown is a function or a queue of the same program.
 */
function judgeSchedule(schedule: Subject): Violation[] {
  const target = read(schedule.props, ["target", "arn"]);
  if (target.kind !== "known" || typeof target.value !== "string" || !JUDGED_CALLS.test(target.value))
    return [];
  const found = describe(target, /^arn:[\w-]{3,12}:scheduler:::aws-sdk:\w{2,40}:\w{2,80}$/);
  return violations(
    [`target.arn ${found}, which makes or changes what the rules judge; it must be another call`],
    FIX,
  );
}

/** Why a type is another route, to complete "the type …"; nothing if it is not. */
function objectionTo(type: string): string | undefined {
  if (isOf(TEMPLATE, { type })) return "makes what its template says, which no rule sees";
  if (isOf(CHART, { type })) return "makes what its chart says, which no rule sees";
  if (isOf(COMMAND, { type })) return "runs a command, which may make anything";
  if (isOf(INVOCATION, { type })) return "calls a function, whose code may make anything";
  // "pulumi-nodejs:dynamic:Resource", with more between the colons for resources in modules.
  if (/^pulumi-(nodejs|python):/.test(type)) return "is a dynamic provider's, whose code may make anything";
  if (isJudgedElsewhere(type)) return "is another provider's name for what the rules judge under aws:*";
  return undefined;
}

const plain = (name: string): string => name.toLowerCase().replace(/[_-]/g, "");

const CLOUDFORMATION = new Set(
  Object.entries(CLOUDFORMATION_TYPES).flatMap(([service, kinds]) =>
    kinds.map((kind) => plain(service + kind)),
  ),
);
const TERRAFORM = new Set(TERRAFORM_TYPES.map(plain));

function isJudgedInCloudFormation(service: string, kind: string): boolean {
  return CLOUDFORMATION.has(plain(service + kind));
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
  if (provider === "aws-native") return isJudgedInCloudFormation(module.split("/")[0]!, name);
  if (provider === "kubernetes") return CONTROLLER_GROUP.test(module.split("/")[0]!);
  if (provider === "awscc") return CLOUDFORMATION.has(plain(name));
  if (provider === "aws") return module.startsWith("index/") && TERRAFORM.has(plain(name));
  if (module !== "tf") return false;
  const [, source, kind = ""] = /^(awscc|aws)_(\w+)$/.exec(name) ?? [];
  return source === "awscc" ? CLOUDFORMATION.has(plain(kind)) : TERRAFORM.has(plain(kind));
}

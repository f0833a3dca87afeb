import type { Values } from "../values";

/** Whether a change of a property makes another resource; `unknown` where nobody here can tell. */
export type Forces = "yes" | "no" | "maybe" | "unknown";

/** What is known of a type. Its properties that are in no list are changed in place. */
export interface TypeFacts {
  /** CloudFormation's type, or the provider's source file; left out if the provider's documentation alone says anything. */
  readonly source?: string;
  /** Properties whose change makes another resource. @default none */
  readonly replaces?: readonly string[];
  /** Those whose change may. @default none */
  readonly mayReplace?: readonly string[];
  /** Those of which nobody says anything. @default none */
  readonly unknown?: readonly string[];
}

/** The table that `npm run generate` writes: by Pulumi's type token, from the sources named. */
export interface ReplacementTable {
  readonly sources: readonly string[];
  readonly types: Readonly<Record<string, TypeFacts>>;
}

/** Properties of Pulumi's own, which AWS never sees. */
const PULUMIS = new Set([
  "forceDestroy",
  "forceDelete",
  "skipDestroy",
  "skipFinalSnapshot",
  "finalSnapshotIdentifier",
  "applyImmediately",
  "allowOverwrite",
  "overwrite",
  "updateDefaultVersion",
  "revokeRulesOnDelete",
  "waitForCapacityTimeout",
  "waitForElbCapacity",
  "minElbCapacity",
  "waitForDeployment",
  "waitForSteadyState",
  "instanceRefresh",
  "forceNewDeployment",
  "tags",
  "tagsAll",
]);

/**
 * Types of which the provider deletes the old one before it creates the new one, when it replaces it for a reason of its own.
 * Source: `DeleteBeforeReplace` in pulumi/pulumi-aws `provider/resource_overrides.go`.
 */
export const DELETED_FIRST: ReadonlySet<string> = new Set([
  "aws:apigateway/integration:Integration",
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
  "aws:ec2/securityGroupRule:SecurityGroupRule",
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment",
  "aws:ecr/lifecyclePolicy:LifecyclePolicy",
  "aws:efs/mountTarget:MountTarget",
  "aws:iam/accountAlias:AccountAlias",
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
  "aws:iam/policyAttachment:PolicyAttachment",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment",
]);

/** Properties that replace a load balancer only if it is no application load balancer: the provider's documentation. */
const NETWORK_ONLY = new Set(["secondaryIpsAutoAssignedPerSubnet", "securityGroups", "subnets"]);

/**
 * Whether a change of a property makes another resource, by what the provider documents and by CloudFormation's facts: what
 * AWS's API can't change, the provider can't either. `region` always does.
 *
 * @param type - Pulumi's type token
 * @param property - its name in Pulumi, at the top level
 * @param inputs - of the resource, as they shall be. @default none
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
 */
export function forces(type: string, property: string, inputs: Values = {}): Forces {
  // Providers are never replaced: pulumi/pulumi-aws asks for it nowhere.
  if (type.startsWith("pulumi:")) return "no";
  if (property === "region") return "yes";
  if (PULUMIS.has(property)) return "no";
  if (/^aws:[a-z0-9]*lb\/loadBalancer:LoadBalancer$/.test(type) && NETWORK_ONLY.has(property)) {
    const { loadBalancerType = "application" } = inputs;
    return loadBalancerType === "application" ? "no" : "maybe";
  }
  const facts = table().types[type];
  if (facts === undefined) return "unknown";
  if (facts.replaces?.includes(property) === true) return "yes";
  if (facts.mayReplace?.includes(property) === true) return "maybe";
  return facts.unknown?.includes(property) === true ? "unknown" : "no";
}

/** Read where it is asked for. */
function table(): ReplacementTable {
  // Seldom needed, and large.
  return require("./replacement.json") as ReplacementTable;
}

import type { Values } from "../values";

/** Whether a change of a property replaces the resource; `unknown` if no source says. */
export type Forces = "yes" | "no" | "maybe" | "unknown";

/** The facts about a type. Properties in none of the lists are changed in place. */
export interface TypeFacts {
  /**
   * CloudFormation's type, or the provider's source file; left out if only the provider's documentation says
   * anything.
   */
  readonly source?: string;
  /** Properties whose change replaces the resource. @default none */
  readonly replaces?: readonly string[];
  /** Properties whose change may replace the resource. @default none */
  readonly mayReplace?: readonly string[];
  /** Properties without information. @default none */
  readonly unknown?: readonly string[];
}

/** The table that `npm run generate` writes: by Pulumi type token, from the named sources. */
export interface ReplacementTable {
  readonly sources: readonly string[];
  readonly types: Readonly<Record<string, TypeFacts>>;
}

/** Pulumi's own properties, which AWS never sees. */
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
 * Types whose old resource the provider deletes before it creates the new one, when it replaces it for its own
 * reasons.
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

/**
 * Properties that replace a load balancer unless it is an application load balancer: the provider's documentation.
 */
const NETWORK_ONLY = new Set(["secondaryIpsAutoAssignedPerSubnet", "securityGroups", "subnets"]);

/**
 * Whether a change of a property replaces the resource, by the provider's documentation and by CloudFormation's
 * facts: the provider can't change what AWS's API can't change. `region` always replaces.
 *
 * @param type - Pulumi type token
 * @param property - its name in Pulumi, at the top level
 * @param inputs - the new inputs of the resource. @default none
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
 */
export function forces(type: string, property: string, inputs: Values = {}): Forces {
  // Providers are never replaced: pulumi/pulumi-aws never asks for that.
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

/** Loads the table on first use. */
function table(): ReplacementTable {
  // Loaded here because few runs need it, and it is large.
  return require("./replacement.json") as ReplacementTable;
}

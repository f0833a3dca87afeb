import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { createBoundaries } from "./boundaries";
import { arnsIn, PIPELINES } from "./names";
import { changing, reading, stateStatements } from "./permissions";
import { documentOf, type Statement } from "./policy-document";
import type { State } from "./state";

/** Arguments of {@link createRoles}. */
export interface RolesArgs {
  /** GitHub's OWNER/NAME, or OWNER@ID/NAME@ID. */
  readonly repository: string;
  readonly environments: readonly string[];
  /** Additional actions that stacks may allow the store's application. */
  readonly applicationActions: readonly string[];
  /** Roles in other accounts with which stacks access hosted zones there. */
  readonly hostedZoneRoleArns: readonly string[];
  readonly accountId: pulumi.Output<string>;
  readonly state: State;
}

/** The GitHub environment in which jobs run the code of pull requests that nobody has reviewed yet. */
export const REVIEW = "review";

const ISSUER = "token.actions.githubusercontent.com";

/**
 * Creates two roles for each environment: NAME deploys, NAME-preview only reads. Each trusts only the GitHub
 * environment of the same name.
 *
 * @returns the roles' ARNs by GitHub environment, and the boundary of the roles that they create
 * @see https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws
 */
export function createRoles(args: RolesArgs): {
  roleArns: Record<string, pulumi.Output<string>>;
  permissionsBoundary: pulumi.Output<string>;
} {
  const provider = new aws.iam.OpenIdConnectProvider("github", {
    url: `https://${ISSUER}`,
    clientIdLists: ["sts.amazonaws.com"],
  });
  const arns = arnsIn(args.accountId);
  const boundaries = createBoundaries(arns, args.state, args.applicationActions, args.hostedZoneRoleArns);
  const managed = (name: string, statements: readonly Statement[]): aws.iam.Policy =>
    new aws.iam.Policy(name, { name: `${PIPELINES}${name}`, policy: documentOf(statements) });
  const reads = managed("reading", reading(arns, args.hostedZoneRoleArns));
  const changes = managed("changing", changing(arns));

  const createRole = (name: string, policies: readonly aws.iam.Policy[], deploys: boolean) => {
    const role = new aws.iam.Role(name, {
      name: `${PIPELINES}${name}`,
      assumeRolePolicy: documentOf([trust(provider.arn, args.repository, name, deploys && name !== REVIEW)]),
      permissionsBoundary: boundaries.pipelines.arn,
      maxSessionDuration: 21_600, // What .github/workflows/stack.yml asks for, held by test/workflows.
    });
    policies.forEach((policy, index) => {
      new aws.iam.RolePolicyAttachment(`${name}-${index}`, { role: role.name, policyArn: policy.arn });
    });
    const policy = documentOf(stateStatements(args.state, deploys));
    new aws.iam.RolePolicy(name, { role: role.name, policy });
    return [name, role.arn] as const;
  };
  const created = args.environments.flatMap((name) => [
    createRole(`${name}-preview`, [reads], false),
    createRole(name, [reads, changes], true),
  ]);
  return { roleArns: Object.fromEntries(created), permissionsBoundary: boundaries.workloads.arn };
}

/**
 * Trusts only workflow jobs that run in this environment and, for roles that deploy, on the main branch.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc (sub)
 * @see https://aws.amazon.com/about-aws/whats-new/2026/01/aws-sts-supports-validation-identity-provider-claims/ (ref)
 */
const trust = (
  providerArn: pulumi.Output<string>,
  repository: string,
  environment: string,
  ofMain: boolean,
): Statement => ({
  Effect: "Allow",
  Principal: { Federated: providerArn },
  Action: ["sts:AssumeRoleWithWebIdentity"],
  Condition: {
    StringEquals: {
      [`${ISSUER}:aud`]: "sts.amazonaws.com",
      [`${ISSUER}:sub`]: `repo:${repository}:environment:${environment}`,
      ...(ofMain ? { [`${ISSUER}:ref`]: "refs/heads/main" } : {}),
    },
  },
});

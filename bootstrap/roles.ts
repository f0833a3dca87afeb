import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { State } from "./state";

/** Who gets roles. */
export interface RolesArgs {
  /** GitHub's OWNER/NAME. */
  readonly repository: string;
  readonly environments: readonly string[];
  readonly accountId: pulumi.Output<string>;
  readonly state: State;
}

const ISSUER = "token.actions.githubusercontent.com";

/**
 * Two roles an environment: NAME deploys, NAME-preview reads. Each trusts the one GitHub environment of its name.
 *
 * @returns the roles' ARNs, by GitHub environment
 * @see https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws
 */
export function createRoles(args: RolesArgs): Record<string, pulumi.Output<string>> {
  const provider = new aws.iam.OpenIdConnectProvider("github", {
    url: `https://${ISSUER}`,
    clientIdLists: ["sts.amazonaws.com"],
  });
  const boundary = new aws.iam.Policy("deployment-boundary", {
    description: "The most that a role which deploys can be given",
    policy: boundaryOf(args.accountId),
  });
  const arns: Record<string, pulumi.Output<string>> = {};
  for (const environment of args.environments) {
    const role = (name: string, managed: string, own: pulumi.Input<string>) => {
      const created = new aws.iam.Role(name, {
        name: `web-store-github-${name}`,
        assumeRolePolicy: trust(provider.arn, args.repository, name),
        permissionsBoundary: boundary.arn,
        maxSessionDuration: 21_600, // What .github/workflows/stack.yml asks for, held by test/workflows.
      });
      new aws.iam.RolePolicyAttachment(name, {
        role: created.name,
        policyArn: `arn:aws:iam::aws:policy/${managed}`,
      });
      new aws.iam.RolePolicy(name, { role: created.name, policy: own });
      arns[name] = created.arn;
    };
    role(`${environment}-preview`, "ReadOnlyAccess", policyOf(stateStatements(args.state, [])));
    role(
      environment,
      "PowerUserAccess",
      policyOf([...stateStatements(args.state, WRITING), ...iam(args.accountId)]),
    );
  }
  return arns;
}

const WRITING = ["s3:PutObject", "s3:DeleteObject"];

/** Only a workflow job that runs in this very environment, which GitHub's protection rules guard. */
const trust = (providerArn: pulumi.Output<string>, repository: string, environment: string) =>
  policyOf([
    {
      Effect: "Allow",
      Principal: { Federated: providerArn },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          [`${ISSUER}:aud`]: "sts.amazonaws.com",
          [`${ISSUER}:sub`]: `repo:${repository}:environment:${environment}`,
        },
      },
    },
  ]);

const stateStatements = ({ bucket, key }: State, writing: readonly string[]) => [
  { Effect: "Allow", Action: ["s3:ListBucket", "s3:GetBucketLocation"], Resource: bucket.arn },
  { Effect: "Allow", Action: ["s3:GetObject", ...writing], Resource: pulumi.interpolate`${bucket.arn}/*` },
  {
    Effect: "Allow",
    Action: [
      "kms:Decrypt",
      "kms:DescribeKey",
      ...(writing.length > 0 ? ["kms:Encrypt", "kms:GenerateDataKey"] : []),
    ],
    Resource: key.arn,
  },
];

/** What PowerUserAccess leaves out, for the store's own roles. */
const iam = (accountId: pulumi.Output<string>) => [
  {
    Effect: "Allow",
    Action: [
      "iam:*Role",
      "iam:*RolePolicy",
      "iam:*RoleTags",
      "iam:TagRole",
      "iam:UntagRole",
      "iam:*InstanceProfile*",
    ],
    Resource: ["role", "instance-profile"].map(
      (kind) => pulumi.interpolate`arn:aws:iam::${accountId}:${kind}/web-store-*`,
    ),
  },
  { Effect: "Allow", Action: ["iam:Get*", "iam:List*"], Resource: "*" },
];

/** All but what would let a pipeline make itself, or somebody, mightier. */
const boundaryOf = (accountId: pulumi.Output<string>) =>
  policyOf([
    { Effect: "Allow", Action: "*", Resource: "*" },
    {
      Effect: "Deny",
      Action: [
        ...[
          "organizations:*",
          "account:*",
          "iam:*User*",
          "iam:*Group*",
          "iam:*AccessKey*",
          "iam:*LoginProfile*",
        ],
        ...["iam:*OpenIDConnectProvider*", "iam:*SAMLProvider*", "iam:*PermissionsBoundary"],
        ...[
          "iam:AttachRolePolicy",
          "iam:CreatePolicyVersion",
          "iam:SetDefaultPolicyVersion",
          "iam:DeletePolicy",
        ],
      ],
      Resource: "*",
    },
    {
      Sid: "ItsOwnRoles",
      Effect: "Deny",
      Action: ["iam:*Role", "iam:*RolePolicy"],
      Resource: pulumi.interpolate`arn:aws:iam::${accountId}:role/web-store-github-*`,
    },
  ]);

const policyOf = (Statement: readonly object[]): pulumi.Output<string> =>
  pulumi.jsonStringify({ Version: "2012-10-17", Statement });

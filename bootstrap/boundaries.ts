import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type Arns, PIPELINES, STORE } from "./names";
import { allow, documentOf, type Statement } from "./policy-document";
import type { State } from "./state";

/** The services to which the program passes roles. */
const SERVICES = ["ec2", "lambda", "scheduler", "vpc-flow-logs"].map((name) => `${name}.amazonaws.com`);

/**
 * Creates the permissions boundaries of pipelines' roles and of the roles that pipelines create. Both have
 * fixed names, so that their ARNs don't change: stacks are configured with one of them.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function createBoundaries(
  arns: Arns,
  state: State,
  applicationActions: readonly string[],
  hostedZoneRoleArns: readonly string[],
): { pipelines: aws.iam.Policy; workloads: aws.iam.Policy } {
  const workloads = new aws.iam.Policy("workloads", {
    name: `${PIPELINES}workloads`,
    description: "The most that a role which a pipeline creates can be given",
    policy: documentOf([
      ...workloadStatements(arns, state),
      ...(applicationActions.length > 0 ? [allow(applicationActions)] : []),
    ]),
  });
  const pipelines = new aws.iam.Policy("pipelines", {
    name: `${PIPELINES}pipelines`,
    description: "The most that a pipeline's role can be given",
    policy: documentOf(pipelineStatements(arns, state, workloads.arn, hostedZoneRoleArns)),
  });
  return { pipelines, workloads };
}

/** What the store's instances, proxies, functions, schedules and flow logs need, and nothing else. */
const workloadStatements = (arns: Arns, state: State): readonly Statement[] => [
  // Actions that can't be limited to a resource, or whose resources a stack's settings name.
  allow([
    "ssm:UpdateInstanceInformation",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
    "autoscaling:DescribeAutoScalingGroups",
    "cloudwatch:GetMetricData",
    "cloudwatch:PutMetricData",
    "ec2:DescribeInstances",
    "ec2:DescribeTags",
    "elasticloadbalancing:DescribeTargetHealth",
    "logs:DescribeLogGroups",
    "ecr:BatchGetImage",
    "ecr:GetAuthorizationToken",
    "ecr:GetDownloadUrlForLayer",
    "s3:GetObject",
    "s3:GetObjectVersion",
    "secretsmanager:GetSecretValue",
    "ssm:GetParameter",
  ]),
  {
    ...allow(["kms:Decrypt"]),
    Condition: {
      StringLike: {
        "kms:ViaService": ["s3", "secretsmanager", "ssm"].map((service) => `${service}.*.amazonaws.com`),
      },
    },
  },
  allow(
    ["autoscaling:CompleteLifecycleAction", "autoscaling:DeleteWarmPool", "autoscaling:PutWarmPool"],
    arns.of("autoscaling", `autoScalingGroup:*:autoScalingGroupName/${STORE}*`),
  ),
  allow(
    ["elasticloadbalancing:ModifyCapacityReservation"],
    arns.of("elasticloadbalancing", `loadbalancer/app/${STORE}*`),
  ),
  allow(["dynamodb:GetItem", "dynamodb:PutItem"], arns.of("dynamodb", `table/${STORE}*`)),
  allow(
    ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
    arns.of("logs", `log-group:${STORE}*`),
  ),
  { Effect: "Deny", Action: ["s3:*", "kms:*"], Resource: partsOf(state) },
];

/**
 * Everything except what would let a pipeline escalate its own or others' privileges. pathfinding.cloud lists
 * the known ways. Those through services that `permissions.ts` doesn't name are excluded there.
 */
const pipelineStatements = (
  arns: Arns,
  state: State,
  workloads: pulumi.Output<string>,
  hostedZoneRoleArns: readonly string[],
): readonly Statement[] => [
  allow(["*"]),
  {
    Sid: "NobodyElse",
    Effect: "Deny",
    Action: [
      "account:*",
      "organizations:*",
      "sts:AssumeRoot",
      "sts:GetFederationToken",
      "iam:*User*",
      "iam:*Group*",
      "iam:*AccessKey*",
      "iam:*LoginProfile*",
      "iam:*MFADevice*",
      "iam:*OpenIDConnectProvider*",
      "iam:*SAMLProvider*",
      "iam:*ServiceSpecificCredential*",
    ],
    Resource: "*",
  },
  {
    Sid: "NoOtherRole", // But for those that other accounts have for their DNS.
    Effect: "Deny",
    Action: ["sts:AssumeRole"],
    ...(hostedZoneRoleArns.length > 0 ? { NotResource: hostedZoneRoleArns } : { Resource: "*" }),
  },
  {
    Sid: "NoManagedPolicies", // The store has none; the boundaries themselves are such.
    Effect: "Deny",
    Action: [
      "iam:AttachRolePolicy",
      "iam:CreatePolicy",
      "iam:CreatePolicyVersion",
      "iam:DeletePolicy",
      "iam:DeletePolicyVersion",
      "iam:SetDefaultPolicyVersion",
    ],
    Resource: "*",
  },
  { Sid: "BoundariesStay", Effect: "Deny", Action: ["iam:Delete*PermissionsBoundary"], Resource: "*" },
  {
    Sid: "RolesWithinTheBoundary",
    Effect: "Deny",
    Action: [
      "iam:CreateRole",
      "iam:PutRolePermissionsBoundary",
      "iam:PutRolePolicy",
      "iam:UpdateAssumeRolePolicy",
    ],
    Resource: "*",
    Condition: { StringNotEquals: { "iam:PermissionsBoundary": workloads } },
  },
  {
    Sid: "RolesForServices",
    Effect: "Deny",
    Action: ["iam:PassRole"],
    Resource: "*",
    Condition: { StringNotEquals: { "iam:PassedToService": SERVICES } },
  },
  {
    Sid: "PipelinesStay",
    Effect: "Deny",
    NotAction: ["iam:Get*", "iam:List*"],
    Resource: arns.iam(`role/${PIPELINES}*`),
  },
  {
    // Launch templates of others may have more powerful roles, which a new version gets without
    // `iam:PassRole`. The same applies to instances of others, and instances with the store's tag can be told
    // to run its documents.
    Sid: "OthersTemplatesStay",
    Effect: "Deny",
    Action: [
      "ec2:CreateLaunchTemplateVersion",
      "ec2:ModifyLaunchTemplate",
      "ec2:DeleteLaunchTemplate*",
      "ec2:CreateTags",
      "ec2:DeleteTags",
    ],
    Resource: ["launch-template/*", "instance/*"].map((kind) => arns.of("ec2", kind)),
    Condition: {
      StringNotEquals: { "aws:ResourceTag/Project": "web-store" },
      Null: { "ec2:CreateAction": "true" }, // A new template has no tags before its first.
    },
  },
  {
    Sid: "StateStays", // Its versions, encryption, policy and key.
    Effect: "Deny",
    NotAction: [
      "s3:GetBucketLocation",
      "s3:ListBucket",
      "s3:GetObject",
      "s3:PutObject",
      "s3:DeleteObject",
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:Encrypt",
      "kms:GenerateDataKey",
    ],
    Resource: partsOf(state),
  },
];

const partsOf = ({ bucket, key }: State): pulumi.Input<string>[] => [
  bucket.arn,
  pulumi.interpolate`${bucket.arn}/*`,
  key.arn,
];

import * as pulumi from "@pulumi/pulumi";

import { type Arns, STORE } from "./names";
import { allow, type Statement } from "./policy-document";
import type { State } from "./state";

/**
 * The store's buckets, and the objects that stacks upload (programs and trust stores), which `pulumi preview
 * --refresh` compares.
 */
const BUCKETS = `arn:aws:s3:::${STORE}*`;
const UPLOADS = ["releases", "client-certificates"].map((bucket) => `arn:aws:s3:::${STORE}${bucket}-*/*`);

/** Log groups of the store; the names of AWS WAF's must begin with `aws-waf-logs-`. */
const logGroups = (arns: Arns): pulumi.Input<string>[] =>
  ["", "aws-waf-logs-"].map((prefix) => arns.of("logs", `log-group:${prefix}${STORE}*`));

/** Systems Manager documents and parameters: the release command, and the releases for which it has run. */
const ofSystemsManager = (arns: Arns): pulumi.Input<string>[] =>
  ["document", "parameter"].map((kind) => arns.of("ssm", `${kind}/${STORE}*`));

const roles = (arns: Arns): pulumi.Input<string> => arns.iam(`role/${STORE}*`);
const profiles = (arns: Arns): pulumi.Input<string> => arns.iam(`instance-profile/${STORE}*`);
const functions = (arns: Arns): pulumi.Input<string> => arns.of("lambda", `function:${STORE}*`);

/**
 * Read access to configurations, for previews. It excludes table items, logs, secrets other than a login's
 * client secret, which is also in the state, and objects other than those that stacks upload. Lambda returns
 * a link to a function's code with its configuration, so access is limited to the store's functions.
 */
export const reading = (arns: Arns, hostedZoneRoleArns: readonly string[]): readonly Statement[] => [
  allow([
    "acm:DescribeCertificate",
    "acm:ListCertificates",
    "acm:ListTagsForCertificate",
    "autoscaling:Describe*",
    "cloudfront:Get*",
    "cloudfront:List*",
    "cloudwatch:Describe*",
    "cloudwatch:GetAlarmMuteRule",
    "cloudwatch:GetDashboard",
    "cloudwatch:ListTagsForResource",
    "dynamodb:DescribeContinuousBackups",
    "dynamodb:DescribeTable",
    "dynamodb:DescribeTimeToLive",
    "dynamodb:ListTagsOfResource",
    "ec2:Describe*",
    "ec2:GetManagedPrefixListEntries",
    "elasticloadbalancing:Describe*",
    "logs:DescribeDeliver*",
    "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies",
    "logs:GetDeliver*",
    "logs:ListTagsForResource",
    "route53:Get*",
    "route53:List*",
    "scheduler:Get*",
    "scheduler:ListTagsForResource",
    "servicequotas:GetServiceQuota",
    "sns:GetSubscriptionAttributes",
    "sns:GetTopicAttributes",
    "sns:ListTagsForResource",
    "ssm:DescribeParameters",
    "wafv2:GetIPSet",
    "wafv2:GetLoggingConfiguration",
    "wafv2:GetRuleGroup",
    "wafv2:GetWebACL*",
    "wafv2:ListTagsForResource",
  ]),
  allow(["s3:GetBucket*", "s3:Get*Configuration", "s3:ListBucket", "s3:ListTagsForResource"], BUCKETS),
  allow(["s3:GetObject", "s3:GetObjectTagging"], UPLOADS),
  allow(
    ["lambda:GetFunction", "lambda:GetFunction*Config*", "lambda:GetPolicy", "lambda:List*"],
    functions(arns),
  ),
  allow(["iam:Get*", "iam:List*"], [roles(arns), profiles(arns)]),
  allow(
    ["ssm:DescribeDocument*", "ssm:GetDocument", "ssm:GetParameter", "ssm:ListTagsForResource"],
    ofSystemsManager(arns),
  ),
  allow(["secretsmanager:GetSecretValue"], arns.of("secretsmanager", `secret:${STORE}login*`)),
  // AWS's own parameters, such as the newest images.
  allow(["ssm:GetParameter", "ssm:GetParameters"], "arn:aws:ssm:*::parameter/aws/service/*"),
  // A preview looks up the hosted zone too, and Pulumi uses one role for previews and deployments.
  ...(hostedZoneRoleArns.length > 0 ? [allow(["sts:AssumeRole"], hostedZoneRoleArns)] : []),
];

/** Permissions to change the store's resources and roles. */
export const changing = (arns: Arns): readonly Statement[] => [
  // The network and the resources that start instances in it. Their ARNs contain ids, not names.
  allow([
    "ec2:CreateVpc",
    "ec2:DeleteVpc",
    "ec2:ModifyVpcAttribute",
    "ec2:*VpcCidrBlock",
    "ec2:*VpcEndpoints",
    "ec2:CreateVpcEndpoint",
    "ec2:ModifyVpcEndpoint",
    "ec2:*Subnet*",
    "ec2:*Route",
    "ec2:*RouteTable*",
    "ec2:*InternetGateway",
    "ec2:*NatGateway*",
    "ec2:*Address",
    "ec2:*FlowLogs",
    "ec2:*SecurityGroup*",
    "ec2:DetachNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:CreateTags",
    "ec2:DeleteTags",
    "ec2:*LaunchTemplate",
    "ec2:*LaunchTemplateVersion*",
    "ec2:RunInstances",
  ]),
  allow(
    ["elasticloadbalancing:*"],
    ["loadbalancer/app", "listener/app", "listener-rule/app", "targetgroup", "truststore"].map((kind) =>
      arns.of("elasticloadbalancing", `${kind}/${STORE}*`),
    ),
  ),
  allow(["autoscaling:*"], arns.of("autoscaling", `autoScalingGroup:*:autoScalingGroupName/${STORE}*`)),
  allow(
    ["cloudwatch:Put*", "cloudwatch:Delete*", "cloudwatch:TagResource", "cloudwatch:UntagResource"],
    [
      ...["alarm:", "alarm-mute-rule:"].map((kind) => arns.of("cloudwatch", `${kind}${STORE}*`)),
      arns.of("cloudwatch", `dashboard/${STORE}*`),
    ],
  ),
  allow(["sns:*"], arns.of("sns", `${STORE}*`)),
  allow(["lambda:*"], functions(arns)),
  allow(
    ["scheduler:*"],
    [arns.of("scheduler", `schedule/${STORE}*/*`), arns.of("scheduler", `schedule-group/${STORE}*`)],
  ),
  allow(
    [
      "dynamodb:CreateTable",
      "dynamodb:UpdateTable",
      "dynamodb:DeleteTable",
      "dynamodb:TagResource",
      "dynamodb:UntagResource",
      "dynamodb:UpdateContinuousBackups",
      "dynamodb:UpdateTimeToLive",
    ],
    arns.of("dynamodb", `table/${STORE}*`),
  ),
  allow(
    [
      "logs:CreateLogGroup",
      "logs:DeleteLogGroup",
      "logs:*RetentionPolicy",
      "logs:TagResource",
      "logs:UntagResource",
      "logs:AssociateKmsKey",
      "logs:DisassociateKmsKey",
    ],
    logGroups(arns),
  ),
  // Deliveries of CloudFront's and AWS WAF's logs, and permissions for AWS to write them.
  allow([
    "logs:CreateDelivery",
    "logs:DeleteDelivery",
    "logs:UpdateDeliveryConfiguration",
    "logs:PutDelivery*",
    "logs:DeleteDelivery*",
    "logs:*LogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "cloudfront:AllowVendedLogDeliveryForResource",
  ]),
  allow(
    ["logs:TagResource", "logs:UntagResource"],
    ["delivery", "delivery-destination", "delivery-source"].map((kind) => arns.of("logs", `${kind}:*`)),
  ),
  allow(
    ["wafv2:*"],
    [
      // IAM accepts no wildcard for the resource type.
      ...["global", "regional"].flatMap((scope) => [
        ...["ipset", "webacl"].map((kind) => arns.of("wafv2", `${scope}/${kind}/${STORE}*`)),
        // Other rule groups, which a web ACL may use.
        arns.of("wafv2", `${scope}/rulegroup/*`),
        `arn:aws:wafv2:*:*:${scope}/managedruleset/*`,
      ]),
      arns.of("elasticloadbalancing", `loadbalancer/app/${STORE}*`),
    ],
  ),
  // A load balancer reads a user pool's app client with the permissions of the principal that configures the
  // login.
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html#cognito-requirements
  allow(["cognito-idp:DescribeUserPoolClient"], arns.of("cognito-idp", "userpool/*")),
  // Their ARNs contain ids, not names.
  allow([
    "acm:RequestCertificate",
    "acm:DeleteCertificate",
    "acm:AddTagsToCertificate",
    "acm:RemoveTagsFromCertificate",
    "cloudfront:Create*",
    "cloudfront:Update*",
    "cloudfront:Delete*",
    "cloudfront:TagResource",
    "cloudfront:UntagResource",
    "elasticloadbalancing:SetWebAcl",
    "route53:ChangeResourceRecordSets",
    "route53:ChangeTagsForResource",
    "route53:*HealthCheck",
    "route53:*HostedZone",
    "route53:UpdateHostedZone*",
  ]),
  allow(
    [
      "s3:CreateBucket",
      "s3:DeleteBucket*",
      "s3:PutBucket*",
      "s3:Put*Configuration",
      "s3:ListBucketVersions",
      "s3:TagResource",
      "s3:UntagResource",
    ],
    BUCKETS,
  ),
  // Needed to delete a bucket with its logs.
  allow(["s3:DeleteObject", "s3:DeleteObjectVersion"], `${BUCKETS}/*`),
  allow(["s3:PutObject", "s3:PutObjectTagging"], UPLOADS),
  allow(
    [
      "ssm:CreateDocument",
      "ssm:UpdateDocument*",
      "ssm:DeleteDocument",
      "ssm:PutParameter",
      "ssm:DeleteParameter",
      "ssm:AddTagsToResource",
      "ssm:RemoveTagsFromResource",
    ],
    ofSystemsManager(arns),
  ),
  ...runningCommands(arns),
  ...changingRoles(arns),
];

/**
 * The release command: only the store's documents, and only on the store's instances.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/run-command-setting-up.html
 */
const runningCommands = (arns: Arns): readonly Statement[] => [
  allow(["ssm:SendCommand"], arns.of("ssm", `document/${STORE}*`)),
  {
    ...allow(["ssm:SendCommand"], arns.of("ec2", "instance/*")),
    Condition: { StringEquals: { "ssm:resourceTag/Project": "web-store" } },
  },
  // Neither action can be limited to a resource.
  allow(["ssm:GetCommandInvocation", "ssm:ListCommands"]),
];

/** The store's own roles, within the limits of the boundary. */
const changingRoles = (arns: Arns): readonly Statement[] => [
  allow(
    [
      "iam:CreateRole",
      "iam:DeleteRole",
      "iam:UpdateRole",
      "iam:UpdateRoleDescription",
      "iam:TagRole",
      "iam:UntagRole",
      "iam:PassRole",
      "iam:PutRolePolicy",
      "iam:DeleteRolePolicy",
      "iam:PutRolePermissionsBoundary",
      "iam:UpdateAssumeRolePolicy",
    ],
    roles(arns),
  ),
  allow(["iam:*InstanceProfile"], profiles(arns)),
  {
    // Service-linked roles, which AWS creates with the first resource in an account that needs one.
    ...allow(["iam:CreateServiceLinkedRole"], arns.iam("role/aws-service-role/*")),
    Condition: {
      StringEquals: {
        "iam:AWSServiceName": [
          "autoscaling",
          "elasticloadbalancing",
          "spot",
          "wafv2",
          "delivery.logs",
          "vpcorigin.cloudfront",
        ].map((service) => `${service}.amazonaws.com`),
      },
    },
  },
];

/** Access to the stacks' states, and to the key that encrypts them and the secrets in stack files. */
export const stateStatements = ({ bucket, key }: State, writes: boolean): readonly Statement[] => [
  allow(["s3:ListBucket", "s3:GetBucketLocation"], bucket.arn),
  allow(
    ["s3:GetObject", ...(writes ? ["s3:PutObject", "s3:DeleteObject"] : [])],
    pulumi.interpolate`${bucket.arn}/*`,
  ),
  allow(
    ["kms:Decrypt", "kms:DescribeKey", ...(writes ? ["kms:Encrypt", "kms:GenerateDataKey"] : [])],
    key.arn,
  ),
];

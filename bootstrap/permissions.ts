import * as pulumi from "@pulumi/pulumi";

import { type Arns, STORE } from "./names";
import { allow, type Statement } from "./policy-document";
import type { State } from "./state";

/** Buckets of the store, and what stacks upload, programs and trust stores: what `pulumi preview --refresh` compares. */
const BUCKETS = `arn:aws:s3:::${STORE}*`;
const UPLOADS = ["releases", "client-certificates"].map((bucket) => `arn:aws:s3:::${STORE}${bucket}-*/*`);

/** Log groups of the store; those of AWS WAF have to begin with its word. */
const logGroups = (arns: Arns): pulumi.Input<string>[] =>
  ["", "aws-waf-logs-"].map((prefix) => arns.of("logs", `log-group:${prefix}${STORE}*`));

/** Documents and parameters of Systems Manager: what runs once a release, and for which releases it has. */
const ofSystemsManager = (arns: Arns): pulumi.Input<string>[] =>
  ["document", "parameter"].map((kind) => arns.of("ssm", `${kind}/${STORE}*`));

const roles = (arns: Arns): pulumi.Input<string> => arns.iam(`role/${STORE}*`);
const profiles = (arns: Arns): pulumi.Input<string> => arns.iam(`instance-profile/${STORE}*`);
const functions = (arns: Arns): pulumi.Input<string> => arns.of("lambda", `function:${STORE}*`);

/**
 * How things are configured, for previews: no items of tables, no secrets but that of a login's client, which is in the state
 * as well, no logs, and of objects what stacks upload alone. Lambda tells where a function's code is along with its
 * configuration, so that is the store's functions' only.
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
  // A preview looks the zone up, too, and Pulumi knows one role for both.
  ...(hostedZoneRoleArns.length > 0 ? [allow(["sts:AssumeRole"], hostedZoneRoleArns)] : []),
];

/** What the store is made of, and its roles. */
export const changing = (arns: Arns): readonly Statement[] => [
  // The network, and what starts instances in it: ids, not names.
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
  // Subscriptions to CloudFront's and AWS WAF's logs, and what lets AWS write them.
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
      // IAM takes no wildcard for the kind of a resource.
      ...["global", "regional"].flatMap((scope) => [
        ...["ipset", "webacl"].map((kind) => arns.of("wafv2", `${scope}/${kind}/${STORE}*`)),
        // Somebody else's, which a web ACL may ask.
        arns.of("wafv2", `${scope}/rulegroup/*`),
        `arn:aws:wafv2:*:*:${scope}/managedruleset/*`,
      ]),
      arns.of("elasticloadbalancing", `loadbalancer/app/${STORE}*`),
    ],
  ),
  // What a load balancer asks of a user pool's client, with the rights of whoever configures the login.
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html#cognito-requirements
  allow(["cognito-idp:DescribeUserPoolClient"], arns.of("cognito-idp", "userpool/*")),
  // Ids, not names.
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
  // To delete a bucket with its logs.
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
 * The command of a release: the store's documents alone, on the store's instances alone.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/run-command-setting-up.html
 */
const runningCommands = (arns: Arns): readonly Statement[] => [
  allow(["ssm:SendCommand"], arns.of("ssm", `document/${STORE}*`)),
  {
    ...allow(["ssm:SendCommand"], arns.of("ec2", "instance/*")),
    Condition: { StringEquals: { "ssm:resourceTag/Project": "web-store" } },
  },
  // Neither can be limited to a resource.
  allow(["ssm:GetCommandInvocation", "ssm:ListCommands"]),
];

/** The store's own roles; the boundary says how. */
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
    // AWS's own roles for services, which it creates with the first resource in an account that needs one.
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

/** The stacks' states, and the key that encrypts them and the secrets in stack files. */
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

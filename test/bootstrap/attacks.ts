import { ACCOUNT, type Request } from "../support/iam";

/** A role of the account that belongs neither to the store nor to its pipelines. */
const ADMIN = `arn:aws:iam::${ACCOUNT}:role/admin`;
const STORES = `arn:aws:iam::${ACCOUNT}:role/web-store-instance-1234567`;
const PIPELINES = `arn:aws:iam::${ACCOUNT}:role/web-store-github-prod`;

/** An ARN of the account, in the Region of the rehearsals. */
const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:eu-west-1:${ACCOUNT}:${resource}`;
const policy = (name: string): string => `arn:aws:iam::${ACCOUNT}:policy/${name}`;

const within = (boundary: string): Request["context"] => ({ "iam:PermissionsBoundary": boundary });
const to = (service: string): Request["context"] => ({ "iam:PassedToService": `${service}.amazonaws.com` });

/** An action to try. */
export type Attack = readonly [action: string, resource: string, context?: Request["context"]];

/**
 * Privilege escalations from the lists of pathfinding.cloud and Rhino Security Labs, and ways around the boundary.
 * Actions that a deployment needs are tried on resources that don't belong to the store, where they would do harm.
 *
 * @param workloads - ARN of the boundary of the roles that pipelines create
 * @param pipelines - ARN of the boundary of the pipelines
 * @see https://pathfinding.cloud
 * @see https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/
 */
export const escalations = (
  workloads: string,
  pipelines: string,
): Readonly<Record<string, readonly Attack[]>> => ({
  "a role without the boundary": [
    ["iam:CreateRole", STORES],
    ["iam:CreateRole", STORES, within(pipelines)],
    ["iam:CreateRole", STORES, within("arn:aws:iam::aws:policy/AdministratorAccess")],
    ["iam:PutRolePolicy", STORES],
    ["iam:UpdateAssumeRolePolicy", STORES],
    ["iam:PutRolePermissionsBoundary", STORES, within(pipelines)],
    ["iam:DeleteRolePermissionsBoundary", STORES, within(workloads)],
    ["iam:DeleteUserPermissionsBoundary", `arn:aws:iam::${ACCOUNT}:user/ann`],
    ["iam:PutUserPermissionsBoundary", `arn:aws:iam::${ACCOUNT}:user/ann`, within(workloads)],
  ],
  "another boundary": ["workloads", "pipelines", "changing"].flatMap((name): Attack[] =>
    ["CreatePolicyVersion", "SetDefaultPolicyVersion", "DeletePolicyVersion", "DeletePolicy"].map(
      (action) => [`iam:${action}`, policy(`web-store-github-${name}`)],
    ),
  ),
  "a managed policy": [
    ["iam:CreatePolicy", policy("mine")],
    ["iam:AttachRolePolicy", STORES, within(workloads)],
    ["iam:AttachRolePolicy", PIPELINES, within(pipelines)],
  ],
  "the pipelines' own roles": [
    ...["PutRolePolicy", "UpdateAssumeRolePolicy", "DeleteRolePolicy", "PutRolePermissionsBoundary"].map(
      (action): Attack => [`iam:${action}`, PIPELINES, within(workloads)],
    ),
    ["iam:DeleteRole", PIPELINES],
    ["iam:UpdateRole", PIPELINES],
    ["iam:TagRole", PIPELINES],
    ["iam:PassRole", PIPELINES, to("lambda")],
    ["sts:AssumeRole", PIPELINES],
  ],
  "others' roles": [
    ["sts:AssumeRole", ADMIN],
    ["iam:PutRolePolicy", ADMIN, within(workloads)],
    ["iam:UpdateAssumeRolePolicy", ADMIN, within(workloads)],
    ["iam:DeleteRole", ADMIN],
    ...["ec2", "lambda", "scheduler", "vpc-flow-logs"].map((service): Attack => [
      "iam:PassRole",
      ADMIN,
      to(service),
    ]),
    ["iam:AddRoleToInstanceProfile", `arn:aws:iam::${ACCOUNT}:instance-profile/admin`],
    [
      "iam:CreateServiceLinkedRole",
      `arn:aws:iam::${ACCOUNT}:role/aws-service-role/x`,
      { "iam:AWSServiceName": "sso.amazonaws.com" },
    ],
  ],
  "the store's roles for other services": [
    ["iam:PassRole", STORES],
    ...["glue", "cloudformation", "codebuild", "ecs-tasks", "sagemaker", "bedrock-agentcore"].map(
      (service): Attack => ["iam:PassRole", STORES, to(service)],
    ),
  ],
  "people and their keys": [
    ...["CreateUser", "CreateAccessKey", "CreateLoginProfile", "UpdateLoginProfile", "PutUserPolicy"].map(
      (action): Attack => [`iam:${action}`, `arn:aws:iam::${ACCOUNT}:user/ann`],
    ),
    ["iam:AttachUserPolicy", `arn:aws:iam::${ACCOUNT}:user/ann`],
    ["iam:AddUserToGroup", `arn:aws:iam::${ACCOUNT}:group/admins`],
    ["iam:PutGroupPolicy", `arn:aws:iam::${ACCOUNT}:group/admins`],
    ["iam:AttachGroupPolicy", `arn:aws:iam::${ACCOUNT}:group/admins`],
    ["iam:CreateOpenIDConnectProvider", `arn:aws:iam::${ACCOUNT}:oidc-provider/evil.example`],
    [
      "iam:AddClientIDToOpenIDConnectProvider",
      `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`,
    ],
    ["iam:CreateSAMLProvider", `arn:aws:iam::${ACCOUNT}:saml-provider/evil`],
    ["organizations:LeaveOrganization", "*"],
    ["account:PutAlternateContact", "*"],
  ],
  "resources that run with others' roles": [
    ["lambda:UpdateFunctionCode", arn("lambda", "function:admin")],
    ["lambda:InvokeFunction", arn("lambda", "function:admin")],
    ["lambda:AddPermission", arn("lambda", "function:admin")],
    ["lambda:CreateEventSourceMapping", "*"],
    ["ec2:ModifyInstanceAttribute", arn("ec2", "instance/i-0123456789abcdef0")],
    ["ec2:RequestSpotInstances", arn("ec2", "spot-instances-request/*")],
    ["ec2:AssociateIamInstanceProfile", arn("ec2", "instance/i-0123456789abcdef0")],
    ["ec2:ReplaceIamInstanceProfileAssociation", arn("ec2", "instance/i-0123456789abcdef0")],
    ["ec2:CreateLaunchTemplateVersion", arn("ec2", "launch-template/lt-0123456789abcdef0")],
    [
      "ec2:ModifyLaunchTemplate",
      arn("ec2", "launch-template/lt-0123456789abcdef0"),
      { "aws:ResourceTag/Project": "ledger" },
    ],
    ["ec2:CreateTags", arn("ec2", "launch-template/lt-0123456789abcdef0")],
    [
      "autoscaling:UpdateAutoScalingGroup",
      arn("autoscaling", "autoScalingGroup:1:autoScalingGroupName/ledger"),
    ],
    [
      "autoscaling:CreateLaunchConfiguration",
      arn("autoscaling", "launchConfiguration:1:launchConfigurationName/x"),
    ],
    ["ec2-instance-connect:SendSSHPublicKey", arn("ec2", "instance/i-0123456789abcdef0")],
    ["ssm:StartSession", arn("ec2", "instance/i-0123456789abcdef0")],
    ["ssm:SendCommand", arn("ec2", "instance/i-0123456789abcdef0")],
    ["ssm:SendCommand", arn("ec2", "instance/i-0123456789abcdef0"), { "ssm:resourceTag/Project": "ledger" }],
    ["ssm:SendCommand", arn("ssm", "document/ledger-restart")],
    ["ssm:SendCommand", arn("ssm", "document/AWS-RunShellScript")],
    ["ssm:UpdateDocument", arn("ssm", "document/ledger-restart")],
    // With the store's tag, the store's documents could run on the instance.
    ["ec2:CreateTags", arn("ec2", "instance/i-0123456789abcdef0")],
    ["ec2:CreateTags", arn("ec2", "instance/i-0123456789abcdef0"), { "aws:ResourceTag/Project": "ledger" }],
    ["apprunner:CreateService", arn("apprunner", "service/x/1")],
    ["apprunner:UpdateService", arn("apprunner", "service/x/1")],
    ["bedrock-agentcore:CreateCodeInterpreter", "*"],
    ["cloudformation:CreateStack", arn("cloudformation", "stack/x/1")],
    ["cloudformation:UpdateStack", arn("cloudformation", "stack/x/1")],
    ["cloudformation:CreateStackSet", "*"],
    ["cloudformation:CreateChangeSet", arn("cloudformation", "stack/x/1")],
    ["codebuild:CreateProject", arn("codebuild", "project/x")],
    ["codebuild:StartBuild", arn("codebuild", "project/x")],
    ["codebuild:StartBuildBatch", arn("codebuild", "project/x")],
    ["datapipeline:CreatePipeline", "*"],
    ["ecs:RegisterTaskDefinition", arn("ecs", "task-definition/x:1")],
    ["ecs:RunTask", arn("ecs", "task-definition/x:1")],
    ["glue:CreateDevEndpoint", "*"],
    ["glue:CreateJob", arn("glue", "job/x")],
    ["glue:UpdateJob", arn("glue", "job/x")],
    ["sagemaker:CreateNotebookInstance", arn("sagemaker", "notebook-instance/x")],
    ["sagemaker:CreateTrainingJob", arn("sagemaker", "training-job/x")],
    ["sagemaker:CreateProcessingJob", arn("sagemaker", "processing-job/x")],
    ["sagemaker:CreatePresignedNotebookInstanceUrl", arn("sagemaker", "notebook-instance/x")],
  ],
});

/** Actions that previews don't need. */
export const secrets: Readonly<Record<string, readonly Attack[]>> = {
  orders: ["GetItem", "BatchGetItem", "Query", "Scan", "PartiQLSelect", "ExportTableToPointInTime"].map(
    (action): Attack => [`dynamodb:${action}`, arn("dynamodb", "table/web-store-orders-1234567")],
  ),
  secrets: [
    ["secretsmanager:GetSecretValue", arn("secretsmanager", "secret:shop-AbCdEf")],
    ["secretsmanager:BatchGetSecretValue", "*"],
    ["ssm:GetParameter", arn("ssm", "parameter/shop/password")],
    ["ssm:GetParameters", arn("ssm", "parameter/shop/password")],
    ["ssm:GetParametersByPath", arn("ssm", "parameter/shop")],
    ["ssm:GetParameterHistory", arn("ssm", "parameter/shop/password")],
    ["kms:Decrypt", arn("kms", "key/01234567-89ab-cdef-0123-456789abcdef")],
    ["acm:ExportCertificate", arn("acm", "certificate/01234567-89ab-cdef-0123-456789abcdef")],
  ],
  "others' objects": [
    ["s3:GetObject", "arn:aws:s3:::ledger/2026.csv"],
    ["s3:GetObject", "arn:aws:s3:::web-store-access-logs-1234567/AWSLogs/1.gz"],
    ["s3:GetObjectVersion", "arn:aws:s3:::web-store-releases-1234567/store/x.cjs"],
    ["s3:ListBucket", "arn:aws:s3:::ledger"],
  ],
  "running resources and their logs": [
    ["lambda:GetFunction", arn("lambda", "function:ledger")],
    ["lambda:InvokeFunction", arn("lambda", "function:ledger")],
    ["logs:GetLogEvents", arn("logs", "log-group:web-store-status-1234567:log-stream:x")],
    ["logs:FilterLogEvents", arn("logs", "log-group:web-store-flow-logs-1234567")],
    ["logs:StartQuery", arn("logs", "log-group:web-store-flow-logs-1234567")],
    ["ec2:GetConsoleOutput", arn("ec2", "instance/i-0123456789abcdef0")],
    ["ec2:GetConsoleScreenshot", arn("ec2", "instance/i-0123456789abcdef0")],
    ["ec2:GetPasswordData", arn("ec2", "instance/i-0123456789abcdef0")],
    ["wafv2:GetSampledRequests", arn("wafv2", "regional/webacl/web-store-web-acl-1234567/1")],
    ["ecr:GetAuthorizationToken", "*"],
  ],
};

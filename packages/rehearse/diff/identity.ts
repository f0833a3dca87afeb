/**
 * What AWS knows things by. Pulumi creates before it deletes, and so two resources of a plan may want to be the same thing
 * for a while.
 *
 * Source: the errors, and what is said of repeated requests, of each action in AWS's API references and models; of Amazon
 * EC2, https://docs.aws.amazon.com/ec2/latest/devguide/errors-overview.html.
 */

/** The resources of a type that can't both be there. */
export interface Identity {
  /** Inputs that are a thing's identity together; those that end in `?` may be left out. */
  readonly by: readonly string[];
  /** The service and action that create one. */
  readonly action: string;
  /** The error with which AWS refuses a second one. Without it, the second request changes, or finds, what is there. */
  readonly error: string | undefined;
  /** An input that lets the second one take over what is there. */
  readonly unless: string | undefined;
}

/** What one is made by, the error of a second one if there is any, and what it is known by. */
type Row = readonly [type: string, action: string, error: string, by: string, unless?: string];

/** The second request changes, or finds, what is there. */
const TAKES_OVER = "";

const RULE =
  "securityGroupId ipProtocol fromPort? toPort? cidrIpv4? cidrIpv6? prefixListId? referencedSecurityGroupId?";

const ROWS: readonly Row[] = [
  ["lb/loadBalancer:LoadBalancer", "elbv2:CreateLoadBalancer", "DuplicateLoadBalancerName", "name"],
  ["lb/targetGroup:TargetGroup", "elbv2:CreateTargetGroup", "DuplicateTargetGroupName", "name"],
  ["lb/listener:Listener", "elbv2:CreateListener", "DuplicateListener", "loadBalancerArn port"],
  ["lb/listenerRule:ListenerRule", "elbv2:CreateRule", "PriorityInUse", "listenerArn priority"],
  [
    ...(["lb/listenerCertificate:ListenerCertificate", "elbv2:AddListenerCertificates", TAKES_OVER] as const),
    "listenerArn certificateArn",
  ],
  [
    ...(["lb/targetGroupAttachment:TargetGroupAttachment", "elbv2:RegisterTargets", TAKES_OVER] as const),
    "targetGroupArn targetId port?",
  ],
  ["elb/loadBalancer:LoadBalancer", "elb:CreateLoadBalancer", "DuplicateLoadBalancerName", "name"],

  [
    ...(["route53/record:Record", "route53:ChangeResourceRecordSets", "InvalidChangeBatch"] as const),
    ...(["zoneId name type setIdentifier?", "allowOverwrite"] as const),
  ],
  ["cloudfront/distribution:Distribution", "cloudfront:CreateDistribution", "CNAMEAlreadyExists", "aliases"],
  ["cloudfront/cachePolicy:CachePolicy", "cloudfront:CreateCachePolicy", "CachePolicyAlreadyExists", "name"],
  ["cloudfront/function:Function", "cloudfront:CreateFunction", "FunctionAlreadyExists", "name"],
  [
    ...([
      "cloudfront/originAccessControl:OriginAccessControl",
      "cloudfront:CreateOriginAccessControl",
    ] as const),
    ...(["OriginAccessControlAlreadyExists", "name"] as const),
  ],
  [
    "cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
    ...(["cloudfront:CreateResponseHeadersPolicy", "ResponseHeadersPolicyAlreadyExists", "name"] as const),
  ],
  ["apigateway/domainName:DomainName", "apigateway:CreateDomainName", "ConflictException", "domainName"],
  ["apigatewayv2/domainName:DomainName", "apigatewayv2:CreateDomainName", "ConflictException", "domainName"],
  ["wafv2/ipSet:IpSet", "wafv2:CreateIPSet", "WAFDuplicateItemException", "name scope"],
  ["wafv2/ruleGroup:RuleGroup", "wafv2:CreateRuleGroup", "WAFDuplicateItemException", "name scope"],
  ["wafv2/webAcl:WebAcl", "wafv2:CreateWebACL", "WAFDuplicateItemException", "name scope"],
  ["wafv2/webAclAssociation:WebAclAssociation", "wafv2:AssociateWebACL", TAKES_OVER, "resourceArn"],

  ["autoscaling/group:Group", "autoscaling:CreateAutoScalingGroup", "AlreadyExists", "name"],
  [
    ...(["autoscaling/lifecycleHook:LifecycleHook", "autoscaling:PutLifecycleHook", TAKES_OVER] as const),
    "autoscalingGroupName name",
  ],
  ["autoscaling/policy:Policy", "autoscaling:PutScalingPolicy", TAKES_OVER, "autoscalingGroupName name"],
  [
    ...(["autoscaling/schedule:Schedule", "autoscaling:PutScheduledUpdateGroupAction", TAKES_OVER] as const),
    "autoscalingGroupName scheduledActionName",
  ],
  [
    ...([
      "autoscaling/attachment:Attachment",
      "autoscaling:AttachLoadBalancerTargetGroups",
      TAKES_OVER,
    ] as const),
    "autoscalingGroupName lbTargetGroupArn? elb?",
  ],
  [
    ...([
      "appautoscaling/target:Target",
      "application-autoscaling:RegisterScalableTarget",
      TAKES_OVER,
    ] as const),
    "serviceNamespace resourceId scalableDimension",
  ],
  [
    ...(["appautoscaling/policy:Policy", "application-autoscaling:PutScalingPolicy", TAKES_OVER] as const),
    "serviceNamespace resourceId scalableDimension name",
  ],

  [
    ...(["ec2/flowLog:FlowLog", "ec2:CreateFlowLogs", "FlowLogAlreadyExists"] as const),
    "vpcId? subnetId? eniId? logDestination? trafficType?",
  ],
  ["ec2/internetGateway:InternetGateway", "ec2:AttachInternetGateway", "InvalidParameterValue", "vpcId"],
  ["ec2/keyPair:KeyPair", "ec2:ImportKeyPair", "InvalidKeyPair.Duplicate", "keyName"],
  [
    ...(["ec2/launchTemplate:LaunchTemplate", "ec2:CreateLaunchTemplate"] as const),
    ...(["InvalidLaunchTemplateName.AlreadyExistsException", "name"] as const),
  ],
  [
    ...(["ec2/networkAclRule:NetworkAclRule", "ec2:CreateNetworkAclEntry"] as const),
    ...(["NetworkAclEntryAlreadyExists", "networkAclId ruleNumber egress?"] as const),
  ],
  [
    ...(["ec2/route:Route", "ec2:CreateRoute", "RouteAlreadyExists"] as const),
    "routeTableId destinationCidrBlock? destinationIpv6CidrBlock? destinationPrefixListId?",
  ],
  [
    ...(["ec2/routeTableAssociation:RouteTableAssociation", "ec2:AssociateRouteTable"] as const),
    ...(["Resource.AlreadyAssociated", "subnetId"] as const),
  ],
  ["ec2/securityGroup:SecurityGroup", "ec2:CreateSecurityGroup", "InvalidGroup.Duplicate", "name vpcId?"],
  ["ec2/subnet:Subnet", "ec2:CreateSubnet", "InvalidSubnet.Conflict", "vpcId cidrBlock"],
  ["ec2/volumeAttachment:VolumeAttachment", "ec2:AttachVolume", "VolumeInUse", "volumeId"],
  [
    ...(["vpc/securityGroupEgressRule:SecurityGroupEgressRule", "ec2:AuthorizeSecurityGroupEgress"] as const),
    ...(["InvalidPermission.Duplicate", RULE] as const),
  ],
  [
    ...([
      "vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      "ec2:AuthorizeSecurityGroupIngress",
    ] as const),
    ...(["InvalidPermission.Duplicate", RULE] as const),
  ],

  ["iam/group:Group", "iam:CreateGroup", "EntityAlreadyExists", "name"],
  ["iam/instanceProfile:InstanceProfile", "iam:CreateInstanceProfile", "EntityAlreadyExists", "name"],
  [
    "iam/openIdConnectProvider:OpenIdConnectProvider",
    "iam:CreateOpenIDConnectProvider",
    "EntityAlreadyExists",
    "url",
  ],
  ["iam/policy:Policy", "iam:CreatePolicy", "EntityAlreadyExists", "name"],
  ["iam/role:Role", "iam:CreateRole", "EntityAlreadyExists", "name"],
  ["iam/user:User", "iam:CreateUser", "EntityAlreadyExists", "name"],
  ["iam/groupPolicyAttachment:GroupPolicyAttachment", "iam:AttachGroupPolicy", TAKES_OVER, "group policyArn"],
  ["iam/rolePolicy:RolePolicy", "iam:PutRolePolicy", TAKES_OVER, "role name"],
  ["iam/rolePolicyAttachment:RolePolicyAttachment", "iam:AttachRolePolicy", TAKES_OVER, "role policyArn"],
  ["iam/userPolicy:UserPolicy", "iam:PutUserPolicy", TAKES_OVER, "user name"],
  ["iam/userPolicyAttachment:UserPolicyAttachment", "iam:AttachUserPolicy", TAKES_OVER, "user policyArn"],

  ["s3/bucket:Bucket", "s3:CreateBucket", "BucketAlreadyOwnedByYou", "bucket"],
  ["s3/bucketObject:BucketObject", "s3:PutObject", TAKES_OVER, "bucket key"],
  ["s3/bucketObjectv2:BucketObjectv2", "s3:PutObject", TAKES_OVER, "bucket key"],
  ...(
    [
      ["bucketLifecycleConfiguration:BucketLifecycleConfiguration", "PutBucketLifecycleConfiguration"],
      ["bucketLogging:BucketLogging", "PutBucketLogging"],
      ["bucketNotification:BucketNotification", "PutBucketNotificationConfiguration"],
      ["bucketOwnershipControls:BucketOwnershipControls", "PutBucketOwnershipControls"],
      ["bucketPolicy:BucketPolicy", "PutBucketPolicy"],
      ["bucketPublicAccessBlock:BucketPublicAccessBlock", "PutPublicAccessBlock"],
      ["bucketVersioning:BucketVersioning", "PutBucketVersioning"],
    ] as const
  ).map(([type, action]): Row => [`s3/${type}`, `s3:${action}`, TAKES_OVER, "bucket"]),

  ["cloudwatch/compositeAlarm:CompositeAlarm", "cloudwatch:PutCompositeAlarm", TAKES_OVER, "alarmName"],
  ["cloudwatch/dashboard:Dashboard", "cloudwatch:PutDashboard", TAKES_OVER, "dashboardName"],
  ["cloudwatch/eventRule:EventRule", "events:PutRule", TAKES_OVER, "name eventBusName?"],
  ["cloudwatch/eventTarget:EventTarget", "events:PutTargets", TAKES_OVER, "rule targetId eventBusName?"],
  ["cloudwatch/logGroup:LogGroup", "logs:CreateLogGroup", "ResourceAlreadyExistsException", "name"],
  [
    "cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
    ...(["logs:PutSubscriptionFilter", TAKES_OVER, "logGroup name"] as const),
  ],
  ["cloudwatch/metricAlarm:MetricAlarm", "cloudwatch:PutMetricAlarm", TAKES_OVER, "name"],
  ["codebuild/project:Project", "codebuild:CreateProject", "ResourceAlreadyExistsException", "name"],
  ["dynamodb/table:Table", "dynamodb:CreateTable", "ResourceInUseException", "name"],
  ["ecr/repository:Repository", "ecr:CreateRepository", "RepositoryAlreadyExistsException", "name"],
  ["ecs/cluster:Cluster", "ecs:CreateCluster", TAKES_OVER, "name"],
  ["ecs/service:Service", "ecs:CreateService", "InvalidParameterException", "name cluster?"],
  ["eks/addon:Addon", "eks:CreateAddon", "ResourceInUseException", "clusterName addonName"],
  ["eks/cluster:Cluster", "eks:CreateCluster", "ResourceInUseException", "name"],
  ["eks/nodeGroup:NodeGroup", "eks:CreateNodegroup", "ResourceInUseException", "clusterName nodeGroupName"],
  ["efs/mountTarget:MountTarget", "efs:CreateMountTarget", "MountTargetConflict", "fileSystemId subnetId"],
  ["elasticache/cluster:Cluster", "elasticache:CreateCacheCluster", "CacheClusterAlreadyExists", "clusterId"],
  [
    ...(["elasticache/replicationGroup:ReplicationGroup", "elasticache:CreateReplicationGroup"] as const),
    ...(["ReplicationGroupAlreadyExists", "replicationGroupId"] as const),
  ],
  [
    ...(["elasticache/subnetGroup:SubnetGroup", "elasticache:CreateCacheSubnetGroup"] as const),
    ...(["CacheSubnetGroupAlreadyExists", "name"] as const),
  ],
  ["kinesis/stream:Stream", "kinesis:CreateStream", "ResourceInUseException", "name"],
  ["kms/alias:Alias", "kms:CreateAlias", "AlreadyExistsException", "name"],
  ["lambda/alias:Alias", "lambda:CreateAlias", "ResourceConflictException", "functionName name"],
  ["lambda/function:Function", "lambda:CreateFunction", "ResourceConflictException", "name"],
  [
    "lambda/functionUrl:FunctionUrl",
    "lambda:CreateFunctionUrlConfig",
    "ResourceConflictException",
    "functionName qualifier?",
  ],
  [
    "lambda/permission:Permission",
    "lambda:AddPermission",
    "ResourceConflictException",
    "function statementId",
  ],
  ["opensearch/domain:Domain", "opensearch:CreateDomain", "ResourceAlreadyExistsException", "domainName"],
  ["rds/cluster:Cluster", "rds:CreateDBCluster", "DBClusterAlreadyExistsFault", "clusterIdentifier"],
  ["rds/instance:Instance", "rds:CreateDBInstance", "DBInstanceAlreadyExists", "identifier"],
  [
    "rds/parameterGroup:ParameterGroup",
    "rds:CreateDBParameterGroup",
    "DBParameterGroupAlreadyExists",
    "name",
  ],
  ["rds/subnetGroup:SubnetGroup", "rds:CreateDBSubnetGroup", "DBSubnetGroupAlreadyExists", "name"],
  ["scheduler/schedule:Schedule", "scheduler:CreateSchedule", "ConflictException", "name groupName?"],
  ["secretsmanager/secret:Secret", "secretsmanager:CreateSecret", "ResourceExistsException", "name"],
  [
    "sesv2/emailIdentity:EmailIdentity",
    "sesv2:CreateEmailIdentity",
    "AlreadyExistsException",
    "emailIdentity",
  ],
  ["sfn/stateMachine:StateMachine", "stepfunctions:CreateStateMachine", "StateMachineAlreadyExists", "name"],
  ["sns/topic:Topic", "sns:CreateTopic", TAKES_OVER, "name"],
  ["sns/topicPolicy:TopicPolicy", "sns:SetTopicAttributes", TAKES_OVER, "arn"],
  ["sns/topicSubscription:TopicSubscription", "sns:Subscribe", TAKES_OVER, "topic protocol endpoint"],
  ["sqs/queue:Queue", "sqs:CreateQueue", TAKES_OVER, "name"],
  ["sqs/queuePolicy:QueuePolicy", "sqs:SetQueueAttributes", TAKES_OVER, "queueUrl"],
  ["ssm/parameter:Parameter", "ssm:PutParameter", "ParameterAlreadyExists", "name", "overwrite"],
];

/** By type. */
export const IDENTITIES: ReadonlyMap<string, Identity> = new Map(
  ROWS.map(([type, action, error, by, unless]) => [
    `aws:${type}`,
    { by: by.split(" "), action, error: error === TAKES_OVER ? undefined : error, unless },
  ]),
);

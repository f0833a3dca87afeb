/**
 * What AWS knows things by. Pulumi creates before it deletes, and so two resources of a plan may want to be the same thing
 * for a while.
 *
 * Source: the errors, and what is said of repeated requests, of each action in AWS's API references,
 * https://docs.aws.amazon.com/: Elastic Load Balancing v2, Amazon EC2, Route 53, IAM, and so on, by the action named.
 */

/** The resources of a type that can't both be there. */
export interface Identity {
  /** Inputs that are a thing's identity together; those that end in `?` may be left out. */
  readonly by: readonly string[];
  /** The service and action that create one. */
  readonly action: string;
  /** The error with which AWS refuses a second one. Without it, the second request changes, or finds, what is there. */
  readonly error?: string;
  /** An input that lets the second one take over what is there. */
  readonly unless?: string;
}

const named = (by: string, action: string, error: string): Identity => ({ by: [by], action, error });
const put = (action: string, ...by: readonly string[]): Identity => ({ by, action });

const RULE = [
  ...["securityGroupId", "ipProtocol", "fromPort?", "toPort?"],
  ...["cidrIpv4?", "cidrIpv6?", "prefixListId?", "referencedSecurityGroupId?"],
];

/** By type. */
export const IDENTITIES: Readonly<Record<string, readonly Identity[]>> = {
  "aws:lb/loadBalancer:LoadBalancer": [
    named("name", "elbv2:CreateLoadBalancer", "DuplicateLoadBalancerName"),
  ],
  "aws:lb/targetGroup:TargetGroup": [named("name", "elbv2:CreateTargetGroup", "DuplicateTargetGroupName")],
  "aws:lb/listener:Listener": [
    { by: ["loadBalancerArn", "port"], action: "elbv2:CreateListener", error: "DuplicateListener" },
  ],
  "aws:lb/listenerRule:ListenerRule": [
    { by: ["listenerArn", "priority"], action: "elbv2:CreateRule", error: "PriorityInUse" },
  ],
  "aws:lb/listenerCertificate:ListenerCertificate": [
    put("elbv2:AddListenerCertificates", "listenerArn", "certificateArn"),
  ],
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": [
    put("elbv2:RegisterTargets", "targetGroupArn", "targetId", "port?"),
  ],

  "aws:route53/record:Record": [
    {
      ...{ by: ["zoneId", "name", "type", "setIdentifier?"], action: "route53:ChangeResourceRecordSets" },
      ...{ error: "InvalidChangeBatch", unless: "allowOverwrite" },
    },
  ],
  "aws:cloudfront/distribution:Distribution": [
    { by: ["aliases"], action: "cloudfront:CreateDistribution", error: "CNAMEAlreadyExists" },
  ],

  "aws:autoscaling/group:Group": [named("name", "autoscaling:CreateAutoScalingGroup", "AlreadyExists")],
  "aws:autoscaling/lifecycleHook:LifecycleHook": [
    put("autoscaling:PutLifecycleHook", "autoscalingGroupName", "name"),
  ],
  "aws:autoscaling/policy:Policy": [put("autoscaling:PutScalingPolicy", "autoscalingGroupName", "name")],
  "aws:autoscaling/schedule:Schedule": [
    put("autoscaling:PutScheduledUpdateGroupAction", "autoscalingGroupName", "scheduledActionName"),
  ],
  "aws:autoscaling/attachment:Attachment": [
    put("autoscaling:AttachLoadBalancerTargetGroups", "autoscalingGroupName", "lbTargetGroupArn?", "elb?"),
  ],

  "aws:ec2/keyPair:KeyPair": [named("keyName", "ec2:ImportKeyPair", "InvalidKeyPair.Duplicate")],
  "aws:ec2/launchTemplate:LaunchTemplate": [
    named("name", "ec2:CreateLaunchTemplate", "InvalidLaunchTemplateName.AlreadyExistsException"),
  ],
  "aws:ec2/route:Route": [
    {
      by: ["routeTableId", "destinationCidrBlock?", "destinationIpv6CidrBlock?", "destinationPrefixListId?"],
      ...{ action: "ec2:CreateRoute", error: "RouteAlreadyExists" },
    },
  ],
  "aws:ec2/routeTableAssociation:RouteTableAssociation": [
    { by: ["subnetId"], action: "ec2:AssociateRouteTable", error: "Resource.AlreadyAssociated" },
  ],
  "aws:ec2/securityGroup:SecurityGroup": [
    { by: ["vpcId?", "name"], action: "ec2:CreateSecurityGroup", error: "InvalidGroup.Duplicate" },
  ],
  "aws:ec2/subnet:Subnet": [
    { by: ["vpcId", "cidrBlock"], action: "ec2:CreateSubnet", error: "InvalidSubnet.Conflict" },
  ],
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": [
    { by: RULE, action: "ec2:AuthorizeSecurityGroupEgress", error: "InvalidPermission.Duplicate" },
  ],
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": [
    { by: RULE, action: "ec2:AuthorizeSecurityGroupIngress", error: "InvalidPermission.Duplicate" },
  ],

  "aws:iam/group:Group": [named("name", "iam:CreateGroup", "EntityAlreadyExists")],
  "aws:iam/instanceProfile:InstanceProfile": [
    named("name", "iam:CreateInstanceProfile", "EntityAlreadyExists"),
  ],
  "aws:iam/policy:Policy": [named("name", "iam:CreatePolicy", "EntityAlreadyExists")],
  "aws:iam/role:Role": [named("name", "iam:CreateRole", "EntityAlreadyExists")],
  "aws:iam/user:User": [named("name", "iam:CreateUser", "EntityAlreadyExists")],
  "aws:iam/rolePolicy:RolePolicy": [put("iam:PutRolePolicy", "role", "name")],
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": [put("iam:AttachRolePolicy", "role", "policyArn")],
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": [put("iam:AttachUserPolicy", "user", "policyArn")],
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": [put("iam:AttachGroupPolicy", "group", "policyArn")],

  "aws:s3/bucket:Bucket": [named("bucket", "s3:CreateBucket", "BucketAlreadyOwnedByYou")],
  ...Object.fromEntries(
    [
      ["bucketLifecycleConfiguration:BucketLifecycleConfiguration", "PutBucketLifecycleConfiguration"],
      ["bucketLogging:BucketLogging", "PutBucketLogging"],
      ["bucketNotification:BucketNotification", "PutBucketNotificationConfiguration"],
      ["bucketOwnershipControls:BucketOwnershipControls", "PutBucketOwnershipControls"],
      ["bucketPolicy:BucketPolicy", "PutBucketPolicy"],
      ["bucketPublicAccessBlock:BucketPublicAccessBlock", "PutPublicAccessBlock"],
      ["bucketVersioning:BucketVersioning", "PutBucketVersioning"],
    ].map(([type, action]) => [`aws:s3/${type}`, [put(`s3:${action}`, "bucket")]]),
  ),

  "aws:cloudwatch/dashboard:Dashboard": [put("cloudwatch:PutDashboard", "dashboardName")],
  "aws:cloudwatch/eventRule:EventRule": [put("events:PutRule", "eventBusName?", "name")],
  "aws:cloudwatch/eventTarget:EventTarget": [put("events:PutTargets", "eventBusName?", "rule", "targetId")],
  "aws:cloudwatch/logGroup:LogGroup": [
    named("name", "logs:CreateLogGroup", "ResourceAlreadyExistsException"),
  ],
  "aws:cloudwatch/metricAlarm:MetricAlarm": [put("cloudwatch:PutMetricAlarm", "name")],
  "aws:dynamodb/table:Table": [named("name", "dynamodb:CreateTable", "ResourceInUseException")],
  "aws:ecr/repository:Repository": [
    named("name", "ecr:CreateRepository", "RepositoryAlreadyExistsException"),
  ],
  "aws:ecs/cluster:Cluster": [put("ecs:CreateCluster", "name")],
  "aws:ecs/service:Service": [
    { by: ["cluster?", "name"], action: "ecs:CreateService", error: "InvalidParameterException" },
  ],
  "aws:eks/cluster:Cluster": [named("name", "eks:CreateCluster", "ResourceInUseException")],
  "aws:kinesis/stream:Stream": [named("name", "kinesis:CreateStream", "ResourceInUseException")],
  "aws:kms/alias:Alias": [named("name", "kms:CreateAlias", "AlreadyExistsException")],
  "aws:lambda/function:Function": [named("name", "lambda:CreateFunction", "ResourceConflictException")],
  "aws:lambda/permission:Permission": [
    { by: ["function", "statementId"], action: "lambda:AddPermission", error: "ResourceConflictException" },
  ],
  "aws:rds/cluster:Cluster": [
    named("clusterIdentifier", "rds:CreateDBCluster", "DBClusterAlreadyExistsFault"),
  ],
  "aws:rds/instance:Instance": [named("identifier", "rds:CreateDBInstance", "DBInstanceAlreadyExists")],
  "aws:rds/subnetGroup:SubnetGroup": [named("name", "rds:CreateDBSubnetGroup", "DBSubnetGroupAlreadyExists")],
  "aws:secretsmanager/secret:Secret": [
    named("name", "secretsmanager:CreateSecret", "ResourceExistsException"),
  ],
  "aws:sns/topic:Topic": [put("sns:CreateTopic", "name")],
  "aws:sns/topicPolicy:TopicPolicy": [put("sns:SetTopicAttributes", "arn")],
  "aws:sqs/queue:Queue": [put("sqs:CreateQueue", "name")],
  "aws:sqs/queuePolicy:QueuePolicy": [put("sqs:SetQueueAttributes", "queueUrl")],
  "aws:ssm/parameter:Parameter": [
    { ...named("name", "ssm:PutParameter", "ParameterAlreadyExists"), unless: "overwrite" },
  ],
  "aws:wafv2/webAcl:WebAcl": [
    { by: ["name", "scope"], action: "wafv2:CreateWebACL", error: "WAFDuplicateItemException" },
  ],
  "aws:wafv2/webAclAssociation:WebAclAssociation": [put("wafv2:AssociateWebACL", "resourceArn")],
};

/** The error with which AWS refuses to delete what others use, by type. */
export const IN_USE: Readonly<Record<string, string>> = {
  "aws:acm/certificate:Certificate": "ResourceInUseException",
  "aws:cloudfront/cachePolicy:CachePolicy": "CachePolicyInUse",
  "aws:cloudfront/originAccessControl:OriginAccessControl": "OriginAccessControlInUse",
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": "ResponseHeadersPolicyInUse",
  "aws:ebs/volume:Volume": "VolumeInUse",
  "aws:ec2/eip:Eip": "InvalidIPAddress.InUse",
  "aws:ec2/networkInterface:NetworkInterface": "InvalidParameterValue",
  "aws:ec2/routeTable:RouteTable": "DependencyViolation",
  "aws:ec2/securityGroup:SecurityGroup": "DependencyViolation",
  "aws:ec2/subnet:Subnet": "DependencyViolation",
  "aws:ec2/vpc:Vpc": "DependencyViolation",
  "aws:iam/policy:Policy": "DeleteConflict",
  "aws:iam/role:Role": "DeleteConflict",
  "aws:lb/targetGroup:TargetGroup": "ResourceInUse",
  "aws:rds/subnetGroup:SubnetGroup": "InvalidDBSubnetGroupStateFault",
  "aws:wafv2/webAcl:WebAcl": "WAFAssociatedItemException",
};

/** Mappings of single types, kept by hand. */

/** The mapping of one type. Paths have dots, and no positions of lists: `defaultActions.redirect.host`. */
export interface Mapping {
  /** As `service Operation`, the one that creates it first. @default found by name */
  readonly operations?: readonly string[];
  /**
   * The member that a property becomes, where the name doesn't show it. `Operation.` stands in front where several
   * operations have the member, and alone for the operation's whole input. Dots lead through structures and lists.
   */
  readonly members?: Readonly<Record<string, string>>;
  /** Properties that are not judged, and why. */
  readonly except?: Readonly<Record<string, string>>;
}

const ATTRIBUTE = "an attribute, which the API takes as a name and a text";

/** The reason for a property that another rule of the pack judges: each fault is reported once. */
const leftTo = (rule: string): string => `the rule ${rule} judges it`;

/** The fields of the actions of listeners and listener rules that `api-prose` judges. */
function actions(path: string): Record<string, string> {
  const fields = ["fixedResponse", "forward", "order", "redirect", "type"];
  return Object.fromEntries(fields.map((field) => [`${path}.${field}`, leftTo("api-prose")]));
}

/** Attributes of load balancers, target groups and listeners. */
function attributes(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, ATTRIBUTE]));
}

/** Rules inside a security group. */
function inlineRules(direction: "egress" | "ingress", operation: string): Record<string, string> {
  return {
    [direction]: `${operation}.IpPermissions`,
    [`${direction}.cidrBlocks`]: "IpRanges.CidrIp",
    [`${direction}.description`]: "IpRanges.Description",
    [`${direction}.ipv6CidrBlocks`]: "Ipv6Ranges.CidrIpv6",
    [`${direction}.prefixListIds`]: "PrefixListIds.PrefixListId",
    [`${direction}.protocol`]: "IpProtocol",
    [`${direction}.securityGroups`]: "UserIdGroupPairs.GroupId",
  };
}

const RULE_OPERATIONS = ["ec2 AuthorizeSecurityGroupIngress", "ec2 AuthorizeSecurityGroupEgress"];

const INLINE_RULES = {
  ...inlineRules("ingress", "AuthorizeSecurityGroupIngress"),
  ...inlineRules("egress", "AuthorizeSecurityGroupEgress"),
};

/** Routes inside a route table. */
const ROUTES = {
  routes: "CreateRoute.",
  "routes.cidrBlock": "DestinationCidrBlock",
  "routes.egressOnlyGatewayId": "EgressOnlyInternetGatewayId",
  "routes.ipv6CidrBlock": "DestinationIpv6CidrBlock",
};

/** The network of ECS tasks. */
const TASK_NETWORK = { networkConfiguration: "networkConfiguration.awsvpcConfiguration" };

const CLUSTER = { clusterIdentifier: "DBClusterIdentifier", masterPassword: "MasterUserPassword" };

const CLUSTER_INSTANCE = {
  clusterIdentifier: "DBClusterIdentifier",
  identifier: "DBInstanceIdentifier",
  instanceClass: "DBInstanceClass",
};

const WITH_SPACES = "AWS has names with spaces, although its model allows none: SAP HANA on Amazon EC2";

/** Properties of ElastiCache. */
const CACHE = {
  maintenanceWindow: "PreferredMaintenanceWindow",
  nodeType: "CacheNodeType",
  parameterGroupName: "CacheParameterGroupName",
  subnetGroupName: "CacheSubnetGroupName",
};

/** Security group rules that are resources. */
const securityGroupRule = {
  cidrIpv4: "IpPermissions.IpRanges.CidrIp",
  cidrIpv6: "IpPermissions.Ipv6Ranges.CidrIpv6",
  description: "IpPermissions.IpRanges.Description",
  fromPort: "IpPermissions.FromPort",
  ipProtocol: "IpPermissions.IpProtocol",
  prefixListId: "IpPermissions.PrefixListIds.PrefixListId",
  referencedSecurityGroupId: "IpPermissions.UserIdGroupPairs.GroupId",
  securityGroupId: "GroupId",
  toPort: "IpPermissions.ToPort",
};

const RECORD = "ChangeBatch.Changes.ResourceRecordSet";

/** By module and class, such as `lb.TargetGroup`. */
export const MAPPINGS: Readonly<Record<string, Mapping>> = {
  "acm.Certificate": { operations: ["acm RequestCertificate", "acm ImportCertificate"] },
  "appautoscaling.Target": { operations: ["application-autoscaling RegisterScalableTarget"] },
  "autoscaling.Attachment": {
    operations: ["autoscaling AttachLoadBalancerTargetGroups", "autoscaling AttachLoadBalancers"],
    members: { elb: "LoadBalancerNames", lbTargetGroupArn: "TargetGroupARNs" },
  },
  "autoscaling.Group": {
    operations: [
      "autoscaling CreateAutoScalingGroup",
      "autoscaling EnableMetricsCollection",
      "autoscaling StartInstanceRefresh",
      "autoscaling PutWarmPool",
      "autoscaling SuspendProcesses",
    ],
    members: {
      enabledMetrics: "Metrics",
      initialLifecycleHooks: "LifecycleHookSpecificationList",
      instanceRefresh: "StartInstanceRefresh.",
      launchConfiguration: "LaunchConfigurationName",
      loadBalancers: "LoadBalancerNames",
      metricsGranularity: "Granularity",
      suspendedProcesses: "ScalingProcesses",
      vpcZoneIdentifiers: "VPCZoneIdentifier",
      warmPool: "PutWarmPool.",
    },
    except: {
      healthCheckType: leftTo("target-group-health"),
      instanceMaintenancePolicy: leftTo("api-prose"),
      "instanceRefresh.preferences.maxHealthyPercentage": leftTo("api-prose"),
      "instanceRefresh.preferences.minHealthyPercentage": leftTo("api-prose"),
      "instanceRefresh.triggers": "only the provider reads it: what starts a refresh",
      minElbCapacity: "only the provider reads it: what it waits for",
      waitForCapacityTimeout: "only the provider reads it: how long it waits",
      waitForElbCapacity: "only the provider reads it: what it waits for",
    },
  },
  "autoscaling.Policy": { operations: ["autoscaling PutScalingPolicy"] },
  "autoscaling.Schedule": {
    operations: ["autoscaling PutScheduledUpdateGroupAction"],
    except: {
      endTime: leftTo("api-prose"),
      recurrence: leftTo("api-prose"),
      startTime: leftTo("api-prose"),
      timeZone: leftTo("api-prose"),
    },
  },
  "backup.Plan": {
    members: {
      name: "BackupPlan.BackupPlanName",
      rules: "BackupPlan.Rules",
      "rules.targetVaultName": "TargetBackupVaultName",
    },
  },
  "backup.RegionSettings": {
    except: { resourceTypeManagementPreference: WITH_SPACES, resourceTypeOptInPreference: WITH_SPACES },
  },
  "budgets.Budget": {
    members: { budgetType: "Budget.BudgetType", name: "Budget.BudgetName", timeUnit: "Budget.TimeUnit" },
  },
  "cloudfront.Distribution": {
    operations: ["cloudfront CreateDistribution", "cloudfront TagResource"],
    members: {
      "defaultCacheBehavior.cachedMethods": "AllowedMethods.CachedMethods",
      orderedCacheBehaviors: "DistributionConfig.CacheBehaviors",
      "orderedCacheBehaviors.cachedMethods": "AllowedMethods.CachedMethods",
      "origins.originId": "Id",
      "restrictions.geoRestriction.locations": "Items",
      tags: "Tags.Items",
    },
  },
  "cloudfront.MultitenantDistribution": {
    operations: ["cloudfront CreateDistribution", "cloudfront TagResource"],
    members: { tags: "Tags.Items" },
    except: { timeouts: "only the provider reads it: how long it waits" },
  },
  "cloudfront.VpcOrigin": {
    operations: ["cloudfront CreateVpcOrigin", "cloudfront TagResource"],
    members: { tags: "Tags.Items" },
    except: { timeouts: "only the provider reads it: how long it waits" },
  },
  "cloudwatch.EventTarget": {
    operations: ["events PutTargets"],
    members: {
      arn: "Targets.Arn",
      deadLetterConfig: "Targets.DeadLetterConfig",
      ecsTarget: "Targets.EcsParameters",
      "ecsTarget.networkConfiguration": "NetworkConfiguration.awsvpcConfiguration",
      input: "Targets.Input",
      inputPath: "Targets.InputPath",
      retryPolicy: "Targets.RetryPolicy",
      roleArn: "Targets.RoleArn",
      targetId: "Targets.Id",
    },
  },
  "cloudwatch.LogDelivery": { members: { s3DeliveryConfigurations: "s3DeliveryConfiguration" } },
  "cloudwatch.LogGroup": { operations: ["logs CreateLogGroup", "logs PutRetentionPolicy"] },
  "cloudwatch.MetricAlarm": {
    members: {
      metricQueries: "Metrics",
      "metricQueries.metric": "MetricStat",
      "metricQueries.metric.dimensions": "Metric.Dimensions",
      "metricQueries.metric.metricName": "Metric.MetricName",
      "metricQueries.metric.namespace": "Metric.Namespace",
      name: "AlarmName",
    },
  },
  "codebuild.Project": { members: { buildTimeout: "timeoutInMinutes" } },
  "cognito.UserPool": { members: { name: "PoolName", passwordPolicy: "Policies.PasswordPolicy" } },
  "cognito.UserPoolClient": { members: { name: "ClientName" } },
  "docdb.Cluster": { operations: ["docdb CreateDBCluster"], members: CLUSTER },
  "docdb.ClusterInstance": { operations: ["docdb CreateDBInstance"], members: CLUSTER_INSTANCE },
  "dynamodb.Table": {
    operations: ["dynamodb CreateTable", "dynamodb UpdateContinuousBackups", "dynamodb UpdateTimeToLive"],
    members: {
      attributes: "AttributeDefinitions",
      hashKey: "KeySchema.AttributeName",
      pointInTimeRecovery: "PointInTimeRecoverySpecification",
      rangeKey: "KeySchema.AttributeName",
      readCapacity: "ProvisionedThroughput.ReadCapacityUnits",
      ttl: "TimeToLiveSpecification",
      writeCapacity: "ProvisionedThroughput.WriteCapacityUnits",
    },
  },
  "ebs.Volume": { operations: ["ec2 CreateVolume"], members: { type: "VolumeType" } },
  "ec2.DefaultRouteTable": { operations: ["ec2 CreateRoute"], members: ROUTES },
  "ec2.DefaultSecurityGroup": {
    operations: [...RULE_OPERATIONS, "ec2 DescribeSecurityGroups"],
    members: { ...INLINE_RULES, vpcId: "DescribeSecurityGroups.Filters.Values" },
  },
  "ec2.Eip": { operations: ["ec2 AllocateAddress"] },
  "ec2.EipAssociation": { operations: ["ec2 AssociateAddress"] },
  "ec2.FlowLog": {
    members: { iamRoleArn: "DeliverLogsPermissionArn" },
    except: { vpcId: "the API takes it as one of several resource ids, and sets no limits on them" },
  },
  "ec2.Instance": { members: { ami: "ImageId", vpcSecurityGroupIds: "SecurityGroupIds" } },
  "ec2.InternetGatewayAttachment": { operations: ["ec2 AttachInternetGateway"] },
  "ec2.LaunchTemplate": {
    members: {
      "networkInterfaces.securityGroups": "Groups",
      vpcSecurityGroupIds: "LaunchTemplateData.SecurityGroupIds",
    },
    except: { defaultVersion: "the provider sets it when there is a template" },
  },
  "ec2.NetworkAcl": {
    operations: ["ec2 CreateNetworkAcl", "ec2 DescribeNetworkAcls"],
    members: { subnetIds: "DescribeNetworkAcls.Filters.Values" },
  },
  "ec2.NetworkAclAssociation": {
    operations: ["ec2 ReplaceNetworkAclAssociation", "ec2 DescribeNetworkAcls"],
    members: { subnetId: "DescribeNetworkAcls.Filters.Values" },
  },
  "ec2.NetworkAclRule": { operations: ["ec2 CreateNetworkAclEntry"] },
  "ec2.NetworkInterface": { members: { securityGroups: "Groups" } },
  "ec2.NetworkInterfaceAttachment": { operations: ["ec2 AttachNetworkInterface"] },
  "ec2.NetworkInterfaceSecurityGroupAttachment": {
    operations: ["ec2 ModifyNetworkInterfaceAttribute"],
    members: { securityGroupId: "Groups" },
  },
  "ec2.Route": { members: { egressOnlyGatewayId: "EgressOnlyInternetGatewayId" } },
  "ec2.RouteTable": { operations: ["ec2 CreateRouteTable", "ec2 CreateRoute"], members: ROUTES },
  "ec2.RouteTableAssociation": { operations: ["ec2 AssociateRouteTable"] },
  "ec2.SecurityGroup": {
    operations: ["ec2 CreateSecurityGroup", ...RULE_OPERATIONS],
    members: { name: "GroupName", ...INLINE_RULES },
  },
  "ec2.SecurityGroupRule": {
    operations: RULE_OPERATIONS,
    members: {
      prefixListIds: "IpPermissions.PrefixListIds.PrefixListId",
      securityGroupId: "GroupId",
      sourceSecurityGroupId: "IpPermissions.UserIdGroupPairs.GroupId",
    },
  },
  "ec2.VolumeAttachment": { operations: ["ec2 AttachVolume"], members: { deviceName: "Device" } },
  "ec2.VpcEndpointRouteTableAssociation": {
    operations: ["ec2 ModifyVpcEndpoint"],
    members: { routeTableId: "AddRouteTableIds" },
  },
  "ec2.VpcEndpointSubnetAssociation": {
    operations: ["ec2 ModifyVpcEndpoint"],
    members: { subnetId: "AddSubnetIds" },
  },
  "ec2.VpcIpv4CidrBlockAssociation": { operations: ["ec2 AssociateVpcCidrBlock"] },
  "ec2.VpcIpv6CidrBlockAssociation": { operations: ["ec2 AssociateVpcCidrBlock"] },
  "ecs.Service": { members: TASK_NETWORK },
  "ecs.TaskSet": { members: TASK_NETWORK },
  "eks.Addon": {
    members: { resolveConflictsOnCreate: "resolveConflicts", resolveConflictsOnUpdate: "resolveConflicts" },
  },
  "eks.Cluster": {
    members: { enabledClusterLogTypes: "logging.clusterLogging.types", vpcConfig: "resourcesVpcConfig" },
  },
  "eks.FargateProfile": { members: { subnetIds: "subnets" } },
  "eks.NodeGroup": { members: { nodeRoleArn: "nodeRole", subnetIds: "subnets" } },
  "elasticache.Cluster": { members: { clusterId: "CacheClusterId", ...CACHE } },
  "elasticache.ReplicationGroup": { members: CACHE },
  "fsx.LustreFileSystem": {
    operations: ["fsx CreateFileSystem"],
    members: { deploymentType: "LustreConfiguration.DeploymentType", subnetIds: "SubnetIds" },
  },
  "fsx.OpenZfsFileSystem": {
    operations: ["fsx CreateFileSystem"],
    members: { deploymentType: "OpenZFSConfiguration.DeploymentType", subnetIds: "SubnetIds" },
  },
  "fsx.WindowsFileSystem": {
    operations: ["fsx CreateFileSystem"],
    members: { deploymentType: "WindowsConfiguration.DeploymentType" },
  },
  "glue.CatalogDatabase": { operations: ["glue CreateDatabase"] },
  "glue.CatalogTable": { operations: ["glue CreateTable"] },
  "iam.GroupPolicy": {
    operations: ["iam PutGroupPolicy"],
    members: { group: "GroupName", name: "PolicyName", policy: "PolicyDocument" },
  },
  "iam.GroupPolicyAttachment": { operations: ["iam AttachGroupPolicy"], members: { group: "GroupName" } },
  "iam.InstanceProfile": {
    operations: ["iam CreateInstanceProfile", "iam AddRoleToInstanceProfile"],
    members: { role: "RoleName" },
  },
  "elb.LoadBalancer": { except: { healthCheck: leftTo("classic-health") } },
  "iam.Policy": { members: { policy: "PolicyDocument" } },
  "iam.Role": {
    operations: ["iam CreateRole", "iam AttachRolePolicy"],
    members: { assumeRolePolicy: "AssumeRolePolicyDocument", managedPolicyArns: "PolicyArn" },
  },
  "iam.RolePolicy": {
    operations: ["iam PutRolePolicy"],
    members: { name: "PolicyName", policy: "PolicyDocument", role: "RoleName" },
  },
  "iam.RolePolicyAttachment": { operations: ["iam AttachRolePolicy"], members: { role: "RoleName" } },
  "iam.UserPolicy": {
    operations: ["iam PutUserPolicy"],
    members: { name: "PolicyName", policy: "PolicyDocument", user: "UserName" },
  },
  "iam.UserPolicyAttachment": { operations: ["iam AttachUserPolicy"], members: { user: "UserName" } },
  "kinesis.FirehoseDeliveryStream": {
    members: {
      extendedS3Configuration: "ExtendedS3DestinationConfiguration",
      "extendedS3Configuration.bufferingInterval": "BufferingHints.IntervalInSeconds",
      "extendedS3Configuration.bufferingSize": "BufferingHints.SizeInMBs",
    },
  },
  "kms.Key": {
    operations: ["kms CreateKey", "kms ScheduleKeyDeletion"],
    members: { deletionWindowInDays: "PendingWindowInDays" },
  },
  "lambda.Function": {
    operations: ["lambda CreateFunction", "lambda PutFunctionConcurrency"],
    except: {
      code: "the provider packs and uploads it",
      reservedConcurrentExecutions: "for the provider, -1 reserves none",
    },
  },
  "lambda.FunctionUrl": {
    operations: ["lambda CreateFunctionUrlConfig"],
    members: { authorizationType: "AuthType" },
  },
  "lambda.Permission": { members: { function: "FunctionName" } },
  "lb.Listener": {
    members: { certificateArn: "Certificates.CertificateArn" },
    except: {
      ...actions("defaultActions"),
      protocol: leftTo("tls-listeners"),
      ...attributes(
        "routingHttpResponseContentSecurityPolicyHeaderValue",
        "routingHttpResponseStrictTransportSecurityHeaderValue",
        "routingHttpResponseXContentTypeOptionsHeaderValue",
        "routingHttpResponseXFrameOptionsHeaderValue",
      ),
    },
  },
  "lb.ListenerCertificate": { members: { certificateArn: "Certificates.CertificateArn" } },
  "lb.ListenerRule": {
    operations: ["elbv2 CreateRule"],
    except: { ...actions("actions"), priority: leftTo("relations") },
  },
  "lb.LoadBalancer": {
    members: { loadBalancerType: "Type" },
    except: attributes(
      "accessLogs",
      "connectionLogs",
      "desyncMitigationMode",
      "healthCheckLogs",
      "idleTimeout",
    ),
  },
  "lb.TargetGroup": {
    members: { "healthCheck.matcher": "Matcher.HttpCode" },
    except: {
      "healthCheck.healthyThreshold": leftTo("target-group-health"),
      "healthCheck.interval": leftTo("target-group-health"),
      "healthCheck.protocol": leftTo("target-group-health"),
      "healthCheck.timeout": leftTo("target-group-health"),
      "healthCheck.unhealthyThreshold": leftTo("target-group-health"),
      port: leftTo("api-prose"),
      ...attributes(
        "deregistrationDelay",
        "loadBalancingAlgorithmType",
        "loadBalancingAnomalyMitigation",
        "loadBalancingCrossZoneEnabled",
        "slowStart",
        "stickiness",
        "targetGroupHealth",
      ),
    },
  },
  "lb.TargetGroupAttachment": {
    operations: ["elbv2 RegisterTargets"],
    members: {
      availabilityZone: "Targets.AvailabilityZone",
      port: "Targets.Port",
      quicServerId: "Targets.QuicServerId",
      targetId: "Targets.Id",
    },
  },
  "msk.ServerlessCluster": { operations: ["kafka CreateClusterV2"] },
  "neptune.Cluster": {
    operations: ["neptune CreateDBCluster"],
    members: { clusterIdentifier: "DBClusterIdentifier" },
  },
  "neptune.ClusterInstance": { operations: ["neptune CreateDBInstance"], members: CLUSTER_INSTANCE },
  "rds.Cluster": { operations: ["rds CreateDBCluster"], members: CLUSTER },
  "rds.ClusterInstance": { operations: ["rds CreateDBInstance"], members: CLUSTER_INSTANCE },
  "rds.Instance": {
    members: {
      backupWindow: "PreferredBackupWindow",
      identifier: "DBInstanceIdentifier",
      instanceClass: "DBInstanceClass",
      maintenanceWindow: "PreferredMaintenanceWindow",
    },
  },
  "rds.ParameterGroup": { operations: ["rds CreateDBParameterGroup"] },
  "rds.Snapshot": { operations: ["rds CreateDBSnapshot"] },
  "route53.HealthCheck": {
    operations: ["route53 CreateHealthCheck", "route53 ChangeTagsForResource"],
    members: { fqdn: "HealthCheckConfig.FullyQualifiedDomainName", tags: "AddTags" },
  },
  "route53.Record": {
    operations: ["route53 ChangeResourceRecordSets"],
    members: {
      aliases: `${RECORD}.AliasTarget`,
      "aliases.name": "DNSName",
      "aliases.zoneId": "HostedZoneId",
      healthCheckId: `${RECORD}.HealthCheckId`,
      name: `${RECORD}.Name`,
      setIdentifier: `${RECORD}.SetIdentifier`,
      ttl: `${RECORD}.TTL`,
      type: `${RECORD}.Type`,
      zoneId: "HostedZoneId",
    },
    except: { records: "the provider quotes and splits them" },
  },
  "route53.Zone": {
    operations: ["route53 CreateHostedZone", "route53 ChangeTagsForResource"],
    members: { tags: "AddTags", vpcs: "VPC" },
  },
  "s3.Bucket": {
    operations: ["s3 CreateBucket", "s3 PutBucketTagging"],
    members: { tags: "Tagging.TagSet" },
  },
  "s3.BucketCorsConfiguration": { operations: ["s3 PutBucketCors"] },
  "s3.BucketMetric": { operations: ["s3 PutBucketMetricsConfiguration"], members: { name: "Id" } },
  "s3.BucketNotification": {
    operations: ["s3 PutBucketNotificationConfiguration"],
    members: {
      lambdaFunctions: "NotificationConfiguration.LambdaFunctionConfigurations",
      queues: "NotificationConfiguration.QueueConfigurations",
      "queues.queueArn": "QueueArn",
      topics: "NotificationConfiguration.TopicConfigurations",
    },
  },
  "s3.BucketObjectv2": {
    operations: ["s3 PutObject"],
    except: {
      content: "the provider uploads it as the body",
      overrideProvider: "only the provider reads it: which of its defaults it leaves out",
      source: "the provider reads and uploads it",
      tags: "the provider sends them as a header",
    },
  },
  "s3.BucketObjectLockConfiguration": { operations: ["s3 PutObjectLockConfiguration"] },
  "s3.BucketOwnershipControls": { members: { rule: "OwnershipControls.Rules" } },
  "s3.BucketPublicAccessBlock": { operations: ["s3 PutPublicAccessBlock"] },
  "s3.BucketServerSideEncryptionConfiguration": { operations: ["s3 PutBucketEncryption"] },
  "s3.BucketVersioning": {
    except: {
      "versioningConfiguration.status": "for the provider, Disabled is a bucket that never had versions",
    },
  },
  "secretsmanager.SecretRotation": { operations: ["secretsmanager RotateSecret"] },
  "secretsmanager.SecretVersion": { operations: ["secretsmanager PutSecretValue"] },
  "sns.Topic": { except: attributes("displayName") },
  "sns.TopicPolicy": {
    operations: ["sns SetTopicAttributes"],
    members: { arn: "TopicArn", policy: "AttributeValue" },
  },
  "sns.TopicSubscription": { operations: ["sns Subscribe"], members: { topic: "TopicArn" } },
  "vpc.SecurityGroupEgressRule": {
    operations: ["ec2 AuthorizeSecurityGroupEgress"],
    members: securityGroupRule,
  },
  "vpc.SecurityGroupIngressRule": {
    operations: ["ec2 AuthorizeSecurityGroupIngress"],
    members: securityGroupRule,
  },
  "wafv2.WebAclAssociation": { operations: ["wafv2 AssociateWebACL"] },
  "wafv2.WebAclLoggingConfiguration": { operations: ["wafv2 PutLoggingConfiguration"] },
};

/** Types for which the rules judge no request, and why. */
export const WITHOUT_REQUEST: Readonly<Record<string, string>> = {
  "acm.CertificateValidation": "it exists only in the provider, and waits",
};

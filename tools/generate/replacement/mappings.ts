/** Names that the generator can't find, and differences between the provider and CloudFormation; kept by hand. */

/** CloudFormation's names of the services whose modules have other names. */
export const SERVICES: Readonly<Record<string, readonly string[]>> = {
  acm: ["CertificateManager"],
  alb: ["ElasticLoadBalancingV2"],
  amp: ["APS"],
  appautoscaling: ["ApplicationAutoScaling"],
  cfg: ["Config"],
  cloudwatch: ["CloudWatch", "Logs", "Events"],
  ebs: ["EC2"],
  ec2clientvpn: ["EC2"],
  ec2transitgateway: ["EC2"],
  ecrpublic: ["ECR"],
  elb: ["ElasticLoadBalancing"],
  kinesis: ["Kinesis", "KinesisFirehose"],
  lb: ["ElasticLoadBalancingV2"],
  mq: ["AmazonMQ"],
  opensearch: ["OpenSearchService"],
  sesv2: ["SES"],
  sfn: ["StepFunctions"],
  vpc: ["EC2"],
  vpn: ["EC2"],
};

/** Types that have another name in CloudFormation. */
export const TYPES: Readonly<Record<string, string>> = {
  "aws:autoscaling/group:Group": "AWS::AutoScaling::AutoScalingGroup",
  "aws:autoscaling/policy:Policy": "AWS::AutoScaling::ScalingPolicy",
  "aws:autoscaling/schedule:Schedule": "AWS::AutoScaling::ScheduledAction",
  "aws:cloudwatch/metricAlarm:MetricAlarm": "AWS::CloudWatch::Alarm",
  "aws:ec2/routeTableAssociation:RouteTableAssociation": "AWS::EC2::SubnetRouteTableAssociation",
  "aws:route53/record:Record": "AWS::Route53::RecordSet",
  "aws:route53/zone:Zone": "AWS::Route53::HostedZone",
  "aws:sns/topicSubscription:TopicSubscription": "AWS::SNS::Subscription",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": "AWS::EC2::SecurityGroupEgress",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "AWS::EC2::SecurityGroupIngress",
};

/** Properties that have another name in CloudFormation, or that one of the two keeps inside another property. */
export const PROPERTIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "aws:autoscaling/group:Group": {
    defaultCooldown: "Cooldown",
    launchConfiguration: "LaunchConfigurationName",
    enabledMetrics: "MetricsCollection",
    initialLifecycleHooks: "LifecycleHookSpecificationList",
    maxInstanceLifetime: "MaxInstanceLifetime",
    name: "AutoScalingGroupName",
    targetGroupArns: "TargetGroupARNs",
    vpcZoneIdentifiers: "VPCZoneIdentifier",
  },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    ...Object.fromEntries(
      [
        "blockDeviceMappings",
        "hibernationOptions",
        "iamInstanceProfile",
        "imageId",
        "instanceType",
        "keyName",
        "metadataOptions",
        "monitoring",
        "networkInterfaces",
        "userData",
        "vpcSecurityGroupIds",
      ].map((property) => [property, "LaunchTemplateData"]),
    ),
    description: "VersionDescription",
    name: "LaunchTemplateName",
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    description: "GroupDescription",
    egress: "SecurityGroupEgress",
    ingress: "SecurityGroupIngress",
    name: "GroupName",
  },
  "aws:lb/listener:Listener": { certificateArn: "Certificates" },
  "aws:lb/loadBalancer:LoadBalancer": {
    ...Object.fromEntries(
      [
        "accessLogs",
        "connectionLogs",
        "healthCheckLogs",
        "desyncMitigationMode",
        "idleTimeout",
        "dropInvalidHeaderFields",
        "enableDeletionProtection",
        "enableZonalShift",
        "enableHttp2",
      ].map((property) => [property, "LoadBalancerAttributes"]),
    ),
    internal: "Scheme",
    loadBalancerType: "Type",
    minimumLoadBalancerCapacity: "MinimumLoadBalancerCapacity",
  },
  "aws:lb/targetGroup:TargetGroup": {
    ...Object.fromEntries(
      [
        "deregistrationDelay",
        "loadBalancingAlgorithmType",
        "loadBalancingAnomalyMitigation",
        "slowStart",
        "loadBalancingCrossZoneEnabled",
        "stickiness",
        "targetGroupHealth",
      ].map((property) => [property, "TargetGroupAttributes"]),
    ),
    healthCheck: "HealthCheckPath",
  },
  "aws:autoscaling/lifecycleHook:LifecycleHook": { name: "LifecycleHookName" },
  "aws:autoscaling/policy:Policy": { name: "PolicyName" },
  "aws:cloudwatch/logGroup:LogGroup": { name: "LogGroupName" },
  "aws:ec2/flowLog:FlowLog": {
    eniId: "ResourceId",
    iamRoleArn: "DeliverLogsPermissionArn",
    subnetId: "ResourceId",
    transitGatewayId: "ResourceId",
    vpcId: "ResourceId",
  },
  "aws:ec2/natGateway:NatGateway": { privateIp: "PrivateIpAddress" },
  "aws:iam/instanceProfile:InstanceProfile": { name: "InstanceProfileName" },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": { securityGroupId: "GroupId" },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": { securityGroupId: "GroupId" },
  "aws:cloudwatch/metricAlarm:MetricAlarm": { name: "AlarmName", metricQueries: "Metrics" },
  "aws:dynamodb/table:Table": {
    deletionProtectionEnabled: "DeletionProtectionEnabled",
    hashKey: "KeySchema",
    rangeKey: "KeySchema",
    attributes: "AttributeDefinitions",
    pointInTimeRecovery: "PointInTimeRecoverySpecification",
    readCapacity: "ProvisionedThroughput",
    serverSideEncryption: "SSESpecification",
    streamEnabled: "StreamSpecification",
    streamViewType: "StreamSpecification",
    ttl: "TimeToLiveSpecification",
    writeCapacity: "ProvisionedThroughput",
    name: "TableName",
  },
  "aws:rds/instance:Instance": {
    backupWindow: "PreferredBackupWindow",
    caCertIdentifier: "CACertificateIdentifier",
    enabledCloudwatchLogsExports: "EnableCloudwatchLogsExports",
    iamDatabaseAuthenticationEnabled: "EnableIAMDatabaseAuthentication",
    identifier: "DBInstanceIdentifier",
    instanceClass: "DBInstanceClass",
    maintenanceWindow: "PreferredMaintenanceWindow",
    parameterGroupName: "DBParameterGroupName",
    password: "MasterUserPassword",
    performanceInsightsEnabled: "EnablePerformanceInsights",
    replicateSourceDb: "SourceDBInstanceIdentifier",
    snapshotIdentifier: "DBSnapshotIdentifier",
    username: "MasterUsername",
    vpcSecurityGroupIds: "VPCSecurityGroups",
  },
  "aws:ecs/service:Service": {
    alarms: "DeploymentConfiguration",
    capacityProviderStrategies: "CapacityProviderStrategy",
    deploymentCircuitBreaker: "DeploymentConfiguration",
    deploymentMaximumPercent: "DeploymentConfiguration",
    deploymentMinimumHealthyPercent: "DeploymentConfiguration",
    iamRole: "Role",
    orderedPlacementStrategies: "PlacementStrategies",
  },
  "aws:sqs/queue:Queue": {
    maxMessageSize: "MaximumMessageSize",
    messageRetentionSeconds: "MessageRetentionPeriod",
    receiveWaitTimeSeconds: "ReceiveMessageWaitTimeSeconds",
    visibilityTimeoutSeconds: "VisibilityTimeout",
  },
  "aws:eks/cluster:Cluster": { enabledClusterLogTypes: "Logging", vpcConfig: "ResourcesVpcConfig" },
  "aws:iam/role:Role": {
    inlinePolicies: "Policies",
    assumeRolePolicy: "AssumeRolePolicyDocument",
    name: "RoleName",
  },
  "aws:iam/rolePolicy:RolePolicy": { policy: "PolicyDocument", role: "RoleName", name: "PolicyName" },
  "aws:route53/record:Record": { zoneId: "HostedZoneId", aliases: "AliasTarget", records: "ResourceRecords" },
  "aws:s3/bucket:Bucket": { bucket: "BucketName" },
};

/**
 * A type by the provider's schemas: the source file, under `internal/service`, and the properties whose change replaces
 * the resource.
 */
interface Provider {
  readonly source: string;
  readonly replaces: readonly string[];
  /** Those whose change replaces it for some values, or for some of their parts. @default none */
  readonly mayReplace?: readonly string[];
}

const bucketPart = (file: string, ...more: readonly string[]): Provider => ({
  source: `s3/${file}.go`,
  replaces: ["bucket", ...more],
});

/**
 * Types that CloudFormation lacks, or has as a part of other types, by the schemas (`ForceNew`, `RequiresReplace`) of
 * hashicorp/terraform-provider-aws.
 */
export const PROVIDER: Readonly<Record<string, Provider>> = {
  "aws:acm/certificateValidation:CertificateValidation": {
    source: "acm/certificate_validation.go",
    replaces: ["certificateArn", "validationRecordFqdns"],
  },
  "aws:autoscaling/attachment:Attachment": {
    source: "autoscaling/attachment.go",
    replaces: ["autoscalingGroupName", "elb", "lbTargetGroupArn"],
  },
  "aws:cloudwatch/logDelivery:LogDelivery": {
    source: "logs/delivery.go",
    replaces: ["deliveryDestinationArn", "deliverySourceName"],
  },
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": {
    source: "logs/delivery_destination.go",
    replaces: ["deliveryDestinationType", "name"],
  },
  "aws:cloudwatch/logDeliverySource:LogDeliverySource": {
    source: "logs/delivery_source.go",
    replaces: ["logType", "name", "resourceArn"],
  },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    source: "ec2/vpc_default_security_group.go",
    replaces: ["vpcId"],
  },
  "aws:ec2/instance:Instance": {
    source: "ec2/ec2_instance.go",
    replaces: [
      "ami",
      "associatePublicIpAddress",
      "availabilityZone",
      "ebsBlockDevices",
      "enclaveOptions",
      "ephemeralBlockDevices",
      "hibernation",
      "keyName",
      "networkInterfaces",
      "placementGroup",
      "privateIp",
      "securityGroups",
      "subnetId",
    ],
    mayReplace: [
      "cpuOptions",
      "enablePrimaryIpv6",
      "hostId",
      "hostResourceGroupArn",
      "instanceMarketOptions",
      "ipv6AddressCount",
      "ipv6Addresses",
      "launchTemplate",
      "placementPartitionNumber",
      "primaryNetworkInterface",
      "rootBlockDevice",
      "tenancy",
      "userData",
      "userDataBase64",
    ],
  },
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": {
    source: "iam/group_policy_attachment.go",
    replaces: ["group", "policyArn"],
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    source: "iam/role_policy_attachment.go",
    replaces: ["policyArn", "role"],
  },
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": {
    source: "iam/user_policy_attachment.go",
    replaces: ["policyArn", "user"],
  },
  "aws:lb/listenerCertificate:ListenerCertificate": {
    source: "elbv2/listener_certificate.go",
    replaces: ["certificateArn", "listenerArn"],
  },
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": {
    source: "elbv2/target_group_attachment.go",
    replaces: ["availabilityZone", "port", "targetGroupArn", "targetId"],
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": bucketPart(
    "bucket_lifecycle_configuration",
    "expectedBucketOwner",
  ),
  "aws:s3/bucketNotification:BucketNotification": bucketPart("bucket_notification"),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": bucketPart("bucket_ownership_controls"),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": bucketPart("bucket_public_access_block"),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": bucketPart(
    "bucket_server_side_encryption_configuration",
    "expectedBucketOwner",
  ),
  "aws:s3/bucketVersioning:BucketVersioning": bucketPart("bucket_versioning", "expectedBucketOwner"),
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
    source: "wafv2/web_acl_logging_configuration.go",
    replaces: ["logDestinationConfigs", "resourceArn"],
  },
};

/**
 * Properties whose change replaces the resource in the provider, although AWS's API could change them: from the same
 * schemas.
 */
export const STRICTER: Readonly<Record<string, readonly string[]>> = {
  "aws:autoscaling/group:Group": ["initialLifecycleHooks"],
  "aws:cloudwatch/logGroup:LogGroup": ["logGroupClass"],
  "aws:ec2/eip:Eip": ["publicIpv4Pool"],
  "aws:ec2/natGateway:NatGateway": ["secondaryPrivateIpAddressCount"],
  "aws:lb/loadBalancer:LoadBalancer": ["subnetMappings"],
  "aws:lb/targetGroup:TargetGroup": ["targetControlPort"],
  "aws:wafv2/ipSet:IpSet": ["ipAddressVersion"],
};

/**
 * Properties that the provider changes in place, although CloudFormation replaces the resource: from the same schemas.
 */
export const LOOSER: Readonly<Record<string, readonly string[]>> = {
  "aws:rds/instance:Instance": ["dbSubnetGroupName", "identifier", "port"],
};

/**
 * What identifies a resource in AWS. Pulumi creates before it deletes, so two resources of a plan may have the same
 * identity for a while.
 *
 * Source: the errors of each action, and its behaviour on repeated requests, in AWS's API references and models; for
 * Amazon EC2, https://docs.aws.amazon.com/ec2/latest/devguide/errors-overview.html.
 */

/** What makes two resources of a type exclude each other. */
export interface Identity {
  /** The inputs that together identify the resource; those that end in `?` may be left out. */
  readonly by: readonly string[];
  /** The service and action that create the resource. */
  readonly action: string;
  /**
   * The error with which AWS refuses a second resource. If undefined, the second request changes or returns the
   * existing one.
   */
  readonly error: string | undefined;
  /** An input that lets the second request take over the existing resource. */
  readonly unless: string | undefined;
}

/**
 * The type, the action that creates the resource, the error for a second one, and what identifies it. The error is
 * `-` if the second request changes or returns the existing resource; a final `unless=` names an input that has the
 * same effect.
 */
const TABLE = `
  lb/loadBalancer:LoadBalancer elbv2:CreateLoadBalancer DuplicateLoadBalancerName name
  lb/targetGroup:TargetGroup elbv2:CreateTargetGroup DuplicateTargetGroupName name
  lb/listener:Listener elbv2:CreateListener DuplicateListener loadBalancerArn port
  lb/listenerRule:ListenerRule elbv2:CreateRule PriorityInUse listenerArn priority
  lb/listenerCertificate:ListenerCertificate elbv2:AddListenerCertificates - listenerArn certificateArn
  lb/targetGroupAttachment:TargetGroupAttachment elbv2:RegisterTargets - targetGroupArn targetId port?
  lb/trustStore:TrustStore elbv2:CreateTrustStore DuplicateTrustStoreName name
  elb/loadBalancer:LoadBalancer elb:CreateLoadBalancer DuplicateLoadBalancerName name
  route53/record:Record route53:ChangeResourceRecordSets InvalidChangeBatch zoneId name type setIdentifier? unless=allowOverwrite
  cloudfront/distribution:Distribution cloudfront:CreateDistribution CNAMEAlreadyExists aliases
  cloudfront/cachePolicy:CachePolicy cloudfront:CreateCachePolicy CachePolicyAlreadyExists name
  cloudfront/function:Function cloudfront:CreateFunction FunctionAlreadyExists name
  cloudfront/originAccessControl:OriginAccessControl cloudfront:CreateOriginAccessControl OriginAccessControlAlreadyExists name
  cloudfront/responseHeadersPolicy:ResponseHeadersPolicy cloudfront:CreateResponseHeadersPolicy ResponseHeadersPolicyAlreadyExists name
  cloudfront/keyGroup:KeyGroup cloudfront:CreateKeyGroup KeyGroupAlreadyExists name
  cloudfront/originRequestPolicy:OriginRequestPolicy cloudfront:CreateOriginRequestPolicy OriginRequestPolicyAlreadyExists name
  cloudfront/publicKey:PublicKey cloudfront:CreatePublicKey PublicKeyAlreadyExists name
  apigateway/domainName:DomainName apigateway:CreateDomainName ConflictException domainName
  apigateway/basePathMapping:BasePathMapping apigateway:CreateBasePathMapping ConflictException domainName basePath?
  apigatewayv2/domainName:DomainName apigatewayv2:CreateDomainName ConflictException domainName
  apigatewayv2/apiMapping:ApiMapping apigatewayv2:CreateApiMapping ConflictException domainName apiMappingKey?
  wafv2/ipSet:IpSet wafv2:CreateIPSet WAFDuplicateItemException name scope
  wafv2/ruleGroup:RuleGroup wafv2:CreateRuleGroup WAFDuplicateItemException name scope
  wafv2/webAcl:WebAcl wafv2:CreateWebACL WAFDuplicateItemException name scope
  wafv2/webAclAssociation:WebAclAssociation wafv2:AssociateWebACL - resourceArn
  wafv2/regexPatternSet:RegexPatternSet wafv2:CreateRegexPatternSet WAFDuplicateItemException name scope
  wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration wafv2:PutLoggingConfiguration - resourceArn
  autoscaling/group:Group autoscaling:CreateAutoScalingGroup AlreadyExists name
  autoscaling/lifecycleHook:LifecycleHook autoscaling:PutLifecycleHook - autoscalingGroupName name
  autoscaling/policy:Policy autoscaling:PutScalingPolicy - autoscalingGroupName name
  autoscaling/schedule:Schedule autoscaling:PutScheduledUpdateGroupAction - autoscalingGroupName scheduledActionName
  autoscaling/attachment:Attachment autoscaling:AttachLoadBalancerTargetGroups - autoscalingGroupName lbTargetGroupArn? elb?
  appautoscaling/target:Target application-autoscaling:RegisterScalableTarget - serviceNamespace resourceId scalableDimension
  appautoscaling/policy:Policy application-autoscaling:PutScalingPolicy - serviceNamespace resourceId scalableDimension name
  ec2/flowLog:FlowLog ec2:CreateFlowLogs FlowLogAlreadyExists vpcId? subnetId? eniId? logDestination? trafficType?
  ec2/internetGateway:InternetGateway ec2:AttachInternetGateway InvalidParameterValue vpcId
  ec2/keyPair:KeyPair ec2:ImportKeyPair InvalidKeyPair.Duplicate keyName
  ec2/launchTemplate:LaunchTemplate ec2:CreateLaunchTemplate InvalidLaunchTemplateName.AlreadyExistsException name
  ec2/networkAclRule:NetworkAclRule ec2:CreateNetworkAclEntry NetworkAclEntryAlreadyExists networkAclId ruleNumber egress?
  ec2/route:Route ec2:CreateRoute RouteAlreadyExists routeTableId destinationCidrBlock? destinationIpv6CidrBlock? destinationPrefixListId?
  ec2/routeTableAssociation:RouteTableAssociation ec2:AssociateRouteTable Resource.AlreadyAssociated subnetId
  ec2/securityGroup:SecurityGroup ec2:CreateSecurityGroup InvalidGroup.Duplicate name vpcId?
  ec2/subnet:Subnet ec2:CreateSubnet InvalidSubnet.Conflict vpcId cidrBlock
  ec2/volumeAttachment:VolumeAttachment ec2:AttachVolume VolumeInUse volumeId
  ec2/launchConfiguration:LaunchConfiguration autoscaling:CreateLaunchConfiguration AlreadyExists name
  ec2/placementGroup:PlacementGroup ec2:CreatePlacementGroup InvalidPlacementGroup.Duplicate name
  vpc/securityGroupEgressRule:SecurityGroupEgressRule ec2:AuthorizeSecurityGroupEgress InvalidPermission.Duplicate securityGroupId ipProtocol fromPort? toPort? cidrIpv4? cidrIpv6? prefixListId? referencedSecurityGroupId?
  vpc/securityGroupIngressRule:SecurityGroupIngressRule ec2:AuthorizeSecurityGroupIngress InvalidPermission.Duplicate securityGroupId ipProtocol fromPort? toPort? cidrIpv4? cidrIpv6? prefixListId? referencedSecurityGroupId?
  iam/group:Group iam:CreateGroup EntityAlreadyExists name
  iam/instanceProfile:InstanceProfile iam:CreateInstanceProfile EntityAlreadyExists name
  iam/openIdConnectProvider:OpenIdConnectProvider iam:CreateOpenIDConnectProvider EntityAlreadyExists url
  iam/policy:Policy iam:CreatePolicy EntityAlreadyExists name
  iam/role:Role iam:CreateRole EntityAlreadyExists name
  iam/user:User iam:CreateUser EntityAlreadyExists name
  iam/groupPolicyAttachment:GroupPolicyAttachment iam:AttachGroupPolicy - group policyArn
  iam/rolePolicy:RolePolicy iam:PutRolePolicy - role name
  iam/rolePolicyAttachment:RolePolicyAttachment iam:AttachRolePolicy - role policyArn
  iam/userPolicy:UserPolicy iam:PutUserPolicy - user name
  iam/userPolicyAttachment:UserPolicyAttachment iam:AttachUserPolicy - user policyArn
  iam/samlProvider:SamlProvider iam:CreateSAMLProvider EntityAlreadyExists name
  iam/serverCertificate:ServerCertificate iam:UploadServerCertificate EntityAlreadyExists name
  backup/vault:Vault backup:CreateBackupVault AlreadyExistsException name
  cloudtrail/trail:Trail cloudtrail:CreateTrail TrailAlreadyExistsException name
  codedeploy/application:Application codedeploy:CreateApplication ApplicationAlreadyExistsException name
  codedeploy/deploymentGroup:DeploymentGroup codedeploy:CreateDeploymentGroup DeploymentGroupAlreadyExistsException appName deploymentGroupName
  codepipeline/pipeline:Pipeline codepipeline:CreatePipeline PipelineNameInUseException name
  cognito/identityProvider:IdentityProvider cognito-idp:CreateIdentityProvider DuplicateProviderException userPoolId providerName
  cognito/userGroup:UserGroup cognito-idp:CreateGroup GroupExistsException userPoolId name
  cognito/userPoolDomain:UserPoolDomain cognito-idp:CreateUserPoolDomain InvalidParameterException domain
  s3/bucket:Bucket s3:CreateBucket BucketAlreadyOwnedByYou bucket
  s3/bucketObject:BucketObject s3:PutObject - bucket key
  s3/bucketObjectv2:BucketObjectv2 s3:PutObject - bucket key
  s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration s3:PutBucketLifecycleConfiguration - bucket
  s3/bucketLogging:BucketLogging s3:PutBucketLogging - bucket
  s3/bucketNotification:BucketNotification s3:PutBucketNotificationConfiguration - bucket
  s3/bucketOwnershipControls:BucketOwnershipControls s3:PutBucketOwnershipControls - bucket
  s3/bucketPolicy:BucketPolicy s3:PutBucketPolicy - bucket
  s3/bucketPublicAccessBlock:BucketPublicAccessBlock s3:PutPublicAccessBlock - bucket
  s3/bucketVersioning:BucketVersioning s3:PutBucketVersioning - bucket
  s3/bucketCorsConfiguration:BucketCorsConfiguration s3:PutBucketCors - bucket
  s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration s3:PutBucketEncryption - bucket
  s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration s3:PutBucketWebsite - bucket
  cloudwatch/compositeAlarm:CompositeAlarm cloudwatch:PutCompositeAlarm - alarmName
  cloudwatch/dashboard:Dashboard cloudwatch:PutDashboard - dashboardName
  cloudwatch/eventRule:EventRule events:PutRule - name eventBusName?
  cloudwatch/eventTarget:EventTarget events:PutTargets - rule targetId eventBusName?
  cloudwatch/logGroup:LogGroup logs:CreateLogGroup ResourceAlreadyExistsException name
  cloudwatch/logSubscriptionFilter:LogSubscriptionFilter logs:PutSubscriptionFilter - logGroup name
  cloudwatch/metricAlarm:MetricAlarm cloudwatch:PutMetricAlarm - name
  cloudwatch/eventApiDestination:EventApiDestination events:CreateApiDestination ResourceAlreadyExistsException name
  cloudwatch/eventBus:EventBus events:CreateEventBus ResourceAlreadyExistsException name
  cloudwatch/eventConnection:EventConnection events:CreateConnection ResourceAlreadyExistsException name
  cloudwatch/logMetricFilter:LogMetricFilter logs:PutMetricFilter - logGroupName name
  cloudwatch/logResourcePolicy:LogResourcePolicy logs:PutResourcePolicy - policyName
  codebuild/project:Project codebuild:CreateProject ResourceAlreadyExistsException name
  dynamodb/table:Table dynamodb:CreateTable ResourceInUseException name
  ecr/repository:Repository ecr:CreateRepository RepositoryAlreadyExistsException name
  ecr/lifecyclePolicy:LifecyclePolicy ecr:PutLifecyclePolicy - repository
  ecr/repositoryPolicy:RepositoryPolicy ecr:SetRepositoryPolicy - repository
  ecs/cluster:Cluster ecs:CreateCluster - name
  ecs/service:Service ecs:CreateService InvalidParameterException name cluster?
  ecs/clusterCapacityProviders:ClusterCapacityProviders ecs:PutClusterCapacityProviders - clusterName
  eks/addon:Addon eks:CreateAddon ResourceInUseException clusterName addonName
  eks/cluster:Cluster eks:CreateCluster ResourceInUseException name
  eks/nodeGroup:NodeGroup eks:CreateNodegroup ResourceInUseException clusterName nodeGroupName
  efs/mountTarget:MountTarget efs:CreateMountTarget MountTargetConflict fileSystemId subnetId
  efs/backupPolicy:BackupPolicy efs:PutBackupPolicy - fileSystemId
  efs/fileSystemPolicy:FileSystemPolicy efs:PutFileSystemPolicy - fileSystemId
  elasticache/cluster:Cluster elasticache:CreateCacheCluster CacheClusterAlreadyExists clusterId
  elasticache/replicationGroup:ReplicationGroup elasticache:CreateReplicationGroup ReplicationGroupAlreadyExists replicationGroupId
  elasticache/subnetGroup:SubnetGroup elasticache:CreateCacheSubnetGroup CacheSubnetGroupAlreadyExists name
  elasticache/parameterGroup:ParameterGroup elasticache:CreateCacheParameterGroup CacheParameterGroupAlreadyExists name
  kinesis/stream:Stream kinesis:CreateStream ResourceInUseException name
  kinesis/firehoseDeliveryStream:FirehoseDeliveryStream firehose:CreateDeliveryStream ResourceInUseException name
  kms/alias:Alias kms:CreateAlias AlreadyExistsException name
  kms/keyPolicy:KeyPolicy kms:PutKeyPolicy - keyId
  lambda/alias:Alias lambda:CreateAlias ResourceConflictException functionName name
  lambda/function:Function lambda:CreateFunction ResourceConflictException name
  lambda/functionUrl:FunctionUrl lambda:CreateFunctionUrlConfig ResourceConflictException functionName qualifier?
  lambda/permission:Permission lambda:AddPermission ResourceConflictException function statementId
  lambda/eventSourceMapping:EventSourceMapping lambda:CreateEventSourceMapping ResourceConflictException eventSourceArn functionName
  lambda/functionEventInvokeConfig:FunctionEventInvokeConfig lambda:PutFunctionEventInvokeConfig - functionName qualifier?
  lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig lambda:PutProvisionedConcurrencyConfig - functionName qualifier
  opensearch/domain:Domain opensearch:CreateDomain ResourceAlreadyExistsException domainName
  rds/cluster:Cluster rds:CreateDBCluster DBClusterAlreadyExistsFault clusterIdentifier
  rds/instance:Instance rds:CreateDBInstance DBInstanceAlreadyExists identifier
  rds/parameterGroup:ParameterGroup rds:CreateDBParameterGroup DBParameterGroupAlreadyExists name
  rds/subnetGroup:SubnetGroup rds:CreateDBSubnetGroup DBSubnetGroupAlreadyExists name
  rds/clusterInstance:ClusterInstance rds:CreateDBInstance DBInstanceAlreadyExists identifier
  rds/clusterParameterGroup:ClusterParameterGroup rds:CreateDBClusterParameterGroup DBParameterGroupAlreadyExists name
  rds/optionGroup:OptionGroup rds:CreateOptionGroup OptionGroupAlreadyExistsFault name
  rds/proxy:Proxy rds:CreateDBProxy DBProxyAlreadyExistsFault name
  scheduler/schedule:Schedule scheduler:CreateSchedule ConflictException name groupName?
  scheduler/scheduleGroup:ScheduleGroup scheduler:CreateScheduleGroup ConflictException name
  secretsmanager/secret:Secret secretsmanager:CreateSecret ResourceExistsException name
  secretsmanager/secretPolicy:SecretPolicy secretsmanager:PutResourcePolicy - secretArn
  secretsmanager/secretRotation:SecretRotation secretsmanager:RotateSecret - secretId
  servicediscovery/service:Service servicediscovery:CreateService ServiceAlreadyExists name namespaceId?
  sesv2/emailIdentity:EmailIdentity sesv2:CreateEmailIdentity AlreadyExistsException emailIdentity
  sesv2/configurationSet:ConfigurationSet sesv2:CreateConfigurationSet AlreadyExistsException configurationSetName
  sfn/stateMachine:StateMachine stepfunctions:CreateStateMachine StateMachineAlreadyExists name
  sns/topic:Topic sns:CreateTopic - name
  sns/topicPolicy:TopicPolicy sns:SetTopicAttributes - arn
  sns/topicSubscription:TopicSubscription sns:Subscribe - topic protocol endpoint
  sqs/queue:Queue sqs:CreateQueue - name
  sqs/queuePolicy:QueuePolicy sqs:SetQueueAttributes - queueUrl
  ssm/parameter:Parameter ssm:PutParameter ParameterAlreadyExists name unless=overwrite
  ssm/document:Document ssm:CreateDocument DocumentAlreadyExists name
`;

/** By type. */
export const IDENTITIES: ReadonlyMap<string, Identity> = new Map(
  TABLE.trim()
    .split("\n")
    .map((row) => {
      const [type = "", action = "", error, ...inputs] = row.trim().split(" ");
      const unless = inputs.find((input) => input.startsWith("unless="))?.slice("unless=".length);
      const by = inputs.filter((input) => !input.startsWith("unless="));
      return [`aws:${type}`, { by, action, error: error === "-" ? undefined : error, unless }] as const;
    }),
);

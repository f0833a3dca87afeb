/** Type tokens that only this folder uses; the others are in `policies/resources`. */

export const EGRESS_RULE = ["aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"] as const;

export const NAT_GATEWAY = ["aws:ec2/natGateway:NatGateway"] as const;

export const NETWORK_ACL_RULE = ["aws:ec2/networkAclRule:NetworkAclRule"] as const;

export const NETWORK_ACL = ["aws:ec2/networkAcl:NetworkAcl"] as const;

export const ROUTE = ["aws:ec2/route:Route"] as const;

export const ROUTE_TABLE = ["aws:ec2/routeTable:RouteTable"] as const;

export const ROUTE_TABLE_ASSOCIATION = ["aws:ec2/routeTableAssociation:RouteTableAssociation"] as const;

export const VOLUME = ["aws:ebs/volume:Volume"] as const;

export const LIFECYCLE_HOOK = ["aws:autoscaling/lifecycleHook:LifecycleHook"] as const;

export const SCALING_POLICY = ["aws:autoscaling/policy:Policy"] as const;

export const SERVICE_SCALING_POLICY = ["aws:appautoscaling/policy:Policy"] as const;

export const SERVICE_SCHEDULED_ACTION = ["aws:appautoscaling/scheduledAction:ScheduledAction"] as const;

export const DASHBOARD = ["aws:cloudwatch/dashboard:Dashboard"] as const;

export const ALARM_MUTE_RULE = ["aws:cloudwatch/alarmMuteRule:AlarmMuteRule"] as const;

export const LOG_GROUP = ["aws:cloudwatch/logGroup:LogGroup"] as const;

export const SCHEDULER_SCHEDULE = ["aws:scheduler/schedule:Schedule"] as const;

export const QUEUE = ["aws:sqs/queue:Queue"] as const;

export const TOPIC = ["aws:sns/topic:Topic"] as const;

export const TOPIC_SUBSCRIPTION = ["aws:sns/topicSubscription:TopicSubscription"] as const;

export const ROLE = ["aws:iam/role:Role"] as const;

export const ROLE_POLICY = ["aws:iam/rolePolicy:RolePolicy"] as const;

export const MANAGED_POLICY = ["aws:iam/policy:Policy"] as const;

export const USER_POLICY = ["aws:iam/userPolicy:UserPolicy"] as const;

export const GROUP_POLICY = ["aws:iam/groupPolicy:GroupPolicy"] as const;

export const QUEUE_POLICY = ["aws:sqs/queuePolicy:QueuePolicy"] as const;

export const TOPIC_POLICY = ["aws:sns/topicPolicy:TopicPolicy"] as const;

export const ECS_CLUSTER = ["aws:ecs/cluster:Cluster"] as const;

export const SCALABLE_TARGET = ["aws:appautoscaling/target:Target"] as const;

export const FUNCTION = ["aws:lambda/function:Function"] as const;

export const EVENT_SOURCE_MAPPING = ["aws:lambda/eventSourceMapping:EventSourceMapping"] as const;

export const KMS_ALIAS = ["aws:kms/alias:Alias"] as const;

export const KMS_KEY = ["aws:kms/key:Key"] as const;

export const SECRET = ["aws:secretsmanager/secret:Secret"] as const;

export const SECRET_VERSION = ["aws:secretsmanager/secretVersion:SecretVersion"] as const;

export const PARAMETER = ["aws:ssm/parameter:Parameter"] as const;

export const TABLE = ["aws:dynamodb/table:Table"] as const;

export const DATABASE_INSTANCE = ["aws:rds/instance:Instance"] as const;

export const DATABASE_CLUSTER = ["aws:rds/cluster:Cluster"] as const;

export const OBJECT = [
  "aws:s3/bucketObject:BucketObject",
  "aws:s3/bucketObjectv2:BucketObjectv2",
  "aws:s3/BucketObject:BucketObject",
  "aws:s3/objectCopy:ObjectCopy",
] as const;

export const BUCKET_METRIC = ["aws:s3/bucketMetric:BucketMetric"] as const;

export const BUCKET_LIFECYCLE = [
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
] as const;

export const TRANSFER_SERVER = ["aws:transfer/server:Server"] as const;

export const ZONE = ["aws:route53/zone:Zone"] as const;

export const WAF_LOGGING = ["aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration"] as const;

export const CACHE_CLUSTER = ["aws:elasticache/cluster:Cluster"] as const;

export const CACHE_GROUP = ["aws:elasticache/replicationGroup:ReplicationGroup"] as const;

export const DATABASE_CLUSTER_INSTANCE = ["aws:rds/clusterInstance:ClusterInstance"] as const;

export const DOCUMENT_CLUSTER = ["aws:docdb/cluster:Cluster"] as const;

export const GRAPH_CLUSTER = ["aws:neptune/cluster:Cluster"] as const;

export const MEMORY_CLUSTER = ["aws:memorydb/cluster:Cluster"] as const;

export const MESSAGE_BROKER = ["aws:mq/broker:Broker"] as const;

export const WAREHOUSE = ["aws:redshift/cluster:Cluster"] as const;

export const API_AUTHORIZER = ["aws:apigatewayv2/authorizer:Authorizer"] as const;

export const API_STAGE = ["aws:apigatewayv2/stage:Stage"] as const;

export const API_ROUTE = ["aws:apigatewayv2/route:Route"] as const;

export const HTTP_API = ["aws:apigatewayv2/api:Api"] as const;

export const GRAPHQL_API = ["aws:appsync/graphQLApi:GraphQLApi"] as const;

export const GRAPHQL_SOURCE = ["aws:appsync/dataSource:DataSource"] as const;

export const REST_METHOD = ["aws:apigateway/method:Method"] as const;

export const REST_RESOURCE = ["aws:apigateway/resource:Resource"] as const;

export const USER_POOL = ["aws:cognito/userPool:UserPool"] as const;

export const DATA_STREAM = ["aws:kinesis/stream:Stream"] as const;

export const STATE_MACHINE = ["aws:sfn/stateMachine:StateMachine"] as const;

export const BACKUP_PLAN = ["aws:backup/plan:Plan"] as const;

export const BATCH_ENVIRONMENT = ["aws:batch/computeEnvironment:ComputeEnvironment"] as const;

export const BATCH_JOB = ["aws:batch/jobDefinition:JobDefinition"] as const;

export const CRAWLER = ["aws:glue/crawler:Crawler"] as const;

export const FILE_SYSTEM = ["aws:efs/fileSystem:FileSystem"] as const;

export const GLUE_JOB = ["aws:glue/job:Job"] as const;

export const GLUE_TRIGGER = ["aws:glue/trigger:Trigger"] as const;

export const KEY_PAIR = ["aws:ec2/keyPair:KeyPair"] as const;

export const MAINTENANCE_WINDOW = ["aws:ssm/maintenanceWindow:MaintenanceWindow"] as const;

export const TRAIL = ["aws:cloudtrail/trail:Trail"] as const;

export const BUCKET_CORS = [
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
  "aws:s3/bucketCorsConfigurationV2:BucketCorsConfigurationV2",
] as const;

export const BUCKET_ENCRYPTION = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
] as const;

export const CACHE_POLICY = ["aws:cloudfront/cachePolicy:CachePolicy"] as const;

export const VPC_ENDPOINT = ["aws:ec2/vpcEndpoint:VpcEndpoint"] as const;

export const IP_SET = ["aws:wafv2/ipSet:IpSet"] as const;

export const BROKERS = ["aws:msk/cluster:Cluster"] as const;

export const RESOLVER_RULE = ["aws:route53/resolverRule:ResolverRule"] as const;

export const DATABASE_GROUP = [
  "aws:rds/parameterGroup:ParameterGroup",
  "aws:rds/clusterParameterGroup:ClusterParameterGroup",
] as const;

export const ASSOCIATION = ["aws:ssm/association:Association"] as const;

export const SERVERLESS_CACHE = ["aws:elasticache/serverlessCache:ServerlessCache"] as const;

export const FARGATE_PROFILE = ["aws:eks/fargateProfile:FargateProfile"] as const;

export const IMAGE_LIFECYCLE = ["aws:ecr/lifecyclePolicy:LifecyclePolicy"] as const;

export const DELIVERY_STREAM = ["aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"] as const;

export const USER_POOL_DOMAIN = ["aws:cognito/userPoolDomain:UserPoolDomain"] as const;

export const USER_POOL_CLIENT = ["aws:cognito/userPoolClient:UserPoolClient"] as const;

export const REPLICATION_INSTANCE = ["aws:dms/replicationInstance:ReplicationInstance"] as const;

export const CANARY = ["aws:synthetics/canary:Canary"] as const;

export const BUCKET_VERSIONING = [
  "aws:s3/bucketVersioning:BucketVersioning",
  "aws:s3/bucketVersioningV2:BucketVersioningV2",
] as const;

export const PROVISIONED_CONCURRENCY = [
  "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig",
] as const;

export const CAPACITY_PROVIDER = ["aws:ecs/capacityProvider:CapacityProvider"] as const;

/** An AWS WAF rule that is declared outside its web ACL. */
export const WEB_ACL_RULE = ["aws:wafv2/webAclRule:WebAclRule"] as const;

/** Regex pattern sets of AWS WAF. */
export const PATTERN_SET = ["aws:wafv2/regexPatternSet:RegexPatternSet"] as const;

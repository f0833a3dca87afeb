/** Type tokens that only the lines of this folder judge; the others are in `policies/resources`. */

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

export const BUCKET_WEBSITE = [
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
  "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2",
] as const;

export const TRANSFER_SERVER = ["aws:transfer/server:Server"] as const;

export const ZONE = ["aws:route53/zone:Zone"] as const;

export const WAF_LOGGING = ["aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration"] as const;

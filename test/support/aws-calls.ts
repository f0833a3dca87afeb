import type { JsonResource } from "../../packages/rehearse/report/json";
import { type Calls, NETWORK_CALLS } from "./aws-network-calls";

const TAGS_OF_LOGS = "logs: TagResource UntagResource";
const TAGS_OF_ALARMS = "cloudwatch: TagResource UntagResource";

/** The provider's calls for each resource type in a stack of the store. */
export const CALLS: Readonly<Record<string, Calls>> = {
  ...NETWORK_CALLS,
  "aws:acm/certificate:Certificate": [
    ["acm: DescribeCertificate ListTagsForCertificate"],
    ["acm: RequestCertificate DeleteCertificate AddTagsToCertificate RemoveTagsFromCertificate"],
  ],
  "aws:acm/certificateValidation:CertificateValidation": [["acm: DescribeCertificate"], []],
  "aws:autoscaling/group:Group": [
    [
      "autoscaling: DescribeAutoScalingGroups DescribeScalingActivities DescribeWarmPool DescribeInstanceRefreshes",
      "elasticloadbalancing: DescribeTargetHealth",
      "ec2: DescribeLaunchTemplates DescribeLaunchTemplateVersions",
    ],
    [
      "autoscaling: CreateAutoScalingGroup UpdateAutoScalingGroup DeleteAutoScalingGroup CreateOrUpdateTags DeleteTags",
      "autoscaling: EnableMetricsCollection DisableMetricsCollection PutWarmPool DeleteWarmPool",
      "autoscaling: AttachLoadBalancerTargetGroups DetachLoadBalancerTargetGroups SuspendProcesses ResumeProcesses",
      "autoscaling: StartInstanceRefresh CancelInstanceRefresh RollbackInstanceRefresh SetInstanceProtection",
      "ec2: RunInstances CreateTags",
    ],
  ],
  "aws:autoscaling/lifecycleHook:LifecycleHook": [
    ["autoscaling: DescribeLifecycleHooks"],
    ["autoscaling: PutLifecycleHook DeleteLifecycleHook"],
  ],
  "aws:autoscaling/policy:Policy": [
    ["autoscaling: DescribePolicies"],
    ["autoscaling: PutScalingPolicy DeletePolicy"],
  ],
  "aws:autoscaling/schedule:Schedule": [
    ["autoscaling: DescribeScheduledActions"],
    ["autoscaling: PutScheduledUpdateGroupAction DeleteScheduledAction"],
  ],
  "aws:cloudfront/cachePolicy:CachePolicy": [
    ["cloudfront: GetCachePolicy"],
    ["cloudfront: CreateCachePolicy UpdateCachePolicy DeleteCachePolicy"],
  ],
  "aws:cloudfront/distribution:Distribution": [
    ["cloudfront: GetDistribution GetDistributionConfig ListTagsForResource"],
    [
      "cloudfront: CreateDistribution UpdateDistribution DeleteDistribution",
      "cloudfront: TagResource UntagResource",
    ],
  ],
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": [
    ["cloudfront: GetResponseHeadersPolicy"],
    ["cloudfront: CreateResponseHeadersPolicy UpdateResponseHeadersPolicy DeleteResponseHeadersPolicy"],
  ],
  "aws:cloudfront/vpcOrigin:VpcOrigin": [
    [
      "cloudfront: GetVpcOrigin ListTagsForResource",
      "ec2: DescribeInternetGateways DescribeSubnets DescribeSecurityGroups",
    ],
    ["cloudfront: CreateVpcOrigin UpdateVpcOrigin DeleteVpcOrigin TagResource UntagResource"],
  ],
  "aws:cloudwatch/alarmMuteRule:AlarmMuteRule": [
    ["cloudwatch: GetAlarmMuteRule ListTagsForResource"],
    ["cloudwatch: PutAlarmMuteRule DeleteAlarmMuteRule", TAGS_OF_ALARMS],
  ],
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": [
    ["cloudwatch: DescribeAlarms ListTagsForResource"],
    ["cloudwatch: PutCompositeAlarm DeleteAlarms", TAGS_OF_ALARMS],
  ],
  "aws:cloudwatch/dashboard:Dashboard": [
    ["cloudwatch: GetDashboard"],
    ["cloudwatch: PutDashboard DeleteDashboards"],
  ],
  "aws:cloudwatch/logDelivery:LogDelivery": [
    ["logs: GetDelivery ListTagsForResource"],
    ["logs: CreateDelivery UpdateDeliveryConfiguration DeleteDelivery", TAGS_OF_LOGS],
  ],
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": [
    ["logs: GetDeliveryDestination ListTagsForResource"],
    ["logs: PutDeliveryDestination DeleteDeliveryDestination", TAGS_OF_LOGS],
  ],
  "aws:cloudwatch/logDeliverySource:LogDeliverySource": [
    ["logs: GetDeliverySource ListTagsForResource"],
    [
      "logs: PutDeliverySource DeleteDeliverySource",
      TAGS_OF_LOGS,
      "cloudfront: AllowVendedLogDeliveryForResource",
    ],
  ],
  "aws:cloudwatch/logGroup:LogGroup": [
    ["logs: DescribeLogGroups ListTagsForResource"],
    [
      "logs: CreateLogGroup DeleteLogGroup PutRetentionPolicy DeleteRetentionPolicy",
      "logs: AssociateKmsKey DisassociateKmsKey",
      TAGS_OF_LOGS,
    ],
  ],
  "aws:cloudwatch/metricAlarm:MetricAlarm": [
    ["cloudwatch: DescribeAlarms ListTagsForResource"],
    ["cloudwatch: PutMetricAlarm DeleteAlarms", TAGS_OF_ALARMS],
  ],
  "aws:dynamodb/table:Table": [
    ["dynamodb: DescribeTable DescribeContinuousBackups DescribeTimeToLive ListTagsOfResource"],
    [
      "dynamodb: CreateTable UpdateTable DeleteTable UpdateContinuousBackups UpdateTimeToLive",
      "dynamodb: TagResource UntagResource",
    ],
  ],
  "aws:iam/instanceProfile:InstanceProfile": [
    ["iam: GetInstanceProfile"],
    [
      "iam: CreateInstanceProfile AddRoleToInstanceProfile RemoveRoleFromInstanceProfile DeleteInstanceProfile",
      "iam: TagInstanceProfile UntagInstanceProfile",
    ],
  ],
  "aws:iam/role:Role": [
    ["iam: GetRole ListRolePolicies ListAttachedRolePolicies ListInstanceProfilesForRole"],
    [
      "iam: CreateRole UpdateRole UpdateRoleDescription UpdateAssumeRolePolicy PutRolePermissionsBoundary DeleteRole",
      "iam: TagRole UntagRole PassRole",
    ],
  ],
  "aws:iam/rolePolicy:RolePolicy": [["iam: GetRolePolicy"], ["iam: PutRolePolicy DeleteRolePolicy"]],
  "aws:lambda/function:Function": [
    [
      "lambda: GetFunction GetFunctionConfiguration GetFunctionCodeSigningConfig GetFunctionRecursionConfig",
      "lambda: ListVersionsByFunction ListTags",
    ],
    [
      "lambda: CreateFunction UpdateFunctionCode UpdateFunctionConfiguration DeleteFunction TagResource UntagResource",
      "lambda: PutFunctionConcurrency DeleteFunctionConcurrency",
    ],
  ],
  "aws:lambda/permission:Permission": [["lambda: GetPolicy"], ["lambda: AddPermission RemovePermission"]],
  "aws:lb/listener:Listener": [
    ["elasticloadbalancing: DescribeListeners DescribeListenerAttributes DescribeTags"],
    ["elasticloadbalancing: CreateListener ModifyListener ModifyListenerAttributes DeleteListener"],
  ],
  "aws:lb/listenerCertificate:ListenerCertificate": [
    ["elasticloadbalancing: DescribeListenerCertificates"],
    ["elasticloadbalancing: AddListenerCertificates RemoveListenerCertificates"],
  ],
  "aws:lb/listenerRule:ListenerRule": [
    ["elasticloadbalancing: DescribeRules DescribeTags"],
    ["elasticloadbalancing: CreateRule ModifyRule SetRulePriorities DeleteRule"],
  ],
  "aws:lb/loadBalancer:LoadBalancer": [
    [
      "elasticloadbalancing: DescribeLoadBalancers DescribeLoadBalancerAttributes DescribeCapacityReservation DescribeTags",
      "ec2: DescribeNetworkInterfaces",
    ],
    [
      "elasticloadbalancing: CreateLoadBalancer ModifyLoadBalancerAttributes SetSecurityGroups SetSubnets SetIpAddressType",
      // IAM's machine-readable reference lists only load balancers for tags, so the policy simulator can't be asked
      // about others.
      "elasticloadbalancing: ModifyCapacityReservation DeleteLoadBalancer AddTags RemoveTags",
      "ec2: DetachNetworkInterface DeleteNetworkInterface",
    ],
  ],
  "aws:lb/targetGroup:TargetGroup": [
    ["elasticloadbalancing: DescribeTargetGroups DescribeTargetGroupAttributes DescribeTags"],
    [
      "elasticloadbalancing: CreateTargetGroup ModifyTargetGroup ModifyTargetGroupAttributes DeleteTargetGroup",
    ],
  ],
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": [
    ["elasticloadbalancing: DescribeTargetHealth"],
    ["elasticloadbalancing: RegisterTargets DeregisterTargets"],
  ],
  "aws:lb/trustStore:TrustStore": [
    ["elasticloadbalancing: DescribeTrustStores DescribeTags"],
    // The load balancer reads the file with the caller's permissions.
    ["elasticloadbalancing: CreateTrustStore ModifyTrustStore DeleteTrustStore"],
  ],
  "aws:route53/healthCheck:HealthCheck": [
    ["route53: GetHealthCheck ListTagsForResource"],
    ["route53: CreateHealthCheck UpdateHealthCheck DeleteHealthCheck ChangeTagsForResource"],
  ],
  "aws:route53/record:Record": [
    ["route53: GetHostedZone ListResourceRecordSets GetChange"],
    ["route53: ChangeResourceRecordSets"],
  ],
  "aws:route53/zone:Zone": [
    ["route53: GetHostedZone ListTagsForResource ListResourceRecordSets GetDNSSEC GetChange"],
    [
      "route53: CreateHostedZone UpdateHostedZoneComment DeleteHostedZone ChangeTagsForResource",
      "route53: AssociateVPCWithHostedZone DisassociateVPCFromHostedZone",
    ],
  ],
  "aws:s3/bucket:Bucket": [
    [
      "s3: ListBucket GetBucketLocation GetBucketTagging ListTagsForResource GetBucketAcl GetBucketPolicy GetBucketCORS",
      "s3: GetBucketWebsite GetBucketVersioning GetBucketLogging GetBucketRequestPayment GetBucketObjectLockConfiguration",
      "s3: GetAccelerateConfiguration GetLifecycleConfiguration GetReplicationConfiguration GetEncryptionConfiguration",
    ],
    [
      "s3: CreateBucket PutBucketTagging TagResource UntagResource DeleteBucket",
      "s3: ListBucketVersions DeleteObject DeleteObjectVersion",
    ],
  ],
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": [
    ["s3: GetLifecycleConfiguration"],
    ["s3: PutLifecycleConfiguration"],
  ],
  "aws:s3/bucketMetric:BucketMetric": [["s3: GetMetricsConfiguration"], ["s3: PutMetricsConfiguration"]],
  "aws:s3/bucketObjectv2:BucketObjectv2": [
    ["s3: GetObject GetObjectTagging"],
    ["s3: PutObject PutObjectTagging DeleteObject"],
  ],
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": [
    ["s3: GetBucketOwnershipControls"],
    ["s3: PutBucketOwnershipControls"],
  ],
  "aws:s3/bucketPolicy:BucketPolicy": [["s3: GetBucketPolicy"], ["s3: PutBucketPolicy DeleteBucketPolicy"]],
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": [
    ["s3: GetBucketPublicAccessBlock"],
    ["s3: PutBucketPublicAccessBlock"],
  ],
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": [
    ["s3: GetEncryptionConfiguration"],
    ["s3: PutEncryptionConfiguration"],
  ],
  "aws:scheduler/schedule:Schedule": [
    ["scheduler: GetSchedule"],
    ["scheduler: CreateSchedule UpdateSchedule DeleteSchedule"],
  ],
  "aws:scheduler/scheduleGroup:ScheduleGroup": [
    ["scheduler: GetScheduleGroup ListTagsForResource"],
    ["scheduler: CreateScheduleGroup DeleteScheduleGroup TagResource UntagResource"],
  ],
  "aws:sns/topic:Topic": [
    ["sns: GetTopicAttributes ListTagsForResource"],
    ["sns: CreateTopic SetTopicAttributes DeleteTopic TagResource UntagResource"],
  ],
  "aws:sns/topicPolicy:TopicPolicy": [["sns: GetTopicAttributes"], ["sns: SetTopicAttributes"]],
  "aws:sns/topicSubscription:TopicSubscription": [
    ["sns: GetSubscriptionAttributes"],
    ["sns: Subscribe SetSubscriptionAttributes Unsubscribe"],
  ],
  "aws:ssm/document:Document": [
    ["ssm: DescribeDocument GetDocument DescribeDocumentPermission ListTagsForResource"],
    [
      "ssm: CreateDocument UpdateDocument UpdateDocumentDefaultVersion DeleteDocument",
      "ssm: AddTagsToResource RemoveTagsFromResource",
    ],
  ],
  "aws:ssm/parameter:Parameter": [
    ["ssm: GetParameter DescribeParameters ListTagsForResource"],
    ["ssm: PutParameter DeleteParameter AddTagsToResource RemoveTagsFromResource"],
  ],
  "aws:wafv2/ipSet:IpSet": [
    ["wafv2: GetIPSet ListTagsForResource"],
    ["wafv2: CreateIPSet UpdateIPSet DeleteIPSet TagResource UntagResource"],
  ],
  "aws:wafv2/webAcl:WebAcl": [
    ["wafv2: GetWebACL ListTagsForResource"],
    ["wafv2: CreateWebACL UpdateWebACL DeleteWebACL TagResource UntagResource"],
  ],
  "aws:wafv2/webAclAssociation:WebAclAssociation": [
    ["wafv2: GetWebACLForResource"],
    ["wafv2: AssociateWebACL DisassociateWebACL", "elasticloadbalancing: SetWebAcl"],
  ],
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": [
    ["wafv2: GetLoggingConfiguration"],
    [
      "wafv2: PutLoggingConfiguration DeleteLoggingConfiguration",
      "logs: CreateLogDelivery DeleteLogDelivery PutResourcePolicy",
    ],
  ],
};

/** Splits lines such as those of {@link CALLS} into actions, as `service:Action`. */
export function actionsOf(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const [service = "", actions = ""] = line.split(": ");
    return actions.split(" ").map((action) => `${service}:${action}`);
  });
}

/** The resource's own name and the names of the resources it belongs to, by the variables in IAM's ARN formats. */
export function namesOf({ inputs, outputs }: JsonResource): Readonly<Record<string, unknown>> {
  const own = outputs["name"];
  const bucket = outputs["bucket"];
  return {
    AlarmMuteRuleName: own,
    BucketName: bucket,
    DashboardName: inputs["dashboardName"],
    DeliveryDestinationName: own,
    DeliveryName: outputs["id"],
    DeliverySourceName: own,
    FunctionName: inputs["function"],
    GroupFriendlyName: inputs["autoscalingGroupName"] ?? own,
    GroupName: inputs["groupName"] ?? own,
    LoadBalancerName: outputs["arnSuffix"],
    ObjectName: inputs["key"] ?? "any",
    RoleNameWithPath: inputs["role"],
    ScheduleName: own,
  };
}

/** The calls of programs and of this repository's tools: data sources, `doctor`, `deploy`, `rollout`. */
export const TOOLS: readonly string[] = [
  "route53: ListHostedZones ListHostedZonesByName GetHostedZone ListTagsForResource",
  "ec2: DescribeAvailabilityZones DescribeInstanceTypes DescribeAddresses DescribeSecurityGroups",
  "ec2: DescribeManagedPrefixLists GetManagedPrefixListEntries DescribeInstances DescribeImages",
  "ec2: DescribeVpcs DescribeVpcAttribute DescribeSubnets DescribeRouteTables DescribeVpcEndpoints",
  "ec2: DescribeInternetGateways",
  "servicequotas: GetServiceQuota",
  "cloudwatch: DescribeAlarms",
  "autoscaling: DescribeInstanceRefreshes DescribeScalingActivities",
];

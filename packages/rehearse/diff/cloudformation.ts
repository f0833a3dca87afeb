import type * as Spec from "@aws-cdk/aws-service-spec";
import type { Resource, SpecDatabase } from "@aws-cdk/service-spec-types";

/** Whether a change of a property makes another resource of it; `unknown` where nobody here can tell. */
export type Forces = "yes" | "no" | "maybe" | "unknown";

/**
 * CloudFormation's names of the types that it and `@pulumi/aws` both have. Where one splits what the other keeps together
 * there is no line, and what a change does is unknown.
 */
const TYPES: Readonly<Record<string, string>> = {
  "aws:acm/certificate:Certificate": "AWS::CertificateManager::Certificate",
  "aws:autoscaling/group:Group": "AWS::AutoScaling::AutoScalingGroup",
  "aws:autoscaling/lifecycleHook:LifecycleHook": "AWS::AutoScaling::LifecycleHook",
  "aws:autoscaling/policy:Policy": "AWS::AutoScaling::ScalingPolicy",
  "aws:autoscaling/schedule:Schedule": "AWS::AutoScaling::ScheduledAction",
  "aws:cloudfront/distribution:Distribution": "AWS::CloudFront::Distribution",
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": "AWS::CloudWatch::CompositeAlarm",
  "aws:cloudwatch/dashboard:Dashboard": "AWS::CloudWatch::Dashboard",
  "aws:cloudwatch/logGroup:LogGroup": "AWS::Logs::LogGroup",
  "aws:cloudwatch/metricAlarm:MetricAlarm": "AWS::CloudWatch::Alarm",
  "aws:dynamodb/table:Table": "AWS::DynamoDB::Table",
  "aws:ec2/eip:Eip": "AWS::EC2::EIP",
  "aws:ec2/flowLog:FlowLog": "AWS::EC2::FlowLog",
  "aws:ec2/instance:Instance": "AWS::EC2::Instance",
  "aws:ec2/internetGateway:InternetGateway": "AWS::EC2::InternetGateway",
  "aws:ec2/launchTemplate:LaunchTemplate": "AWS::EC2::LaunchTemplate",
  "aws:ec2/natGateway:NatGateway": "AWS::EC2::NatGateway",
  "aws:ec2/route:Route": "AWS::EC2::Route",
  "aws:ec2/routeTable:RouteTable": "AWS::EC2::RouteTable",
  "aws:ec2/routeTableAssociation:RouteTableAssociation": "AWS::EC2::SubnetRouteTableAssociation",
  "aws:ec2/securityGroup:SecurityGroup": "AWS::EC2::SecurityGroup",
  "aws:ec2/subnet:Subnet": "AWS::EC2::Subnet",
  "aws:ec2/vpc:Vpc": "AWS::EC2::VPC",
  "aws:ec2/vpcEndpoint:VpcEndpoint": "AWS::EC2::VPCEndpoint",
  "aws:ecs/service:Service": "AWS::ECS::Service",
  "aws:iam/instanceProfile:InstanceProfile": "AWS::IAM::InstanceProfile",
  "aws:iam/role:Role": "AWS::IAM::Role",
  "aws:iam/rolePolicy:RolePolicy": "AWS::IAM::RolePolicy",
  "aws:lambda/function:Function": "AWS::Lambda::Function",
  "aws:lambda/permission:Permission": "AWS::Lambda::Permission",
  "aws:lb/listener:Listener": "AWS::ElasticLoadBalancingV2::Listener",
  "aws:lb/listenerRule:ListenerRule": "AWS::ElasticLoadBalancingV2::ListenerRule",
  "aws:lb/loadBalancer:LoadBalancer": "AWS::ElasticLoadBalancingV2::LoadBalancer",
  "aws:lb/targetGroup:TargetGroup": "AWS::ElasticLoadBalancingV2::TargetGroup",
  "aws:rds/cluster:Cluster": "AWS::RDS::DBCluster",
  "aws:rds/instance:Instance": "AWS::RDS::DBInstance",
  "aws:route53/healthCheck:HealthCheck": "AWS::Route53::HealthCheck",
  "aws:route53/record:Record": "AWS::Route53::RecordSet",
  "aws:route53/zone:Zone": "AWS::Route53::HostedZone",
  "aws:s3/bucket:Bucket": "AWS::S3::Bucket",
  "aws:s3/bucketPolicy:BucketPolicy": "AWS::S3::BucketPolicy",
  "aws:sns/topic:Topic": "AWS::SNS::Topic",
  "aws:sns/topicPolicy:TopicPolicy": "AWS::SNS::TopicPolicy",
  "aws:sns/topicSubscription:TopicSubscription": "AWS::SNS::Subscription",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": "AWS::EC2::SecurityGroupEgress",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "AWS::EC2::SecurityGroupIngress",
  "aws:wafv2/webAcl:WebAcl": "AWS::WAFv2::WebACL",
  "aws:wafv2/webAclAssociation:WebAclAssociation": "AWS::WAFv2::WebACLAssociation",
};

/** Where the two call a property by different words, or one of them keeps several in one. */
const PROPERTIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "aws:autoscaling/group:Group": {
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
        ...["blockDeviceMappings", "hibernationOptions", "iamInstanceProfile", "imageId", "instanceType"],
        ...[
          "keyName",
          "metadataOptions",
          "monitoring",
          "networkInterfaces",
          "userData",
          "vpcSecurityGroupIds",
        ],
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
        ...["accessLogs", "connectionLogs", "healthCheckLogs", "desyncMitigationMode", "idleTimeout"],
        ...["dropInvalidHeaderFields", "enableDeletionProtection", "enableZonalShift", "enableHttp2"],
      ].map((property) => [property, "LoadBalancerAttributes"]),
    ),
    internal: "Scheme",
    loadBalancerType: "Type",
    minimumLoadBalancerCapacity: "MinimumLoadBalancerCapacity",
  },
  "aws:lb/targetGroup:TargetGroup": {
    ...Object.fromEntries(
      [
        ...[
          "deregistrationDelay",
          "loadBalancingAlgorithmType",
          "loadBalancingAnomalyMitigation",
          "slowStart",
        ],
        ...["loadBalancingCrossZoneEnabled", "stickiness", "targetGroupHealth"],
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
    name: "TableName",
  },
  "aws:iam/role:Role": { assumeRolePolicy: "AssumeRolePolicyDocument", name: "RoleName" },
  "aws:iam/rolePolicy:RolePolicy": { policy: "PolicyDocument", role: "RoleName", name: "PolicyName" },
  "aws:route53/record:Record": { zoneId: "HostedZoneId", aliases: "AliasTarget", records: "ResourceRecords" },
  "aws:s3/bucket:Bucket": { bucket: "BucketName" },
};

/** What the provider replaces though AWS's API could change it: the schemas of hashicorp/terraform-provider-aws. */
const STRICTER: Readonly<Record<string, readonly string[]>> = {
  "aws:autoscaling/group:Group": ["initialLifecycleHooks"],
  "aws:cloudwatch/logGroup:LogGroup": ["logGroupClass"],
  "aws:ec2/eip:Eip": ["publicIpv4Pool"],
  "aws:ec2/natGateway:NatGateway": ["secondaryPrivateIpAddressCount"],
  "aws:lb/loadBalancer:LoadBalancer": ["subnetMappings"],
  "aws:lb/targetGroup:TargetGroup": ["targetControlPort"],
};

/** Properties of Pulumi's own, which AWS never sees. */
const PULUMIS = new Set([
  ...[
    "forceDestroy",
    "updateDefaultVersion",
    "waitForCapacityTimeout",
    "waitForElbCapacity",
    "minElbCapacity",
  ],
  ...["instanceRefresh", "skipDestroy", "forceDelete", "revokeRulesOnDelete", "waitForDeployment", "tagsAll"],
]);

const found = new Map<string, Resource | undefined>();

/**
 * Whether a change of a property makes another resource, by CloudFormation's facts: what AWS's API can't change, Pulumi's
 * provider can't either. `region` always does.
 *
 * @param type - Pulumi's type token
 * @param property - its name in Pulumi, at the top level
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
 */
export function forces(type: string, property: string): Forces {
  if (property === "region" || STRICTER[type]?.includes(property) === true) return "yes";
  if (property === "tags" || PULUMIS.has(property)) return "no";
  const resource = resourceOf(type);
  if (resource === undefined) return "unknown";
  const wanted = (PROPERTIES[type]?.[property] ?? property).toLowerCase();
  const entry = Object.entries(resource.properties).find(([name]) => name.toLowerCase() === wanted);
  return entry === undefined ? "unknown" : (entry[1].causesReplacement ?? "no");
}

function resourceOf(type: string): Resource | undefined {
  const name = TYPES[type];
  if (name === undefined) return undefined;
  if (!found.has(name))
    found.set(name, database().lookup("resource", "cloudFormationType", "equals", name)[0]);
  return found.get(name);
}

/** Loaded where it is asked for: it takes a second or two. */
function database(): SpecDatabase {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const spec = require("@aws-cdk/aws-service-spec") as typeof Spec;
  return (loaded ??= spec.loadAwsServiceSpecSync());
}
let loaded: SpecDatabase | undefined;
